#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What every file of ours keeps: the format, the licence line, a size one can read, no function that
# the house has replaced, no trace of where it was written. Needs clang-format-14. Run in the source
# folder: sh tests/checks/style.sh
set -u
failures=0

# complain LINES SENTENCE: fails, with the lines, when there are any.
complain()
{
    if [ -n "$1" ]; then
        failures=$((failures + 1))
        printf '%s\n' "$1" | head -n 20 >&2
        printf 'style: %s\n' "$2" >&2
    fi
}

c_files=$(find sim include tests benchmarks -name '*.[ch]' | sort)
files=$(find . \( -path ./.git -o -path ./build -o -path ./out -o -name __pycache__ -o \
    -name node_modules \) -prune -o \
    -type f -print | sort)
sources=$(printf '%s\n' "$files" |
    grep -E '(\.(c|h|py|sh|cmake|in|m?js|css)|CMakeLists\.txt|/bootstrap|/\.ci/run)$' | grep -v '/built/')
prose=$(printf '%s\n' "$files" | grep -vE '/(LICENSE|style\.sh|package-lock\.json)$|\.(csv|h5|png|svg|gz|xlsx)$')

# shellcheck disable=SC2086
complain "$(clang-format-14 --dry-run -Werror $c_files 2>&1)" "not as clang-format 14 writes it"

for file in $c_files; do
    [ "$(head -n 1 "$file")" = '/* SPDX-License-Identifier: Apache-2.0 */' ] || echo "$file"
done >"${TMPDIR:-/tmp}/style.$$"
for file in $sources; do
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || echo "$file"
done >>"${TMPDIR:-/tmp}/style.$$"
complain "$(sort -u "${TMPDIR:-/tmp}/style.$$")" "no SPDX line at the top"
rm -f "${TMPDIR:-/tmp}/style.$$"

# shellcheck disable=SC2086
complain "$(wc -l $sources | awk '$2 != "total" && $1 > 1000')" "over 1000 lines: split it by idea"

# shellcheck disable=SC2086
complain "$(grep -nE '/(work|root|home)/[a-z]|TODO|FIXME|XXX[^X]|[Ii]ssue #?[0-9]|[Ss]ession [0-9]' \
    $prose | grep -v 'XXXXXX')" "a path of one machine, a note to oneself or an issue number"

build_files=$(printf '%s\n' "$sources" | grep -E '(\.cmake|CMakeLists\.txt|/bootstrap|/\.ci/run)$')
# shellcheck disable=SC2086
complain "$(grep -nE -- '-Ofast|-ffast-math|-funsafe-math' CMakePresets.json $build_files)" "these flags change results"

library=$(printf '%s\n' "$c_files" | grep '^sim/' | grep -v '^sim/cli/')
# shellcheck disable=SC2086
complain "$(grep -nE '(^|[^a-z_])(exit|printf|puts|rand|srand|sprintf|system|strtok)\(' \
    $library)" "the library neither prints, nor exits, nor draws elsewhere, nor writes unbounded text"

[ "$failures" -eq 0 ]
