#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `townward trace`: wrong use, uids that nobody has, scenarios that do not go together; a household
# found, traced, and compared. On the small regions.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$TOWNWARD_SOURCE" || exit 1
plan=tests/regions/three/plan-2030.cfg
failures=0

# expect CODE TEXT ARGUMENT...: trace with these; TEXT is on stdout when CODE is 0, else on stderr.
expect()
{
    code=$1
    text=$2
    shift 2
    "$TOWNWARD" trace "$@" >"$folder/stdout" 2>"$folder/stderr" </dev/null
    found=$?
    stream=stderr
    [ "$code" -eq 0 ] && stream=stdout
    if [ $found -ne "$code" ] || ! grep -qF -- "$text" "$folder/$stream"; then
        failures=$((failures + 1))
        printf 'FAILED (exit %d, wanted %d and "%s"): townward trace %s\n' $found "$code" "$text" "$*"
        cat "$folder/stdout" "$folder/stderr"
    fi
}

# Wrong use is answered before anything is read.
expect 2 'needs one scenario file, found 0' --uid 1
expect 2 'needs either --uid or --find' "$plan"
expect 2 'needs either --uid or --find' "$plan" --uid 1 --find moved
for uid in 12x -1 0x10 '' 0 18446744073709551616; do
    expect 2 "--uid $uid; expected a number" "$plan" --uid="$uid"
done
expect 2 '--find mooved; did you mean moved' "$plan" --find mooved
expect 2 '--find parted and --with ALT.cfg belong together' "$plan" --find parted
expect 2 '--find parted and --with ALT.cfg belong together' "$plan" --find moved --with "$plan"
expect 2 '--replicate -1; expected 0 to 9999' "$plan" --uid 1 --replicate -1
expect 2 'trace: unknown option -o' "$plan" --uid 1 -o x

# Files that are not there, settings that are wrong: as elsewhere.
expect 2 'nowhere.cfg: error: cannot be read' nowhere.cfg --uid 1
expect 2 'nowhere.cfg: error: cannot be read' "$plan" --uid 1 --with nowhere.cfg
expect 2 'unknown setting moving.cots' "$plan" --uid 1 --set moving.cots=1

# Nobody has that uid: neither at the start nor later.
short='--set run.end=2021-05'
# shellcheck disable=SC2086
expect 2 '--uid: error: no household and no person is 12 in the starting population' "$plan" --uid 12 $short
# shellcheck disable=SC2086
expect 2 'no household and no person is 18446744073709551615 at any time' "$plan" --uid 18446744073709551615 $short

# Scenarios that cannot be compared household by household.
expect 2 'expected the region of both to be the same' "$plan" --uid 12 --with tests/regions/one/plan-2030.cfg
printf 'base = "%s";\nrun: { seed = 2; };\n' "$PWD/$plan" >"$folder/other-seed.cfg"
expect 2 'run.seed = 2, that of plan-2030 is 1' "$plan" --uid 12 --with "$folder/other-seed.cfg"

# A household is found and traced; so is one of its members.
expect 0 'households that moved from a rural zone to a town by choice: ' "$plan" --find moved --set run.end=2025-11 --set run.sample=0.2
uid=$(awk 'NR == 2 { print $1 }' "$folder/stdout")
expect 0 'in units of utility' "$plan" --uid "$uid" --set run.end=2025-11 --set run.sample=0.2
cp "$folder/stdout" "$folder/household"
for what in 'searches \(U 0\.[0-9]{6} < p 0\.[0-9]{6}\)' ' moves from ' 'lottery number 0\.[0-9]{6} of 1'; do
    grep -qE "$what" "$folder/household" ||
        { echo "FAILED: no '$what' in the trace of $uid"; cat "$folder/household"; failures=1; }
done
awk 'length($0) > 100 { exit 1 }' "$folder/household" || { echo "FAILED: a line of over 100 columns"; failures=1; }
person=$(sed -n 's/^.*#1 is person \([0-9]*\)$/\1/p' "$folder/household" | head -n 1)
expect 0 "#1 is person $person" "$plan" --uid "$person" --set run.end=2021-11 --set run.sample=0.2

# Another replicate, other draws.
expect 0 'seed 1, replicate 3,' "$plan" --uid "$uid" --replicate 3 --set run.end=2025-11 --set run.sample=0.2

# Two scenarios: the same one says nothing twice, another one parts.
expect 0 'lines without a letter are of both' "$plan" --uid "$uid" --with "$plan" --set run.end=2025-11 --set run.sample=0.2
if grep -qE '^.{8}[AB] ' "$folder/stdout"; then
    echo "FAILED: a scenario differs from itself"
    failures=1
fi
printf 'base = "%s";\nmoving: { cost = 30.0; };\n' "$PWD/$plan" >"$folder/costly.cfg"
expect 0 'A and B part in this quarter' "$plan" --uid "$uid" --with "$folder/costly.cfg" --set run.end=2025-11 --set run.sample=0.2
grep -qE '^        =       cost of moving +A +[0-9.]+ +B +3[0-9.]+  units of utility$' "$folder/stdout" ||
    { echo "FAILED: the cost of moving is not named"; cat "$folder/stdout"; failures=1; }
expect 0 'live in another zone at the end of the second scenario' "$plan" --find parted \
    --with "$folder/costly.cfg" --set run.end=2023-11 --set run.sample=0.2

[ $failures -eq 0 ] && echo "traces are told, wrong use is answered"
[ $failures -eq 0 ]
