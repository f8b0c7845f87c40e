#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program before it does anything: help, version, commands and options it does not know.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$TOWNWARD_SOURCE" || exit 1
failures=0

# expect CODE STREAM TEXT ARGUMENT...: TEXT is on stdout or stderr, and nothing on the other.
expect()
{
    code=$1
    stream=$2
    text=$3
    shift 3
    "$TOWNWARD" "$@" >"$folder/stdout" 2>"$folder/stderr" </dev/null
    found=$?
    other=stdout
    [ "$stream" = stdout ] && other=stderr
    if [ $found -ne "$code" ] || ! grep -qF -- "$text" "$folder/$stream" || [ -s "$folder/$other" ]; then
        failures=$((failures + 1))
        printf 'FAILED (exit %d, wanted %d and "%s" on %s): townward %s\n' $found "$code" "$text" "$stream" "$*"
        cat "$folder/stdout" "$folder/stderr"
    fi
}

expect 2 stderr 'usage: townward COMMAND'
for help in --help -h help; do
    expect 0 stdout 'usage: townward COMMAND' $help
done
expect 0 stdout 'exit status: 0 done, 1 failed, 2 wrong use' help --help
commands=$(sed -n 's/^  \([a-z][a-z]*\)  *[a-z].*/\1/p' "$folder/stdout")
for command in run check explain synthesize inspect; do
    echo "$commands" | grep -qx "$command" || { echo "FAILED: help does not list $command"; failures=1; }
done
for command in $commands; do
    expect 0 stdout 'example: townward ' "$command" --help
    expect 0 stdout "$command: " help "$command"
done
# The examples of help name files that are there.
for file in $("$TOWNWARD" check --help | sed -n 's/^example: //p' | grep -o 'scenarios/[a-z/0-9-]*\.cfg'); do
    [ -f "$file" ] || { echo "FAILED: no $file"; failures=1; }
done

expect 0 stdout 'townward ' --version
grep -qE '^townward [0-9]+\.[0-9]+\.[0-9]+ \([^)]+\), .*(gcc|[Cc]lang).*OpenMP, HDF5 1\.[0-9]+\.[0-9]+$' "$folder/stdout" ||
    { echo "FAILED: the version does not name all parts"; failures=1; }

expect 2 stderr 'unknown command chek; did you mean check' chek
expect 2 stderr 'unknown command chek; did you mean check' help chek
expect 2 stderr 'unknown command frobnicate; see townward --help' frobnicate
expect 2 stderr 'unknown option --versoin; did you mean --version' --versoin
expect 2 stderr 'unknown option --thread; did you mean --threads' run x.cfg --thread 2
# Never an option that the command does not take.
expect 2 stderr 'check: unknown option --threads; see --help' check x.cfg --threads 2
expect 2 stderr 'inspect: unknown option --set' inspect x.h5 --set a=b
expect 2 stderr 'run: --set needs a value' run x.cfg --set
expect 2 stderr 'run: --threads 0; expected 1 to 1024' run x.cfg --threads 0
expect 2 stderr 'run: --threads 2x; expected 1 to 1024' run x.cfg --threads 2x
expect 2 stderr 'needs at least one scenario' check
expect 2 stderr 'needs one scenario file' run
expect 2 stderr 'run.seed = -1; expected 0 to' run scenarios/xizang/baseline.cfg --seed -1
expect 2 stderr 'is too long' run x.cfg --seed 00000000000000000000000000000000000000000000000000000000000000001

# Both forms of a value, and a file whose name starts with a dash.
expect 0 stdout 'valid (1 settings changed' check scenarios/xizang/baseline.cfg --set=run.end=2030
expect 0 stdout 'valid (1 settings changed' check --seed=7 -- scenarios/xizang/baseline.cfg
expect 2 stderr '-x.cfg: error: cannot be read' check -- -x.cfg
expect 2 stderr 'error: cannot be read' check scenarios/xizang/nowhere.cfg

# What is printed must arrive.
if [ -w /dev/full ]; then
    "$TOWNWARD" explain >/dev/full 2>"$folder/stderr"
    if [ $? -ne 1 ] || ! grep -q 'cannot write to standard output' "$folder/stderr"; then
        echo "FAILED: a full disk under standard output is not seen"
        failures=1
    fi
fi

[ $failures -eq 0 ] && echo "wrong use is answered"
[ $failures -eq 0 ]
