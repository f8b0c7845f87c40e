#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same bits for every compiler, optimisation, number of threads, block size, thinning bound and
# CPU: runs each program given over those and compares the line `digest HEX` of each run.
#
#   tests/checks/digest_matrix.sh build/release/townward build/debug/townward ...
#
# The first program meets every variation, the others their own threads and the extremes. The
# tunables turn off the vector versions of glibc; the kernels' own versions ask the CPU itself, so
# it takes a program without them among those given (the preset `debug`) to compare those.
# SCENARIO, DIGEST_END and DIGEST_SAMPLE in the environment choose another run.
set -u
scenario=${SCENARIO:-scenarios/xizang/baseline.cfg}
end=${DIGEST_END:-2022-11}
sample=${DIGEST_SAMPLE:-1}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
expected=
runs=0
failures=0

[ $# -gt 0 ] || {
    echo "usage: $0 PROGRAM..." >&2
    exit 2
}

# one NAME PROGRAM [OPTION...]: a run, whose digest must be that of the first.
one()
{
    local name=$1 digest
    shift
    runs=$((runs + 1))
    if ! "$1" run "$scenario" --set "run.end=$end" --set "run.sample=$sample" "${@:2}" \
        --force -o "$folder/run.h5" >"$folder/output" 2>"$folder/errors"; then
        echo "digest_matrix: failed: $name" >&2
        tail -n 5 "$folder/errors" >&2
        failures=$((failures + 1))
        return
    fi
    digest=$(sed -n 's/^digest[: ]*\([0-9a-f]\{16,\}\).*$/\1/p' "$folder/output" | head -n 1)
    [ -n "$expected" ] || expected=$digest
    if [ -z "$digest" ] || [ "$digest" != "$expected" ]; then
        echo "digest_matrix: $name: ${digest:-no digest}, expected $expected" >&2
        failures=$((failures + 1))
    fi
}

first=$1
for program; do
    one "$program, 1 thread" "$program" --threads 1
    one "$program, 3 threads, blocks of 256, bounds times 4" "$program" --threads 3 \
        --set engine.block_size=256 --set engine.thinning_bound=4
done
one "2 threads" "$first" --threads 2
for size in 256 2048 8192; do
    one "blocks of $size" "$first" --threads 2 --set "engine.block_size=$size"
done
for bound in 1 2 4; do
    one "bounds times $bound" "$first" --threads 2 --set "engine.thinning_bound=$bound"
done
# The names of glibc 2.33 and later, then those before.
for mask in -AVX512F,-AVX512VL -AVX2,-AVX512F,-AVX512VL,-FMA -AVX2_Usable,-AVX512F_Usable,-FMA_Usable; do
    GLIBC_TUNABLES=glibc.cpu.hwcaps=$mask one "without $mask" "$first" --threads 2
done

echo "digest_matrix: $runs runs, $failures differ or fail, digest ${expected:-none}"
[ "$failures" -eq 0 ]
