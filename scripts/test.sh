#!/usr/bin/env bash
# What CI runs: everything static, then all tests. Words after it go to pytest: -k join
# NASTAVNIK_TEST_ENGINE=postgres: all of them on PostgreSQL, where CI runs `everyday`.
set -uo pipefail
cd "$(dirname "$0")/.."
bash scripts/system.sh </dev/null

status=0
# Two processes of three runs read the same four hundred files: they are compiled once, beside what needs one core only.
unset PYTHONDONTWRITEBYTECODE
[ $# -gt 0 ] || .venv/bin/pytest -q --collect-only tests >/dev/null 2>&1 &
bash scripts/check.sh || status=1
wait

place=$(mktemp -d)
chmod 755 "$place"
trap 'bash scripts/postgres.sh stop "$place/postgres"; rm -rf "$place"' EXIT
if [ -z "${NASTAVNIK_TEST_POSTGRES:-}" ]; then
    NASTAVNIK_TEST_POSTGRES=$(bash scripts/postgres.sh start "$place/postgres") || cat "$place/postgres/log" >&2
    export NASTAVNIK_TEST_POSTGRES
fi

pytest=.venv/bin/pytest
slow="postgres or browser or faults or office or long"
# Pages, their roles, the verbs of pairs and meetings, conversations: what SQLite forgives shows here first.
everyday="tests/admin/test_access.py tests/admin/test_addresses.py tests/admin/test_today.py
    tests/actions/test_pair_life.py tests/actions/test_meetings.py tests/bot/test_journals.py"
if [ $# -gt 0 ]; then
    $pytest "$@" || status=1
else
    $pytest -q -n auto --maxprocesses 4 -m "not ($slow)" || status=1
    # Each process has a database of its own on the server. One more than the everyday machine has cores: pages that
    # wait for a browser and programmes that are killed and born again stand idle for nearly a third of their time.
    $pytest -q -n 3 --dist worksteal -m "$slow" || status=1
    if [ "${NASTAVNIK_TEST_ENGINE:-sqlite}" = sqlite ]; then
        # shellcheck disable=SC2086 - files are words
        NASTAVNIK_TEST_ENGINE=postgres $pytest -q -n 2 --dist worksteal -m "not ($slow)" $everyday || status=1
    fi
fi
exit $status
