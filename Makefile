# The work on newsgraph, one target a line. All that is needed beforehand is Python 3.11 (with pip); targets set up the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COOLING_OFF := 7 days ago

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types arch spelling format lock gate bench clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make the virtual environment in .venv, from requirements.lock

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || \
		{ echo "newsgraph needs Python 3.11, 3.12 or 3.13; point to one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "this Python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## read the sample articles, answer three questions, write a Gephi file
	$(BIN)/newsgraph demo

test: $(READY) ## run all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

check: lint types arch spelling ## run all checks that need no test run

lint: $(READY) ## rules and layout of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## static types
	$(BIN)/mypy

arch: $(READY) ## which folder may import what
	$(BIN)/lint-imports

spelling: $(READY)
	$(BIN)/codespell

format: $(READY) ## lay out the code, mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Only versions that have been out for a week; hashes of all platforms; no host names.
lock: ## choose exact versions anew, from the ranges in pyproject.toml
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-lock/bin/uv pip compile pyproject.toml --extra test --extra check --upgrade \
		--universal --python-version 3.11 --exclude-newer "$$(date --utc --date '$(COOLING_OFF)' +%FT00:00:00Z)" \
		--generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --output-file requirements.lock
	rm -r .venv-lock

gate: $(READY) ## the shipped model on the challenge set, against its floors
	$(BIN)/python -m benchmarks.quality.gate

bench: $(READY) ## measure speed and memory
	$(BIN)/python benchmarks/speed.py

clean: ## delete what was made: environment, caches, not data
	rm -rf $(VENV) .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
