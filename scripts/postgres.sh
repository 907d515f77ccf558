#!/usr/bin/env bash
# A throw-away PostgreSQL on loopback.
#   postgres.sh start DIR   prints the address of an empty database; nothing where there is no PostgreSQL
#   postgres.sh stop DIR    stops it and removes DIR
#   postgres.sh away DIR    stops it as a crash does; postgres.sh again DIR: it is back at the same address
set -euo pipefail
action=$1 dir=$2

bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
if ! [ -x "$bin/initdb" ]; then
    bin=$(dirname "$(readlink -f "$(command -v postgres || echo /none/postgres)")")
fi
[ -x "$bin/initdb" ] || exit 0

# initdb refuses root.
as_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME="$dir" "$@"
    fi
}
owner=postgres
id "$owner" >/dev/null 2>&1 || owner=nobody

begin() {
    as_user "$bin/pg_ctl" -D "$dir/cluster" -w -l "$dir/server.log" start -o "$(cat "$dir/options")" >>"$dir/log" 2>&1
}

case $action in
start)
    mkdir -p "$dir/socket"
    [ "$(id -u)" -ne 0 ] || chown -R "$owner" "$dir"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cd /
    as_user "$bin/initdb" -D "$dir/cluster" -U nastavnik -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1
    # The tests ask this server to outlive its own death, not the machine's.
    quick="-c fsync=off -c full_page_writes=off"
    echo "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir/socket $quick -c max_connections=100" \
        >"$dir/options"
    begin
    as_user "$bin/createdb" -h 127.0.0.1 -p "$port" -U nastavnik nastavnik_test
    echo "postgresql+asyncpg://nastavnik@127.0.0.1:$port/nastavnik_test"
    ;;
away)
    cd /
    as_user "$bin/pg_ctl" -D "$dir/cluster" -m immediate stop >>"$dir/log" 2>&1
    ;;
again)
    cd /
    begin
    ;;
stop)
    cd /
    [ ! -d "$dir/cluster" ] || as_user "$bin/pg_ctl" -D "$dir/cluster" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
    ;;
esac
