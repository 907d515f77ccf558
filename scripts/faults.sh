#!/usr/bin/env bash
# The nightly form of the fault harness: so many kills, then docs/faults.md out of what was counted.
#   faults.sh KILLS
set -uo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export NASTAVNIK_TEST_KILLS=${1:-1000} NASTAVNIK_TEST_FAULTS_BOOK=$place/book.jsonl
if ! nice .venv/bin/pytest -q -n 0 tests/faults; then
    trap - EXIT # an hour's lives are not thrown away
    echo "Не прошло. Что посчитано: $NASTAVNIK_TEST_FAULTS_BOOK" >&2
    exit 1
fi
.venv/bin/python -m tests.faults.report "$NASTAVNIK_TEST_FAULTS_BOOK"
