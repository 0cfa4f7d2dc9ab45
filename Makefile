# make run      open the reader on the samples
# make check    everything that must hold before a change is handed in
# make fix      let the formatter and the linter mend what they can
# make pins     choose the newest versions that pyproject.toml allows (needs uv)
# make help     print these lines
#
# All of it needs Python 3.11 or newer and a package index, and keeps to .venv.

PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
READY := .venv/ready
TESTS ?= tests

run: $(READY)
	$(BIN)/newstui samples

check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! grep -nE 'https?://' constraints.txt
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(TESTS)

fix: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

pins:
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 --extra dev pyproject.toml -o constraints.txt

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

# Made anew only when what it is made from has changed; the package itself is read from the checkout.
$(READY): constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "newstui needs Python 3.11 or newer: install it, or say PYTHON=/path/to/python" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: run check fix pins help
