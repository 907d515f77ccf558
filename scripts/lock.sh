#!/usr/bin/env bash
# Pins every package by name, version and hash; no download addresses, so any mirror serves.
# Takes the newest allowed versions with ARGS: make lock ARGS=--upgrade
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || uv=$(command -v uv) || { echo "make lock needs uv: .venv/bin/pip install uv" >&2; exit 1; }
pin() { # pin NAME SOURCE...
    local name=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --output-file "requirements/$name.txt" "$@" >/dev/null
}
pin build requirements/build.in "$@"
pin runtime pyproject.toml "$@"
pin dev pyproject.toml --group dev --constraint requirements/runtime.txt "$@"
pin bench --group pyproject.toml:bench --constraint requirements/dev.txt "$@"
