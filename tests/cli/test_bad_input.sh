#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Mistakes of a user: the exit code, a message that names the place, nothing under the final name.
set -u
folder=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cp -r "$TOWNWARD_SOURCE/scenarios/xizang" "$folder/xizang" || exit 1
region=$folder/xizang
failures=0

# expect CODE TEXT COMMAND...: runs it; checks exit code and that stderr holds the text.
expect()
{
    code=$1
    text=$2
    shift 2
    "$@" >"$folder/stdout" 2>"$folder/stderr" </dev/null
    found=$?
    if [ $found -ne "$code" ] || { [ -n "$text" ] && ! grep -q -- "$text" "$folder/stderr"; }; then
        failures=$((failures + 1))
        printf 'FAILED (exit %d, wanted %d and "%s"): %s\n' $found "$code" "$text" "$*"
        cat "$folder/stderr"
    fi
}

# scenario TEXT: a scenario that stands on the baseline and says TEXT.
scenario()
{
    printf 'base = "baseline.cfg";\n%s\n' "$1" >"$region/mine.cfg"
}

short="--set run.sample=0.01 --set run.end=2021"

scenario 'moving: { serch_level = 0.02; };'
expect 2 'mine.cfg:2: error: unknown setting moving.serch_level; expected a known name: did you mean moving.search_level' \
    "$TOWNWARD" check "$region/mine.cfg"
scenario 'moving: { search_level = "much"; };'
expect 2 'mine.cfg:2: error: moving.search_level = "much"; expected a number' "$TOWNWARD" check "$region/mine.cfg"
scenario 'moving: { search_level = 7.0; };'
expect 2 'expected 0 to 1 1/year' "$TOWNWARD" check "$region/mine.cfg"
scenario 'run: { seed = 3000000000; };'
expect 2 'mine.cfg:2: error: the integer 3000000000 would be cut to 32 bits' "$TOWNWARD" check "$region/mine.cfg"
scenario 'moving: { cost = 1e400; };'
expect 2 'the number 1e400 is too large' "$TOWNWARD" check "$region/mine.cfg"
scenario '@include "baseline.cfg"'
expect 2 '@include cannot be overridden' "$TOWNWARD" check "$region/mine.cfg"
scenario 'run: { end = "2030" '
expect 2 'mine.cfg:' "$TOWNWARD" check "$region/mine.cfg"
scenario 'run: { end = 2015; };'
expect 2 'run.end is before run.start' "$TOWNWARD" check "$region/mine.cfg"
scenario 'levers: { housing: { rent_subsidy: { a = { start = "2025"; end = "2024"; yuan_per_month = -3;
 places = ["Chenguan"]; payer = "nobody"; yeers = 3; }; }; }; };'
expect 2 'unknown place "Chenguan"' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'did you mean Chengguan' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'expected an end after the start' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'expected 0 to 1e13' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'expected centre, region, county or banks' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'did you mean years' "$TOWNWARD" check "$region/mine.cfg"
scenario 'levers: { housing: { rent_subsidi: { a = { start = "2025"; }; }; }; };'
expect 2 'unknown setting levers.housing.rent_subsidi.a.start; expected levers.GROUP.LEVER.NAME.KEY: did you mean levers.housing.rent_subsidy?' \
    "$TOWNWARD" check "$region/mine.cfg"
scenario 'levers: { registration: { open_settlement: { a = { start = "2025"; share = 1.5;
 places = []; payer = "centre"; }; }; }; transport: { projects: { road = { start = "2026"; minutes = 20;
 places = ["Seni"]; payer = "centre"; }; }; }; housing: { rent_subsidy: {
 a = { start = "2025"; end = "2028"; yuan_per_month = 300; years = 1; places = ["all"]; payer = "region"; };
 b = { start = "2027"; yuan_per_month = 300; years = 1; places = ["Seni"]; payer = "region"; }; }; }; };'
expect 2 'mine.cfg:2: error: levers.registration.open_settlement.a.share = 1.5; expected 0 to 1' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'mine.cfg:3: error: .*open_settlement.a.places = .*; expected at least one place' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'transport.projects.road has no yuan_per_unit; expected a cost' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'expected the two counties that the road joins' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'rent_subsidy.b acts where and when a does (.*mine.cfg:5); expected one programme' "$TOWNWARD" check "$region/mine.cfg"
scenario 'levers: { housing: { rent_subsidy: {
 a = { start = "2025"; yuan_per_month = 300; years = 1; places = ["all"]; payer = "region";
       households = ["couple", "one_persn"]; };
 b = { start = "2025"; yuan_per_month = 300; years = 1; places = ["all"]; payer = "region";
       households = ["couple", "other"]; };
 c = { start = "2025"; yuan_per_month = 300; years = 1; places = ["all"]; payer = "region"; households = []; }; }; };
 jobs: { training: { d = { start = "2025"; persons_per_year = 9; places = ["all"]; payer = "region";
       households = ["couple"]; }; }; }; };'
