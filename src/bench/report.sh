#!/usr/bin/env bash
# A report of 10,000 tasks in a headless Chromium: how long it takes to write, its size, how long it takes to open.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B -ntp verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ReportInBrowserIT#a_long_night_stays_small \
    -Dreport.tasks="${1:-10000}" | grep 'tasks: written'
