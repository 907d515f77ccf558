#!/usr/bin/env bash
# What CI runs: everything static, then all tests. Words after it go to pytest: -k join
set -uo pipefail
cd "$(dirname "$0")/.."
bash scripts/system.sh </dev/null

status=0
bash scripts/check.sh || status=1

place=$(mktemp -d)
chmod 755 "$place"
trap 'bash scripts/postgres.sh stop "$place/postgres"; rm -rf "$place"' EXIT
if [ -z "${NASTAVNIK_TEST_POSTGRES:-}" ]; then
    NASTAVNIK_TEST_POSTGRES=$(bash scripts/postgres.sh start "$place/postgres") || cat "$place/postgres/log" >&2
    export NASTAVNIK_TEST_POSTGRES
fi

pytest=.venv/bin/pytest
slow="postgres or browser or faults or office or long"
if [ $# -gt 0 ]; then
    $pytest "$@" || status=1
else
    $pytest -q -n auto --maxprocesses 4 -m "not ($slow)" || status=1
    # Each process has a database of its own on the server. Never more than two: browsers and years want a core each.
    $pytest -q -n 2 --dist worksteal -m "$slow" || status=1
fi
exit $status
