#!/bin/sh
# Runs a command against a PostgreSQL of Debian's, started for it in a folder of its own and stopped
# afterwards: scripts/second_server.sh COMMAND …
set -eu
newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
if [ -z "$(newest)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's PostgreSQL …"
    apt-get update -qq >/dev/null
    # No cluster of its own: this script makes one for the tests and throws it away.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/huijia.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
bin=$(newest)
if [ -z "$bin" ]; then
    echo "The second server needs PostgreSQL: sudo apt-get install postgresql" >&2
    exit 1
fi
folder=$(mktemp -d)
port=${HUIJIA_SECOND_PORT:-54329}
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
chmod 711 "$folder"
word=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
echo "$word" >"$folder/word"
chmod 644 "$folder/word"
as "$bin/initdb" -D "$folder/data" --locale=C.UTF-8 -A scram-sha-256 -U postgres \
    --pwfile="$folder/word" >/dev/null
stop() { as "$bin/pg_ctl" -D "$folder/data" -m fast -s stop || true; rm -rf "$folder"; }
trap stop EXIT
as "$bin/pg_ctl" -D "$folder/data" -s -w -l "$folder/data/log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c shared_buffers=512MB -c jit=off" start
run() { PGPASSWORD=$word "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -d postgres -c "$1"; }
run "CREATE ROLE huijia_owner LOGIN CREATEDB PASSWORD '$word'"
run "CREATE ROLE huijia_web LOGIN PASSWORD '$word'"
run "CREATE ROLE huijia_worker LOGIN PASSWORD '$word'"
run "CREATE DATABASE huijia OWNER huijia_owner TEMPLATE template0 ENCODING 'UTF8'"
"$bin/postgres" --version
DATABASE_OWNER_URL="postgresql://huijia_owner:$word@127.0.0.1:$port/huijia" \
DATABASE_URL="postgresql://huijia_web:$word@127.0.0.1:$port/huijia" \
DATABASE_WORKER_URL="postgresql://huijia_worker:$word@127.0.0.1:$port/huijia" \
    "$@"
