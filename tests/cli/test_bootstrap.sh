#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# ./bootstrap on a pretended machine: what it installs, that it installs nothing twice, what it says
# where it cannot. apt-get, sudo, cmake and dpkg-query are stand-ins in a folder of their own.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
bin=$folder/bin
mkdir -p "$bin" "$folder/stand-in" "$folder/tree/sim"
ln -s /usr/bin/* /bin/* "$bin/" 2>/dev/null
rm -f "$bin/cmake" "$bin/dpkg-query" "$bin/apt-get" "$bin/sudo" "$bin/id"
cp "$TOWNWARD_SOURCE/bootstrap" "$folder/tree/"
touch "$folder/tree/sim/CMakeLists.txt"
failures=0

check()
{
    if ! "$@"; then
        echo "not true: $*" >&2
        cat "$folder/said" >&2
        failures=$((failures + 1))
    fi
}

said()
{
    grep -q -e "$1" "$folder/said"
}

not_said()
{
    ! said "$1"
}

called()
{
    [ "$(grep -c -e "$1" "$folder/calls")" -eq "$2" ]
}

# program NAME: a stand-in from standard input.
program()
{
    { echo '#!/bin/sh'; cat; } >"$bin/$1"
    chmod +x "$bin/$1"
}

# bootstrap STATUS ARGUMENT...: runs it and compares the exit status.
bootstrap()
{
    wanted=$1
    shift
    (PATH=$bin && export PATH && cd / && sh "$folder/tree/bootstrap" "$@") >"$folder/said" 2>&1
    status=$?
    check [ "$status" -eq "$wanted" ]
}

: >"$folder/calls"
echo '#!/bin/sh' >"$folder/fake_cmake"
echo "echo cmake \"\$@\" >>$folder/calls; mkdir -p build/release; touch build/release/build.ninja; echo CMAKE_HOME_DIRECTORY:INTERNAL=\$PWD >build/release/CMakeCache.txt" \
    >>"$folder/fake_cmake"
chmod +x "$folder/fake_cmake"

# Wrong use.
bootstrap 2
check said '^usage:'
bootstrap 2 everything
bootstrap 0 --help
check said 'example: ./bootstrap demo'

# No apt-get: names the package and what it is for.
bootstrap 1 build
check said '^  cmake  *build$'
check not_said 'gcc '
check said 'no apt-get'

# apt-get, neither root nor sudo.
program id <<EOF
echo 1000
EOF
program apt-get <<EOF
echo apt-get "\$@" >>$folder/calls
case " \$* " in *" install "*) cp $folder/fake_cmake $bin/cmake ;; esac
EOF
bootstrap 1 build
check said 'as root: apt-get install cmake'
check called apt-get 0

# With sudo: updates once, installs what is missing and nothing else, builds.
program sudo <<EOF
echo sudo >>$folder/calls
exec "\$@"
EOF
bootstrap 0 build
check called '^apt-get.* update' 1
check called '^apt-get.* install --no-install-recommends cmake$' 1
check called '^sudo' 2
check called '^cmake -S' 1
check called '^cmake --build' 1

# The second time: no apt-get.
bootstrap 0 build
check called '^apt-get' 2

# An installation that fails is shown.
rm "$bin/cmake"
program apt-get <<EOF
echo "E: no such package"
exit 100
EOF
bootstrap 1 build
check said 'E: no such package'

# Another bootstrap at work, and one that was killed.
cp "$folder/fake_cmake" "$bin/cmake"
mkdir -p "$folder/tree/build/.lock"
echo $$ >"$folder/tree/build/.lock/pid"
bootstrap 1 build
check said "process $$"
echo 999999999 >"$folder/tree/build/.lock/pid"
bootstrap 0 build
check [ ! -e "$folder/tree/build/.lock" ]

# A folder that cannot be made.
rm -rf "$folder/tree/build"
touch "$folder/tree/build"
bootstrap 1 build
check said 'cannot write into build'

[ "$failures" -eq 0 ] && echo ok
