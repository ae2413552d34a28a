# Chores of Huijia. `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
SOURCES := src tests bench conftest.py

help: ## list the chores
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: app ## start a demonstration city on http://localhost:8000
	@$(BIN)/huijia demo $(ARGS)

codes: app ## the demonstration's sign-in codes of this moment
	@$(BIN)/huijia codes

serve: app ## serve pages only
	@$(BIN)/huijia serve $(ARGS)

app: $(STAMPS)/app $(STAMPS)/bundle $(STAMPS)/catalogues ## set up what the application needs

dev: $(STAMPS)/dev $(STAMPS)/bundle $(STAMPS)/catalogues ## set up what developing needs

test: dev browser ## run all tests (ARGS='-k name' for some)
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

test-second: dev ## the tests of the database again, on Debian's PostgreSQL
	@sh scripts/second_server.sh $(BIN)/pytest -n 2 --dist loadfile -m "not browser" --ignore=tests/platform $(ARGS)

check: dev ## linters, types, contracts
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@HUIJIA_STATIC_ANALYSIS=1 $(BIN)/mypy src
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint src --lint --quiet

format: dev ## put code into the house's form
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true
	@$(BIN)/ruff format $(SOURCES)

bench: dev ## measure; writes var/bench.json
	@$(BIN)/huijia bench $(ARGS)

acceptance: ## a fresh clone in an empty folder runs what a newcomer would
	@sh scripts/acceptance.sh

messages: dev ## collect messages into the catalogues
	@$(BIN)/python scripts/messages.py

lock: dev ## renew the lock files from pyproject.toml
	@$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-header -o requirements/app.txt
	@$(BIN)/uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-header -o requirements/dev.txt

clean: ## remove what set-up made (not var/, which holds data)
	rm -rf .venv node_modules src/huijia/core/web/static/bundle

# --- what the chores rest on -------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Huijia needs Python 3.11 or later: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { echo "Python's venv is missing: on Debian, apt-get install python3-venv"; exit 1; }

$(STAMPS)/app: requirements/app.txt pyproject.toml | $(BIN)/python
	@mkdir -p $(STAMPS)
	@echo "Installing packages …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/app.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null || \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/app
	@echo "Installing packages for development …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/bundle: package-lock.json package.json $(wildcard assets/* assets/*/*) scripts/node.sh scripts/divisions.py | $(STAMPS)/app
	@echo "Building style sheets, scripts and the list of divisions …"
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/node.sh
	@touch $@

$(STAMPS)/catalogues: $(wildcard src/huijia/*/locale/*/LC_MESSAGES/*.po src/huijia/core/*/locale/*/LC_MESSAGES/*.po) | $(STAMPS)/app
	@$(BIN)/python scripts/messages.py --compile
	@touch $@

browser: ## make sure that a Chromium is there for the browser tests
	@sh scripts/browser.sh

.PHONY: help demo codes serve app dev test test-second check format bench acceptance messages lock clean browser
