#!/usr/bin/env bash
# What the tests need besides Python: a browser, a Cyrillic font, LibreOffice, PostgreSQL.
# Installs what is missing where it may (root and apt-get), else says what is missing; never fails.
set -uo pipefail

first() { command -v "$@" 2>/dev/null | head -n 1; }

missing=()
[ -n "${CHROMIUM:-}" ] || [ -n "$(first chromium chromium-browser google-chrome)" ] || missing+=(chromium)
fc-list 2>/dev/null | grep -qi 'noto' || [ -d /usr/share/fonts/truetype/noto ] || missing+=(fonts-noto-core)
# Debian's tables come without its writer: an office that opens a sheet only is not whole.
office=$(dirname "$(readlink -f "$(first soffice libreoffice)" 2>/dev/null)")
[ -e "$office/libsclo.so" ] || missing+=(libreoffice-calc-nogui)
[ -e "$office/libswlo.so" ] || missing+=(libreoffice-writer-nogui)
[ -n "$(first postgres)" ] || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && [ -n "$(first apt-get)" ]; then
    echo "Устанавливаю для проверок: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    # policy-rc.d would be kinder, but it is the machine's own; a started server of Debian's harms nobody.
    if apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
        exit 0
    fi
    echo "Не удалось установить: ${missing[*]}." >&2
fi
echo "Для полных проверок не хватает: ${missing[*]}. Проверки, которым они нужны, будут пропущены." >&2
