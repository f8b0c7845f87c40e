#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `townward check`: where libconfig would be silent, chains of bases, programmes, --set; all findings
# of a scenario at once, each with file and line.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cp -r "$TOWNWARD_SOURCE/scenarios/xizang" "$folder/xizang" || exit 1
region=$folder/xizang
mine=$region/mine.cfg
failures=0

# expect CODE TEXT [OPTION]...: checks mine.cfg; TEXT is in what is printed, "" for anything.
expect()
{
    code=$1
    text=$2
    shift 2
    "$TOWNWARD" check "$mine" "$@" >"$folder/out" 2>&1 </dev/null
    found=$?
    if [ $found -ne "$code" ] || ! grep -qF -- "$text" "$folder/out"; then
        failures=$((failures + 1))
        printf 'FAILED (exit %d, wanted %d and "%s"), options: %s\n' $found "$code" "$text" "$*"
        cat "$mine" "$folder/out"
    fi
}

# lines N: that many findings were printed.
lines()
{
    if [ "$(grep -c 'error: ' "$folder/out")" -ne "$1" ]; then
        failures=$((failures + 1))
        printf 'FAILED (wanted %d findings):\n' "$1"
        cat "$mine" "$folder/out"
    fi
}

# scenario TEXT: a scenario on the baseline whose second line starts with TEXT.
scenario()
{
    printf 'base = "baseline.cfg";\n%s\n' "$1" >"$mine"
}

# programme KEYS: a scenario with a complete rent subsidy "a", KEYS last.
programme()
{
    scenario "levers: { housing: { rent_subsidy: { a = { start = \"2025-05\"; years = 3;
yuan_per_month = 300; $1 }; }; }; };"
}

# What is right.
scenario ''
expect 0 'mine.cfg: valid (0 settings changed, 2 programmes)'
scenario 'run: { end = 2030; seed = 3000000000L; }; moving: { cost = 1; rent = 1.0; };'
expect 0 'valid (3 settings changed, 2 programmes)'
scenario 'run: { seed = "4611686018427387903"; }; moving: { }; levers: { };'
expect 0 'valid (1 settings changed'
scenario 'run: { seed = 0x7fffffffL; end = "2030-02"; }; // 99999999999, 1e999, @include "x"'
expect 0 'valid'
scenario "$(printf 'run: { seed = 2;\r\n end = 2030; };\r')"
expect 0 'valid (2 settings changed'

# Numbers that libconfig 1.5 cuts, wraps or makes infinite without a word.
scenario 'run: { seed = 2147483648; };'
expect 2 'mine.cfg:2: error: the integer 2147483648 would be cut to 32 bits'
scenario 'run: { seed = 0xFFFFFFFF; };'
expect 2 'mine.cfg:2: error: the integer 0xFFFFFFFF would be cut to 32 bits'
scenario '/* one *//* two */ run: { seed = 3000000000; };'
expect 2 'mine.cfg:2: error: the integer 3000000000 would be cut to 32 bits'
scenario 'run: { seed = 99999999999999999999L; };'
expect 2 'mine.cfg:2: error: the integer 99999999999999999999L is too large'
scenario 'moving: { cost = 1e400; };'
expect 2 'mine.cfg:2: error: the number 1e400 is too large'
scenario 'moving: { cost = -1.0e400; };'
expect 2 'the number -1.0e400 is too large'
for number in . -. .e5; do
    scenario "moving: { cost = $number; };"
    expect 2 "mine.cfg:2: error: $number would be read as 0"
    lines 1
done
scenario 'moving: { cost = .5; travel = 5.; };'
expect 0 'valid (2 settings changed'
scenario 'run.end = 2030;'
expect 2 'mine.cfg:2: error: syntax error at: run.end = 2030;'
lines 1
scenario 'moving: { cost = inf; };'
expect 2 'mine.cfg:2: error: syntax error at: moving: { cost = inf; };'
scenario 'moving: { cost = 0.00000000000000000000000000000000000000000000000000000000012345678901; };'
expect 0 'valid'
# A number with a finding has no second one; the rest is still looked at.
scenario "$(printf 'run: { seed = 3000000000; };\nmoving: { serch_level = 1.0; };')"
expect 2 'mine.cfg:3: error: unknown setting moving.serch_level'
lines 2
expect 2 'mine.cfg:2: error: the integer 3000000000'

# Types and ranges.
scenario 'run: { replicates = 2.0; };'
expect 2 'run.replicates = 2; expected a whole number'
scenario 'run: { replicates = 1001; };'
expect 2 'run.replicates = 1001; expected 1 to 1000'
scenario 'run: { end = 2035.0; };'
expect 2 'run.end = 2035; expected a date'
scenario 'run: { end = "2035-13"; };'
expect 2 'run.end = "2035-13"; expected a date'
scenario 'moving: { cost = true; };'
expect 2 'moving.cost = a list or a truth value; expected a number'
scenario 'moving: { cost = [1.0, 2.0]; };'
expect 2 'expected a number'
scenario 'moving: { cost = [1, 2.5]; };'
expect 2 'mine.cfg:2: error: mismatched element type'
scenario 'process: { moving = "sometimes"; };'
expect 2 'expected one of none|utility'
scenario 'run = 3;'
expect 2 'unknown setting run; expected a group of settings'
scenario 'mooving: { };'
expect 2 'unknown setting mooving'
scenario 'question = 3;'
expect 2 'question = 3; expected a word in quotes'