expect 2 'mine.cfg:4: error: .*a.households: unknown kind of household "one_persn"; .*did you mean one_person' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'rent_subsidy.b acts where and when a does' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'c.households = .*; expected at least one kind of household' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'unknown key levers.jobs.training.d.households' "$TOWNWARD" check "$region/mine.cfg"
expect 2 'there is no such programme' "$TOWNWARD" check "$region/baseline.cfg" \
    --set levers.housing.rent_subsidy.nobody.yuan_per_month=3
expect 2 'base file' "$TOWNWARD" check "$TOWNWARD_SOURCE/tests/cli/no_base.cfg"
expect 2 'nowhere.cfg' "$TOWNWARD" run "$folder/nowhere.cfg"

# Values that are right in another form are accepted.
scenario 'moving: { cost = 1; }; run: { end = 2030; seed = 3000000000L; };'
expect 0 '' "$TOWNWARD" check "$region/mine.cfg"

# The region.
sed -i.good 's/^jobs.training,3419,1500/jobs.trainings,3419,4000/; s/,C,assumed$/,D,assumed/' "$region/tables/lever_costs.csv"
expect 2 'lever_costs.csv:[0-9]*: error: .* costs 3419 yuan, from 4000 to 8000; expected low, then' "$TOWNWARD" check "$region/baseline.cfg"
expect 2 "lever_costs.csv:[0-9]*: error: grade is 'D'" "$TOWNWARD" check "$region/baseline.cfg"
sed 's/^jobs.training,/jobs.trainings,/' "$region/tables/lever_costs.csv.good" >"$region/tables/lever_costs.csv"
expect 2 "lever_costs.csv:[0-9]*: error: lever is 'jobs.trainings'; expected jobs.training" "$TOWNWARD" check "$region/baseline.cfg"
expect 2 'jobs.training.training_2025 has no yuan_per_unit' "$TOWNWARD" check "$region/only-jobs.cfg"
sed -i '5s/^540[0-9]*/999999/' "$region/tables/links.csv"
expect 2 'links.csv:5' "$TOWNWARD" check "$region/baseline.cfg"
head -c 3000 "$TOWNWARD_SOURCE/scenarios/xizang/tables/census.csv" >"$region/tables/census.csv"
expect 2 'census.csv:' "$TOWNWARD" check "$region/baseline.cfg"
rm "$region/tables/series.csv"
expect 2 'series.csv' "$TOWNWARD" check "$region/baseline.cfg"

# Output. A run that cannot write says so before it works, and leaves what was there.
baseline=$TOWNWARD_SOURCE/scenarios/xizang/baseline.cfg
echo precious >"$folder/there.h5"
# shellcheck disable=SC2086
expect 1 'the file exists already' "$TOWNWARD" run "$baseline" $short -o "$folder/there.h5"
[ "$(cat "$folder/there.h5")" = precious ] || { echo "FAILED: an existing file was touched"; failures=1; }
# shellcheck disable=SC2086
expect 1 'cannot write into' "$TOWNWARD" run "$baseline" $short -o "$folder/no/such/folder.h5"
# shellcheck disable=SC2086
expect 1 'this is a folder' "$TOWNWARD" run "$baseline" $short -o "$folder"
# A full disk: no file may grow beyond 8 blocks.
# shellcheck disable=SC2016
expect 1 'full.h5' sh -c 'ulimit -f 8; exec "$0" run "$1" --set run.sample=0.01 --set run.end=2021 -o "$2"' \
    "$TOWNWARD" "$baseline" "$folder/full.h5"
if [ -e "$folder/full.h5" ] || ls "$folder"/*.part-* >/dev/null 2>&1; then
    echo "FAILED: something was left behind a failed write"
    failures=1
fi

# An interrupted run says so and leaves nothing.
"$TOWNWARD" run "$baseline" -o "$folder/stopped.h5" >"$folder/stdout" 2>"$folder/stderr" &
run=$!
sleep 1
kill -TERM $run
wait $run
found=$?
if [ $found -ne 75 ] || [ -e "$folder/stopped.h5" ] || ! grep -q 'stopped after' "$folder/stderr"; then
    echo "FAILED: interrupted with exit $found"
    failures=1
fi

# Wrong use.
expect 2 'did you mean run' "$TOWNWARD" rum
expect 2 'did you mean --threads' "$TOWNWARD" run x.cfg --thread 2
expect 2 'needs a value' "$TOWNWARD" run x.cfg --set
expect 2 'expected 1 to 1024' "$TOWNWARD" run x.cfg --threads 0
expect 2 'did you mean moving.search_level' "$TOWNWARD" explain moving.serch_level
for command in run check explain synthesize inspect; do
    expect 0 '' "$TOWNWARD" $command --help
    grep -q '^example: townward' "$folder/stdout" || { echo "FAILED: $command --help has no example"; failures=1; }
done
expect 1 'cannot be opened as HDF5' "$TOWNWARD" inspect "$baseline"

[ $failures -eq 0 ] && echo "every mistake was answered"
[ $failures -eq 0 ]
