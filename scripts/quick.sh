#!/usr/bin/env bash
# What breaks first, in a minute: everything static beside one way through each room. `make test` is the whole.
set -uo pipefail
cd "$(dirname "$0")/.."

rooms="tests/test_house.py tests/test_language.py tests/test_outbox.py tests/program/test_courtesy.py tests/program/test_danger.py
    tests/program/test_matching.py tests/actions/test_pairs.py tests/test_consent_holding.py tests/actions/test_meetings.py
    tests/bot/test_front.py tests/bot/test_sender.py tests/bot/test_join.py tests/bot/test_pair_flow.py tests/bot/test_meeting_flow.py
    tests/scheduler/test_metronome.py tests/admin/test_today.py tests/web/test_chat.py"

status=0
bash scripts/check.sh || status=1
# shellcheck disable=SC2086 - files are words
.venv/bin/pytest -q -n auto -m "not (postgres or browser or faults or office or long)" $rooms "$@" || status=1
exit $status
