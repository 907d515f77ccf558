#!/usr/bin/env bash
# Everything static: format, lint, types, floors. Runs all four, fails if one does.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
status=0
for call in "ruff format --check --quiet ." "ruff check --quiet ." "mypy --no-error-summary" "lint-imports"; do
    # shellcheck disable=SC2086 - a call is words
    if out=$($bin/$call 2>&1); then
        echo "fine: $call"
    else
        status=1
        printf '%s\nfailed: %s\n' "$out" "$call"
    fi
done
exit $status
