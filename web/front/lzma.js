// Unpacks the LZMA that `xz --format=lzma` writes: a third less than gzip makes of an engine.
// Source: Pavlov, LZMA specification (2015).
const TOP = 2 ** 24, HALF = 1024;
const tree = bits => new Uint16Array(1 << bits).fill(HALF);

/** The bytes that are packed in these. */
export const unpack = packed => {
  const first = packed[0], lc = first % 9, lp = Math.floor(first / 9) % 5, pb = Math.floor(first / 45);
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(5, true);
  const out = new Uint8Array(size);
  const literals = new Uint16Array(0x300 << (lc + lp)).fill(HALF);
  const isMatch = tree(8), isLong = tree(8), isRep = tree(4), isRep0 = tree(4), isRep1 = tree(4), isRep2 = tree(4);
  const slots = [0, 1, 2, 3].map(() => tree(6)), special = tree(7), align = tree(4);
  const lengths = () => ({ choice: tree(1), low: Array.from({ length: 16 }, () => tree(3)), mid: Array.from({ length: 16 }, () => tree(3)), high: tree(8) });
  const ofMatch = lengths(), ofRep = lengths();
  let at = 18, range = 0xffffffff, code = new DataView(packed.buffer, packed.byteOffset).getUint32(14) >>> 0;

  const bit = (probabilities, n) => {
    const p = probabilities[n], bound = (range >>> 11) * p;
    let found = 0;
    if (code < bound) {
      range = bound;
      probabilities[n] = p + ((2048 - p) >> 5);
    } else {
      range -= bound;
      code -= bound;
      probabilities[n] = p - (p >> 5);
      found = 1;
    }
    if (range < TOP) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | packed[at++]) >>> 0;
    }
    return found;
  };
  const bits = (probabilities, n) => {
    let m = 1;
    for (let k = 0; k < n; k += 1) m = (m << 1) | bit(probabilities, m);
    return m - (1 << n);
  };
  const reversed = (probabilities, start, n) => {
    let m = 1, found = 0;
    for (let k = 0; k < n; k += 1) {
      const b = bit(probabilities, start + m);
      m = (m << 1) | b;
      found |= b << k;
    }
    return found;
  };
  const direct = n => {
    let found = 0;
    for (let k = 0; k < n; k += 1) {
      range >>>= 1;
      const b = code >= range ? 1 : 0;
      if (b) code -= range;
      if (range < TOP) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | packed[at++]) >>> 0;
      }
      found = (found << 1) | b;
    }
    return found;
  };
  const length = ({ choice, low, mid, high }, place) =>
    !bit(choice, 0) ? bits(low[place], 3) : !bit(choice, 1) ? 8 + bits(mid[place], 3) : 16 + bits(high, 8);

  let done = 0, state = 0, rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;
  while (done < size) {
    const place = done & ((1 << pb) - 1);
    if (!bit(isMatch, (state << 4) + place & 0xff)) {
      const before = done ? out[done - 1] : 0;
      const start = 0x300 * (((done & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        let like = out[done - rep0 - 1];
        while (symbol < 256) {
          const b = like >> 7 & 1;
          like <<= 1;
          const found = bit(literals, start + ((1 + b) << 8) + symbol);
          symbol = symbol << 1 | found;
          if (b !== found) break;
        }
      }
      while (symbol < 256) symbol = symbol << 1 | bit(literals, start + symbol);
      out[done++] = symbol;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let n;
    if (bit(isRep, state)) {
      if (!bit(isRep0, state)) {
        if (!bit(isLong, (state << 4) + place)) {
          state = state < 7 ? 9 : 11;
          out[done] = out[done - rep0 - 1];
          done += 1;
          continue;
        }
      } else {
        let distance = rep1;
        if (bit(isRep1, state)) {
          distance = rep2;
          if (bit(isRep2, state)) { distance = rep3; rep3 = rep2; }
          rep2 = rep1;
        }
        rep1 = rep0;
        rep0 = distance;
      }
      n = length(ofRep, place);
      state = state < 7 ? 8 : 11;
    } else {
      rep3 = rep2; rep2 = rep1; rep1 = rep0;
      n = length(ofMatch, place);
      state = state < 7 ? 7 : 10;
      const slot = bits(slots[Math.min(n, 3)], 6), most = (slot >> 1) - 1;
      if (slot < 4) rep0 = slot;
      else {
        rep0 = (2 | slot & 1) << most;
        rep0 += slot < 14 ? reversed(special, rep0 - slot, most) : (direct(most - 4) << 4) + reversed(align, 0, 4);
      }
    }
    n += 2;
    if (rep0 >= done || done + n > size) throw new Error("the engine is damaged");
    for (; n; n -= 1) { out[done] = out[done - rep0 - 1]; done += 1; }
  }
  return out;
};
