# simtui needs Python 3.11 to 3.13 and make, nothing else:
#
#   make run                 open the dashboard           make run ARGS=--demo
#   make test                lint, types, import rules, tests
#   make soak                load, kills, full disks, lost connections, interrupted renewals; prints figures
#   make fuzz                hostile files, words and keys, for FUZZ_SECONDS=60 each; prints figures (docs/fuzzing.md)
#   make locale              bring the translations up to date with the sources
#   make clean               remove the environment and everything generated
#
# The first call installs into .venv, once; a change of pyproject.toml installs again.

PYTHONS = python3 python3.13 python3.12 python3.11
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS =

.PHONY: run test soak fuzz locale clean

run: .venv/.ready
	@exec $(BIN)/python -m simtui $(ARGS)

test: .venv/.ready-to-test
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 3 --dist worksteal

soak: .venv/.ready-to-test
	@$(BIN)/python -m pytest -m soak tests/store tests/ssh tests/cli tests/tui

fuzz: .venv/.ready-to-test
	@$(PIP) --only-binary :all: atheris || echo "Without atheris: no fuzzing that coverage guides." >&2
	@$(BIN)/python -m pytest -m fuzz tests/fuzz

locale: .venv/.ready-to-test
	@$(BIN)/python tools/locale_files.py

clean:
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/.ready: pyproject.toml
	@for python in $(PYTHONS); do \
	    "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1 || continue; \
	    if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	        echo "$$python has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; \
	        exit 1; \
	    fi; \
	    echo "Setting up .venv with $$python (once) ..."; \
	    "$$python" -m venv --clear .venv && $(PIP) --editable . && touch $@; \
	    exit $$?; \
	done; \
	echo "simtui needs Python 3.11, 3.12 or 3.13; none of these is one: $(PYTHONS)." >&2; \
	echo "Install one, or name yours: make PYTHONS=/path/to/python3.12 ..." >&2; \
	exit 1

.venv/.ready-to-test: .venv/.ready
	@echo "Adding the tools for tests (once) ..."
	@$(PIP) --editable '.[dev]'
	@touch $@
