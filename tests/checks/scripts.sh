#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every shell script passes shellcheck. Run in the source folder: sh tests/checks/scripts.sh
set -u
# shellcheck disable=SC2046
shellcheck bootstrap .ci/run $(find tests analysis benchmarks scenarios -name '*.sh')