# Rules between settings.
scenario 'run: { start = "2015-11"; };'
expect 2 'run.start is not the date of a census'
scenario 'run: { end = "2020-12"; };'
expect 2 'run.end is in the quarter of run.start'

# Syntax: the line, and no findings that only follow from it.
scenario 'run: { end = 2030; '
expect 2 'mine.cfg:3: error: syntax error at the end of the file' --set levers.housing.public_rental.five_year_plan_14.ramp=4
lines 1
scenario 'run: { end = 2030; end = 2031; };'
expect 2 'mine.cfg:2: error: duplicate setting name at: run: { end = 2030; end = 2031; };'
scenario '@include "baseline.cfg"'
expect 2 'mine.cfg:2: error: @include'
lines 1
printf 'base = "baseline.cfg";\n# \377\n' >"$mine"
expect 2 'mine.cfg:2: error: bytes that are not text'

# Bases: a chain, one that leads back, one that is missing, a region beside the file that names it.
mkdir "$folder/other" "$folder/other/deep"
printf 'base = "../xizang/baseline.cfg";\nmoving: { cost = 2.0; };\n' >"$folder/other/middle.cfg"
printf 'base = "../middle.cfg";\nrun: { end = 2030; };\n' >"$folder/other/deep/last.cfg"
cp "$folder/other/deep/last.cfg" "$mine"
printf 'base = "../other/deep/last.cfg";\n' >"$mine"
expect 0 'valid (2 settings changed, 2 programmes)'
printf 'base = "mine.cfg";\n' >"$mine"
expect 2 'mine.cfg:1: error: base files lead to each other'
printf 'base = "round.cfg";\n' >"$mine"
printf '\nbase = "mine.cfg";\n' >"$region/round.cfg"
expect 2 'round.cfg:2: error: base files lead to each other'
printf 'base = "nowhere.cfg";\nmoving: { serch_level = 1.0; };\nlevers: { };\n' >"$mine"
expect 2 'mine.cfg:1: error: base file'
lines 2
expect 2 'mine.cfg:2: error: unknown setting moving.serch_level'
printf '\nregion = "nowhere.cfg";\n' >"$mine"
expect 2 'mine.cfg:2: error: region file '
lines 1
scenario ''
expect 2 '--set: error: region file nowhere.cfg' --set region=nowhere.cfg
printf 'question = "?";\n' >"$mine"
expect 2 'no region is named'

# Observed values: every mistake of the table, at its own line.
head='indicator,area,date,value,unit,revised,source'
scenario 'observations = "mine.csv";'
printf '%s\n' "$head" 'urbanization_rate,Chengguan,2023-12,0.99,1,yes,survey' >"$region/mine.csv"
expect 0 'valid (0 settings changed'
printf '%s\n' "$head" 'urbanisation_rate,Chengguan,2023-12,0.99,1,yes,survey' \
    'urbanization_rate,Chenguan,2023,99,%,maybe,' >"$region/mine.csv"
expect 2 "mine.csv:2: error: indicator is 'urbanisation_rate'; expected urbanization_rate"
expect 2 "mine.csv:3: error: area is 'Chenguan'; expected Chengguan"
expect 2 "mine.csv:3: error: unit of urbanization_rate is '%'; expected 1, and a share as value"
lines 6
rm "$region/mine.csv"
expect 2 'mine.cfg:2: error: observations file '
lines 1
expect 2 '--set: error: observations file nowhere.csv' --set observations=nowhere.csv
scenario 'observation = "mine.csv";'
expect 2 'unknown setting observation; expected a known name: did you mean observations?'
scenario 'observations = 3;'
expect 2 'mine.cfg:2: error: observations = 3; expected a word in quotes'

# Programmes.
good='places = ["all"]; payer = "region";'
programme "$good"
expect 0 'valid (0 settings changed, 3 programmes)'
for place in 540102 Chengguan; do
    programme "places = [\"$place\"]; payer = \"region\";"
    expect 0 '3 programmes'
