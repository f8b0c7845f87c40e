#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library asks libm for exact functions only. exp, log and the like differ by a bit from one
# libm to the next and would make the results depend on the machine; base/math.h has our own.
# Looks at our objects alone, so what HDF5 uses does not count.
# Usage: sh tests/checks/libm.sh build/release/sim/libtownward.a
set -u
libm=$("${CC:-cc}" -print-file-name=libm.so.6)
exact='sqrt floor fabs'

names=$(nm -D --defined-only "$libm" | awk '{ sub(/@.*/, "", $NF); print $NF }' | sort -u)
printf '%s\n' "$names" | grep -qx exp || {
    echo "libm: cannot read the names in $libm" >&2
    exit 1
}
wanted=$(nm --undefined-only "$1" | awk '$1 == "U" { print $2 }' | sort -u)
found=$({
    printf '%s\n' "$names"
    printf '%s\n' "$wanted"
} | sort | uniq -d)
for name in $found; do
    case " $exact " in
    *" $name "*) ;;
    *)
        echo "libm: $1 uses $name" >&2
        status=1
        ;;
    esac
done
exit "${status:-0}"
