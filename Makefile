# Every task of this repository; `make` alone lists them.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --require-virtualenv --no-input
# Extra words for the program behind a target: make test ARGS="-k ledger", make up ARGS="--help".
ARGS ?=

UV_VERSION := 0.13.9
UV ?= $(or $(shell command -v uv 2>/dev/null),$(VENV)/lock/bin/uv)
COMPILE := pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help up test check bench torture screenshots lock clean
.DELETE_ON_ERROR:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Code 4 is a clean stop by Ctrl-C, which is no error; the trap keeps the shell there to say so.
up: $(VENV)/up.stamp ## install what is missing, load the demo programme, serve it; Ctrl-C stops
	@trap : INT; $(VENV)/bin/guerdon demo --serve $(ARGS) || { code=$$?; [ $$code -eq 4 ] || exit $$code; }

test: $(VENV)/test.stamp ## run the walls and the whole suite on SQLite and on PostgreSQL
	@$(PY) -m tests.run $(ARGS)

check: $(VENV)/test.stamp ## run only the walls: style, types, imports, drift
	@$(PY) -m tests.walls $(ARGS)

bench: $(VENV)/test.stamp ## print speed figures side by side with the raw database
	@$(PY) -m bench $(ARGS)

torture: $(VENV)/test.stamp ## mistreat scratch installations for hours; ARGS=--write keeps the figures
	@$(PY) -m tests.torture $(ARGS)

screenshots: $(VENV)/test.stamp ## take the pictures of the README and the docs from the demo
	@$(PY) -m tests.screenshots $(ARGS)

# Each input sees the pins of the one before it, so the files never disagree. `make lock ARGS=--upgrade` moves pins.
lock: $(UV) ## pin and hash the requirements again
	cd requirements && for name in base build otel insight test; do $(abspath $(UV)) $(COMPILE) $(ARGS) $$name.in -o $$name.txt || exit 1; done
	cd requirements && for name in demo testdata; do $(abspath $(UV)) $(COMPILE) --no-deps $(ARGS) $$name.in -o $$name.txt || exit 1; done

clean: ## remove the environment and every cache; your databases stay
	rm -rf $(VENV) build dist .mutation .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was made from, or make makes it again; pip then only fetches what changed.

$(VENV)/up.stamp: requirements/base.txt requirements/build.txt requirements/insight.txt requirements/demo.txt pyproject.toml
	@requirements/environment.sh $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/base.txt -r requirements/build.txt -r requirements/insight.txt
	$(PIP) install --quiet --require-hashes --no-deps --only-binary :all: -r requirements/demo.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/up.stamp requirements/test.txt requirements/testdata.txt
	$(PIP) install --quiet --require-hashes -r requirements/test.txt
	$(PIP) install --quiet --require-hashes --no-deps --only-binary :all: -r requirements/testdata.txt
	@touch $@

$(VENV)/lock/bin/uv:
	@requirements/environment.sh $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv==$(UV_VERSION)
