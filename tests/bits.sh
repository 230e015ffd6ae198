#!/usr/bin/env bash
# Shows that programs for different processors and systems print the same bits for every command: runs in single and in double
# precision, exact answers, sweeps, sensitivities, levers, rankings, comparisons and explanations.
#
#     tests/bits.sh PROGRAM [OTHER...]
#
# An OTHER may be a command line, such as 'qemu-aarch64-static -L /usr/aarch64-linux-gnu headstart'. Where there is QEMU, the first
# program is compared with itself on a processor with no more than SSE4.2: without AVX and without fused multiply-add.
# `TMPDIR` may say where the answers go; `SCENARIOS` and `DRAWS` what is asked.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { echo "name a program" >&2; exit 2; }
draws=${DRAWS:-20000}
read -ra scenarios <<<"${SCENARIOS:-takeoff takeoff-published takeoff-residual takeoff-raters takeoff-simplex takeoff-veto wheat}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# What a report says of the program that made it and of its own bytes.
made='"target": \|"digest": '

# Asks one question; an answer that is refused is compared as well.
ask() {
    name=$1
    shift
    "${program[@]}" "$@" >"$out/$name" 2>"$out/$name.said" && code=0 || code=$?
    [ "$code" -lt 100 ] || { echo "$name: ended with $code" >&2; tail -3 "$out/$name.said" >&2; return 1; }
    echo "code $code" >>"$out/$name"
    sed -i "/$made/d" "$out/$name"
}

# Every command on one scenario.
commands() {
    s=$1
    file=scenarios/$s.ron
    case $s in
        wheat) a=alta b=brava address=weight.soil ;;
        *) a=ai_control b=post_training address=weight.insight ;;
    esac
    json=(-q --format json)
    ask "$s.show" show "$file" --format json
    ask "$s.check" check "$file" --format json
    for arithmetic in single double; do
        drawn=("$file" -n "$draws" --arithmetic "$arithmetic" "${json[@]}")
        ask "$s.run.$arithmetic" run "${drawn[@]}"
        ask "$s.sweep.$arithmetic" sweep "${drawn[@]}" --vary "$address = 0..=5" --points 5
        ask "$s.sensitivity.$arithmetic" sensitivity "${drawn[@]}" --pair "$a" "$b"
        ask "$s.central.$arithmetic" sensitivity "${drawn[@]}" --central-weights
        ask "$s.levers.$arithmetic" levers "${drawn[@]}"
        ask "$s.rankings.$arithmetic" rankings "${drawn[@]}"
        ask "$s.diff.$arithmetic" diff "$file" "scenarios/$s.ron" "${drawn[@]:1}" --edit "$address *= 2"
        ask "$s.explain.$arithmetic" explain "$file" "$a" "$b" "${drawn[@]:1}"
    done
    ask "$s.exact" run "$file" --method exact --points 512 "${json[@]}"
    ask "$s.auto" run "$file" --method auto -n "$draws" --points 512 "${json[@]}"
    ask "$s.text" run "$file" -n "$draws" -q --show all
    ask "$s.csv" run "$file" -n "$draws" -q --format csv
}

answers() {
    out=$1
    shift
    program=("$@")
    mkdir "$out"
    for s in "${scenarios[@]}"; do commands "$s"; done
    rm -f "$out"/*.said
}

compare() {
    title=$1
    shift
    answers "$folder/other" "$@"
    differing=$({ diff -rq "$folder/first" "$folder/other" || true; } | wc -l)
    if [ "$differing" -gt 0 ]; then
        echo "$title: $differing of $n answers differ"
        diff -r "$folder/first" "$folder/other" | head -20 || true
        failed=1
    else
        echo "$title: all $n answers have the same bits ($SECONDS s)"
    fi
    rm -r "$folder/other"
}

failed=0
answers "$folder/first" "$1"
n=$(find "$folder/first" -type f | wc -l)
refused=$({ grep -lx "code [1-9]" "$folder"/first/* || true; } | sed 's/.*\///' | tr '\n' ' ')
echo "$1: $n answers of ${#scenarios[@]} scenarios ($SECONDS s); refused, or not met: ${refused:-none}"
compare "$1, one thread" env RAYON_NUM_THREADS=1 "$1"
if command -v qemu-x86_64-static >/dev/null && [ "$(od -An -tx1 -j18 -N1 "$1")" = " 3e" ]; then
    compare "$1, without AVX and fused multiply-add" qemu-x86_64-static -cpu Nehalem "$1"
fi
shift
for other in "$@"; do
    read -ra words <<<"$other"
    compare "$other" "${words[@]}"
done
exit "$failed"
