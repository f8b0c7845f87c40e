#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who may include whom: base <- region scenario population <- exchange <- synthesis process <-
# engine <- results compare sweep trace <- cli. A file includes its own folder, its own rank and the ranks
# below; base includes base alone; a process includes no other process (they meet in the tables).
# Public headers count as the folder they speak for. Run in the source folder.
set -u
# shellcheck disable=SC2046
awk '
BEGIN {
    split("base 0 region 1 scenario 1 population 1 exchange 2 synthesis 3 process 3 engine 4 " \
          "results 5 compare 5 sweep 5 trace 5 cli 6", words)
    for (i = 1; i in words; i += 2) rank[words[i]] = words[i + 1]
    split("status base region region indicators region levers scenario scenario scenario population population synthesis synthesis " \
          "run engine trace trace results results compare compare sweep sweep townward cli", words)
    for (i = 1; i in words; i += 2) speaks_for[words[i] ".h"] = words[i + 1]
}
function complain(sentence) {
    printf "layers: %s:%d: %s\n", FILENAME, FNR, sentence
    bad = 1
}
FNR == 1 {
    split(FILENAME, path, "/")
    folder = path[2]
    process = folder == "process" && path[4] != "" ? path[3] : ""
    if (!(folder in rank)) complain("folder " folder " has no rank in tests/checks/layers.sh")
}
/^#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    if (quoted[2] == "townward_version.h") next
    parts = split(quoted[2], target, "/")
    seen++
    if (parts < 2) { complain("\"" quoted[2] "\" without its folder"); next }
    to = target[1]
    if (to == "townward") {
        if (!(target[2] in speaks_for)) { complain("public header " target[2] " is not known here"); next }
        to = speaks_for[target[2]]
    }
    if (!(to in rank)) complain("folder " to " is not known here")
    else if (rank[to] > rank[folder]) complain(folder " includes " to ", which is above it")
    if (to == "process" && process != "" && parts == 3 && target[2] != process)
        complain("process " process " includes process " target[2])
}
END {
    if (!seen) { print "layers: no include was seen"; bad = 1 }
    exit bad
}' $(find sim -name '*.[ch]' | sort) >&2