done
programme 'places = []; payer = "region";'
expect 2 'expected at least one place'
programme 'places = "all"; payer = "region";'
expect 2 'expected a list such as'
programme 'places = [540102]; payer = "region";'
expect 2 'places = a list or a truth value; expected a list such as'
programme "$good grade = \"D\";"
expect 2 'mine.cfg:3: error: levers.housing.rent_subsidy.a.grade = D; expected A (measured here)'
programme "$good end = \"2025-05\";"
expect 2 'mine.cfg:3: error: levers.housing.rent_subsidy.a.end = 2025-05; expected an end after the start'
programme "$good high = 100;"
expect 2 'mine.cfg:3: error: levers.housing.rent_subsidy.a.high = 100; expected low not above high'
programme "$good ceiling = 3;"
expect 2 'unknown key levers.housing.rent_subsidy.a.ceiling; expected a key of the lever'
programme "$good yuan_per_unit = 3;"
expect 2 'unknown key levers.housing.rent_subsidy.a.yuan_per_unit'
scenario 'levers: { housing: { rent_subsidy: { a = { }; }; }; };'
expect 2 'mine.cfg:2: error: levers.housing.rent_subsidy.a has no payer'
lines 5
scenario 'levers: { housing: { public_rental: { a = { start = 2025; units_per_year = 1; places = ["all"]; payer = "region"; }; }; }; };'
expect 0 '3 programmes'
scenario 'levers: { services: { migrant_schooling: { a = { start = 2025; share = 1.5; places = ["all"]; payer = "region"; }; }; }; };'
expect 2 'mine.cfg:2: error: levers.services.migrant_schooling.a.share = 1.5; expected 0 to 1'
lines 1
scenario 'levers: { housing: { rent_subsidy: { a = { start = 2025; }; a = { end = 2026; }; }; }; };'
expect 2 'mine.cfg:2: error: duplicate setting name'
scenario "levers: { housing: { rent_subsidy: { a$(printf '%048d' 0) = { start = 2025; end = 2026; }; }; }; };"
expect 2 'expected a name of at most 47 bytes'
lines 1
# A name with digits is a name.
scenario "levers: { housing: { rent_subsidy: { to-3000000000 = { start = 2025; years = 3; yuan_per_month = 300; $good }; }; }; };"
expect 0 '3 programmes'
# Each key made wrong, or left out where it is needed: one finding, which names the key.
every='start = "2025-05"; end = "2031-11"; ramp = 4; yuan_per_month = 300; years = 3; places = ["all"]; payer = "region"; ceiling_yuan_per_year = 5e7; low = 150; high = 450; grade = "C"; source = "assumed";'
while read -r key wrong; do
    scenario "levers: { housing: { rent_subsidy: { a = { $(echo "$every" | sed "s|$key = [^;]*;|$key = $wrong;|") }; }; }; };"
    expect 2 "mine.cfg:2: error: levers.housing.rent_subsidy.a.$key = "
    lines 1
done <<'END'
start "then"
end "2024"
ramp -1
ramp 1.5
yuan_per_month -300
yuan_per_month "300"
years 0
places []
payer "nobody"
ceiling_yuan_per_year -1
high 100
grade "AB"
source 3
END
for key in start yuan_per_month years places payer; do
    scenario "levers: { housing: { rent_subsidy: { a = { $(echo "$every" | sed "s|$key = [^;]*;||") }; }; }; };"
    expect 2 "mine.cfg:2: error: levers.housing.rent_subsidy.a has no $key"
    lines 1
done
for key in end ramp ceiling_yuan_per_year low high grade source; do
    scenario "levers: { housing: { rent_subsidy: { a = { $(echo "$every" | sed "s|$key = [^;]*;||") }; }; }; };"
    expect 0 '3 programmes'
done
# One key of a programme of the base.
scenario 'levers: { housing: { public_rental: { five_year_plan_14 = { units_per_year = 6000.0; high = 6000.0; }; }; }; };'
expect 0 'valid (0 settings changed, 2 programmes)'

# The command line.
scenario ''
plan=levers.housing.public_rental.five_year_plan_14
expect 0 'valid (2 settings changed' --set run.end=2030 --set process.moving=none
expect 0 'valid' --set $plan.units_per_year=6000 --set "$plan.places=Chengguan,540121"
expect 2 '--set: error: run.end = soon; expected a date' --set run.end=soon
expect 2 '--set: error: run.end; expected --set path=value' --set run.end
expect 2 '--set: error: unknown setting run.ende; expected a known name: did you mean run.end?' --set run.ende=2030
expect 2 '--set: error: base=x.cfg' --set base=x.cfg
expect 2 "--set: error: unknown key $plan.unit_per_year; expected a key of the lever: did you mean units_per_year?" \
    --set $plan.unit_per_year=3
expect 2 'unknown place "Chenguan"; expected a county or group of the region: did you mean Chengguan?' \
    --set $plan.places=Chenguan
# The last one counts.
expect 0 'valid (1 settings changed' --set run.end=2030 --set run.end=2035 --set run.seed=2

# The library.
for file in "$region"/*.cfg; do
    case $file in */region.cfg | */mine.cfg | */round.cfg) continue ;; esac
    "$TOWNWARD" check "$file" >>"$folder/library" 2>&1 || {
        failures=$((failures + 1))
        cat "$folder/library"
    }
done
for name in baseline plan-2030 half-budget hindcast-2010; do
    grep -q "/$name.cfg: valid" "$folder/library" || failures=$((failures + 1))
done

# Several files: the worst exit code, a line for each.
"$TOWNWARD" check "$region/baseline.cfg" "$folder/nowhere.cfg" "$region/plan-2030.cfg" >"$folder/out" 2>"$folder/err"
[ "$(grep -c ': valid' "$folder/out")" -eq 2 ] || { echo "FAILED: two of three are valid"; failures=1; }

[ $failures -eq 0 ] && echo "check answers as it should"
[ $failures -eq 0 ]
