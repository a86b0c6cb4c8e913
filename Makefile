# Every target sets up what it needs; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test check coverage faults bench format lint types imports catalogs words screenshots lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

$(VENV)/.run: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Lisanga needs Python 3.11 or newer; try: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## start the playground, or the bot on Telegram when LISANGA_TOKEN is set
	@$(BIN)/python bot.py

test: $(VENV)/.dev ## run every test (about six minutes on two cores)
	$(BIN)/python -m pytest -n auto

check: format lint types imports catalogs ## everything that must be green before a commit lands
	$(BIN)/python -m pytest -n auto

coverage: $(VENV)/.dev ## what no test reaches; watching takes nearly as long again
	$(BIN)/python -m pytest -n auto --cov --cov-fail-under=95

faults: $(VENV)/.dev ## the campaigns of tests/faults whole (about a quarter of an hour on two cores); writes docs/benchmarks.md
	LISANGA_CAMPAIGN=whole $(BIN)/python -m pytest tests/faults -n 2 -q -s --timeout 3600

bench: $(VENV)/.dev ## taps a second beside a peer and a ceiling, how broadcasts leave (eight minutes, Linux); writes docs/benchmarks.md
	PYTHONPATH=.:tests $(BIN)/python tests/benchmarks/bench.py

format: $(VENV)/.dev ## is every file formatted
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev ## habits that ruff can see
	$(BIN)/ruff check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## which room may import which
	$(BIN)/lint-imports

catalogs: $(VENV)/.dev ## is every sentence there, in every language
	$(BIN)/python -m locales.catalogs check

words: $(VENV)/.dev ## bring new sentences into the catalogs
	$(BIN)/python -m locales.catalogs update

screenshots: $(VENV)/.dev ## make the README's pictures anew (needs chromium and fonts-noto-color-emoji)
	$(BIN)/python docs/screenshot.py

lock: ## pin requirements*.in anew, with hashes and without naming an index
	$(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

clean: ## remove the environment and caches (never data/)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage .hypothesis
