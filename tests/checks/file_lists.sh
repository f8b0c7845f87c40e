#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every source is in its list and every list names what is there, in alphabetical order; a file
# that was left out would never be compiled, or its test never run. Run in the source folder.
set -u
status=0
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C

# compare NAME: the files `listed` and `present`, one name a line.
compare()
{
    if ! sort -c "$folder/listed" 2>/dev/null; then
        echo "file_lists: $1: not in alphabetical order" >&2
        status=1
    fi
    sort "$folder/listed" >"$folder/sorted"
    sort "$folder/present" >"$folder/found"
    if ! diff "$folder/sorted" "$folder/found" >"$folder/difference"; then
        echo "file_lists: $1 (< listed and not there, or twice; > there and not listed)" >&2
        grep '^[<>]' "$folder/difference" >&2
        status=1
    fi
}

# items LIST: the lines of set(LIST ...) in sim/CMakeLists.txt.
items()
{
    awk -v list="$1" '$0 == "set(" list { inside = 1; next } /^\)/ { inside = 0 }
        inside && NF { print $1 }' sim/CMakeLists.txt
}

items TW_SOURCES >"$folder/listed"
(cd sim && find . -name '*.c' -not -path './cli/*' | cut -c3-) >"$folder/present"
compare "sim/CMakeLists.txt, TW_SOURCES"
items TW_PROGRAM_SOURCES >"$folder/listed"
(cd sim && find ./cli -name '*.c' | cut -c3-) >"$folder/present"
compare "sim/CMakeLists.txt, TW_PROGRAM_SOURCES"

sed -n 's/^tw_add_benchmark(\([a-z0-9_]*\))$/\1/p' benchmarks/CMakeLists.txt >"$folder/listed"
find benchmarks -name '*.c' -exec basename {} .c \; >"$folder/present"
compare "benchmarks/CMakeLists.txt"

# Tests are in order within each label and kind.
for kind in test:c python_test:py shell_test:sh; do
    for label in $(find tests -mindepth 1 -maxdepth 1 -type d | cut -c7- | sort); do
        case $label in checks) continue ;; esac
        end=${kind#*:}
        sed -n "s/^tw_add_${kind%:*}($label \([a-z0-9_]*\)\(\.$end\)*)\$/\1/p" tests/CMakeLists.txt \
            >"$folder/listed"
        find "tests/$label" -maxdepth 1 -name "test_*.$end" -exec basename {} ".$end" \; \
            >"$folder/present"
        compare "tests/CMakeLists.txt, $label, $end"
    done
done
exit $status
