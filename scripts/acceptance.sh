#!/bin/sh
# What a newcomer would do: clone into an empty folder, start the demonstration, run the tests.
set -eu
source=$(git rev-parse --show-toplevel)
folder=$(mktemp -d)
clean() {
    # Data lie elsewhere where their account may not enter this private folder; the note says where.
    for note in "$folder"/huijia/var/database/elsewhere "$folder"/huijia/var/test/database/elsewhere
    do
        if [ -f "$note" ]; then rm -rf "$(cat "$note")"; fi
    done
    rm -rf "$folder"
}
trap clean EXIT
git clone -q "$source" "$folder/huijia"
cd "$folder/huijia"
unset DATABASE_URL DATABASE_WORKER_URL DATABASE_OWNER_URL HUIJIA_HOME || true
port=${HUIJIA_ACCEPTANCE_PORT:-8765}
started=$(date +%s)
make -s demo ARGS="--port $port" >demo.log 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; clean' EXIT
for _ in $(seq 1 300); do
    if .venv/bin/python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/readyz')" \
        2>/dev/null; then break; fi
    kill -0 "$demo" 2>/dev/null || { cat demo.log; exit 1; }
    sleep 1
done
echo "The demonstration answered after $(($(date +%s) - started)) s."
.venv/bin/python -c "
import urllib.request as u
assert '12351' in u.urlopen('http://127.0.0.1:$port/').read().decode()
assert u.urlopen('http://127.0.0.1:$port/healthz').status == 200"
kill "$demo"; wait "$demo" 2>/dev/null || true
make -s test
echo "Accepted."
