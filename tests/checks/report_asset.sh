#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The built script and style of analysis/report are what its sources and locked packages give. Needs
# node and npm with its registry, so it is not among the checks of .ci/run; a test there compares the
# sums of the sources. Run in the source folder: sh tests/checks/report_asset.sh
set -u
command -v npm >/dev/null 2>&1 || { echo "report_asset: npm is not there" >&2; exit 1; }
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
(cd analysis/report && cp -r build.mjs package.json package-lock.json src built LICENSES.txt \
    "$folder") || exit 1
cd "$folder" || exit 1
if ! npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1; then
    cat npm.log >&2
    echo "report_asset: npm cannot install the locked packages" >&2
    exit 1
fi
node build.mjs --check
