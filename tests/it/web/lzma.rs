//! A decoder of LZMA, written apart from the one that pages have.
//!
//! Source: Pavlov, LZMA specification (2015).

const HALF: u16 = 1024;

/// The range coder over what is packed.
struct Coder<'a> {
    rest: &'a [u8],
    range: u32,
    code: u32,
}

/// Decoders of a length: up to 8, up to 16, and longer.
struct Lengths {
    choice: [u16; 2],
    low: [[u16; 8]; 16],
    mid: [[u16; 8]; 16],
    high: [u16; 256],
}

impl Coder<'_> {
    fn normalize(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | u32::from(self.rest[0]);
            self.rest = &self.rest[1..];
        }
    }

    fn bit(&mut self, probability: &mut u16) -> usize {
        let bound = (self.range >> 11) * u32::from(*probability);
        let bit = self.code >= bound;
        if bit {
            self.range -= bound;
            self.code -= bound;
            *probability -= *probability >> 5;
        } else {
            self.range = bound;
            *probability += (2048 - *probability) >> 5;
        }
        self.normalize();
        usize::from(bit)
    }

    fn direct(&mut self, n: usize) -> usize {
        (0..n).fold(0, |found, _| {
            self.range >>= 1;
            let bit = self.code >= self.range;
            self.code -= if bit { self.range } else { 0 };
            self.normalize();
            found << 1 | usize::from(bit)
        })
    }

    fn tree(&mut self, tree: &mut [u16], n: usize) -> usize {
        (0..n).fold(1, |node, _| node << 1 | self.bit(&mut tree[node])) - (1 << n)
    }

    /// Reads a number whose lowest bit comes first; `tree` has no root.
    fn reversed(&mut self, tree: &mut [u16], n: usize) -> usize {
        let (mut node, mut found) = (1, 0);
        for k in 0..n {
            let bit = self.bit(&mut tree[node - 1]);
            node = node << 1 | bit;
            found |= bit << k;
        }
        found
    }

    fn length(&mut self, lengths: &mut Lengths, place: usize) -> usize {
        if self.bit(&mut lengths.choice[0]) == 0 {
            2 + self.tree(&mut lengths.low[place], 3)
        } else if self.bit(&mut lengths.choice[1]) == 0 {
            10 + self.tree(&mut lengths.mid[place], 3)
        } else {
            18 + self.tree(&mut lengths.high, 8)
        }
    }
}

impl Lengths {
    fn new() -> Self {
        Self { choice: [HALF; 2], low: [[HALF; 8]; 16], mid: [[HALF; 8]; 16], high: [HALF; 256] }
    }
}

/// What follows a literal or a match.
struct State {
    coder_state: usize,
    distances: [usize; 4],
    is_rep: [[u16; 12]; 4],
    is_long: [[u16; 16]; 12],
    slots: [[u16; 64]; 4],
    special: [u16; 128],
    align: [u16; 15],
    of_match: Lengths,
    of_rep: Lengths,
}

impl State {
    /// Reads how long a match is; 1 for a single letter again.
    fn matched(&mut self, coder: &mut Coder<'_>, place: usize) -> usize {
        let (state, short) = (self.coder_state, self.coder_state < 7);
        if coder.bit(&mut self.is_rep[0][state]) == 0 {
            let length = coder.length(&mut self.of_match, place);
            self.coder_state = if short { 7 } else { 10 };
            self.distances.rotate_right(1);
            self.distances[0] = self.distance(coder, length);
            return length;
        }
        let index = if coder.bit(&mut self.is_rep[1][state]) == 0 {
            if coder.bit(&mut self.is_long[state][place]) == 0 {
                self.coder_state = if short { 9 } else { 11 };
                return 1;
            }
            0
        } else if coder.bit(&mut self.is_rep[2][state]) == 0 {
            1
        } else {
            2 + coder.bit(&mut self.is_rep[3][state])
        };
        self.distances[..=index].rotate_right(1);
        self.coder_state = if short { 8 } else { 11 };
        coder.length(&mut self.of_rep, place)
    }

    fn distance(&mut self, coder: &mut Coder<'_>, length: usize) -> usize {
        let slot = coder.tree(&mut self.slots[length.min(5) - 2], 6);
        if slot < 4 {
            return slot;
        }
        let n = (slot >> 1) - 1;
        let start = (2 | slot & 1) << n;
        if slot < 14 {
            return start + coder.reversed(&mut self.special[start - slot..], n);
        }
        start + (coder.direct(n - 4) << 4) + coder.reversed(&mut self.align, 4)
    }
}

/// Returns the bytes that are packed in these, whose size stands in their header.
pub fn unpacked(packed: &[u8]) -> Vec<u8> {
    let (properties, size) =
        (usize::from(packed[0]), u64::from_le_bytes(packed[5..13].try_into().unwrap()) as usize);
    let [lc, lp, pb] = [properties % 9, properties / 9 % 5, properties / 45];
    let code = u32::from_be_bytes(packed[14..18].try_into().unwrap());
    let mut coder = Coder { rest: &packed[18..], range: u32::MAX, code };
    let mut literals = vec![HALF; 0x300 << (lc + lp)];
    let mut is_match = [[HALF; 16]; 12];
    let mut state = State {
        coder_state: 0,
        distances: [0; 4],
        is_rep: [[HALF; 12]; 4],
        is_long: [[HALF; 16]; 12],
        slots: [[HALF; 64]; 4],
        special: [HALF; 128],
        align: [HALF; 15],
        of_match: Lengths::new(),
        of_rep: Lengths::new(),
    };
    let mut out: Vec<u8> = Vec::with_capacity(size);
    while out.len() < size {
        let place = out.len() & ((1 << pb) - 1);
        if coder.bit(&mut is_match[state.coder_state][place]) == 1 {
            for _ in 0..state.matched(&mut coder, place) {
                out.push(out[out.len() - state.distances[0] - 1]);
            }
            continue;
        }
        let before = usize::from(out.last().copied().unwrap_or(0));
        let at = ((out.len() & ((1 << lp) - 1)) << lc) + (before >> (8 - lc));
        let tree = &mut literals[0x300 * at..][..0x300];
        let mut symbol = 1;
        if state.coder_state >= 7 {
            let like = usize::from(out[out.len() - state.distances[0] - 1]);
            for k in (0..8).rev() {
                let expected = like >> k & 1;
                let bit = coder.bit(&mut tree[((1 + expected) << 8) + symbol]);
                symbol = symbol << 1 | bit;
                if bit != expected {
                    break;
                }
            }
        }
        while symbol < 0x100 {
            symbol = symbol << 1 | coder.bit(&mut tree[symbol]);
        }
        out.push(symbol as u8);
        state.coder_state = match state.coder_state {
            0..4 => 0,
            before @ 4..10 => before - 3,
            before => before - 6,
        };
    }
    out
}
