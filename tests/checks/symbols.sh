#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every external symbol of the library starts with tw_, the versions of a kernel for other vector
# units (tw_name.avx2.0, tw_name.resolver) and the
# locks that gcc makes for a named critical section included.
# Usage: sh tests/checks/symbols.sh build/release/sim/libtownward.a
set -u
symbols=$(nm --extern-only --defined-only "$1" | awk 'NF == 3 { print $3 }' | sort -u)
[ -n "$symbols" ] || {
    echo "symbols: $1 has none" >&2
    exit 1
}
others=$(printf '%s\n' "$symbols" | grep -vE '^(\.gomp_critical_user_)?tw_')
[ -z "$others" ] || {
    printf 'symbols: no prefix tw_: %s\n' "$others" >&2
    exit 1
}
