#!/bin/sh
# Makes .venv if there is none and installs the named locks into it: sh scripts/environment.sh build runtime
set -eu
cd "$(dirname "$0")/.."

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if ! [ -x .venv/bin/python ]; then
    for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if fits "$python"; then break; fi
    done
    if ! fits "$python"; then
        echo "Нужен Python 3.11 или новее: установите его и повторите." >&2
        exit 1
    fi
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "Python не может создать окружение: на Debian и Ubuntu установите пакет python3-venv." >&2
        exit 1
    fi
fi

for lock in "$@"; do
    echo "Устанавливаю: $lock" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --no-deps --requirement "requirements/$lock.txt"
done
# Our own package last and alone: everything it needs is there already, pinned.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --no-build-isolation --editable .
# It runs from this folder, which the service's account may not write to (deploy/): compiled once here, not at each start.
.venv/bin/python -m compileall -q app bot admin scheduler actions storage locales program
