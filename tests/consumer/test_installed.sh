#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs into a folder of its own, moves it, and builds a program against it from outside, once
# found by CMake and once by pkg-config.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake --install "$TOWNWARD_BUILD" --prefix "$folder/first" >"$folder/log"
mv "$folder/first" "$folder/prefix"
prefix=$folder/prefix
source=$TOWNWARD_SOURCE/tests/consumer
CC=${CC:-cc}

package=$(find "$prefix" -name TownwardConfig.cmake)
pc=$(find "$prefix" -name townward.pc)
for file in "$package" "$pc" "$prefix/include/townward/region.h"; do
    [ -f "$file" ] || { echo "not installed: $file" >&2; exit 1; }
done

# Nothing of the source or build folder may be left in what is installed.
if grep -rlF -e "$TOWNWARD_BUILD" -e "$TOWNWARD_SOURCE" "${package%/*}" "$pc" >&2; then
    echo "these files name the source or build folder" >&2
    exit 1
fi

# The default of CMake is make, which may not be there.
generator="Unix Makefiles"
! command -v ninja >/dev/null 2>&1 || generator=Ninja
cmake -S "$source" -B "$folder/cmake" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
    >>"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
cmake --build "$folder/cmake" >>"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }

PKG_CONFIG_PATH=${pc%/*}
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
"$CC" -std=c11 -o "$folder/consumer" "$source/consumer.c" $(pkg-config --cflags --libs townward)

region=$(pkg-config --variable=scenarios townward)/xizang/region.cfg
"$folder/cmake/consumer" "$region"
"$folder/consumer" "$region"

if [ -x "$TOWNWARD" ]; then
    "$prefix/bin/townward" --help >"$folder/help"
    [ -s "$folder/help" ]
fi
