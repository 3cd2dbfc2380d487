# cdtm: `make demo` shows it at work, `make test` checks everything.
# Needs python3 (3.11 or newer) and nothing else; PYTHON=python3.12 takes another one.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
DEMO   := demo-out
FAULTS := 24

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test lint types unit desk gate cluster clients fuzz faults lock sbom clean

help:
	@echo "make demo      set up $(VENV) and align the bundled sample meeting"
	@echo "make install   set up $(VENV) only; then $(BIN)/cdtm --help"
	@echo "make test      style, types, tests and the quality gate (installs the development tools)"
	@echo "make desk      the tests of the desk in a real browser, part of make test"
	@echo "make cluster   install Ray and test the engine ray on a real one of this machine"
	@echo "make clients   let OmegaT, LibreOffice and others use what we write; docs/CLIENTS.md"
	@echo "make fuzz      spoil files, workspaces and requests for ten minutes; SECONDS_OF_FUZZ=3600"
	@echo "make lock      write requirements.lock: what the default install brings, with hashes"
	@echo "make sbom      write sbom.json: what is installed, with licences (CycloneDX)"
	@echo "make faults    kill commands and their workers at random; FAULTS=100 says how often"
	@echo "make clean     remove $(VENV), $(DEMO) and caches"

install: $(VENV)/.installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cdtm needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps make a second run quick; a change of the dependencies makes them old.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/python -m cdtm.demo $(DEMO)

test: lint types unit desk gate

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q --ignore=tests/cdtm/desk/pages

# In Debian's Chromium (.ci/install-debian brings it); without one they skip.
desk: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q tests/cdtm/desk/pages

gate: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.gate

# Ray is 80 MB and only for clusters, so it is no part of `make test`.
cluster: $(VENV)/.installed-dev
	$(PIP) install -c constraints.txt -e '.[dev,cluster]'
	$(BIN)/python -m pytest -q tests/cdtm/test_ray.py tests/cdtm/build/test_place.py

# Real clients read what we write: OmegaT, xmllint and LibreOffice (.ci/install-debian brings them),
# translate-toolkit, which is GPL: a client that reads our files, never a part of us, and hypomnema
# where there is a Python 3.13, which it needs.
NEWER = $(firstword $(wildcard $(HOME)/.pyenv/versions/3.1[3-9].*/bin/python) \
  $(wildcard /usr/bin/python3.1[3-9] /usr/local/bin/python3.1[3-9]))
clients: $(VENV)/.installed-dev
	$(PYTHON) -m venv $(VENV)/clients
	$(VENV)/clients/bin/python -m pip --disable-pip-version-check -q install translate-toolkit
	[ -z "$(NEWER)" ] || { $(NEWER) -m venv $(VENV)/newer && \
	  $(VENV)/newer/bin/python -m pip --disable-pip-version-check -q install hypomnema==0.7; }
	CLIENTS_PYTHON=$(VENV)/clients/bin/python $(BIN)/python -m pytest -q tests/tmx_out/terms
	CLIENTS_PYTHON=$(VENV)/clients/bin/python \
	  HYPOMNEMA_PYTHON=$(if $(NEWER),$(VENV)/newer/bin/python) \
	  $(BIN)/python -m benchmarks.clients --record

# Spoilt files for every reader, workspaces, requests; what falls over is kept in fuzz-out/.
fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.fuzz --seconds $(or $(SECONDS_OF_FUZZ),600) --seed $(or $(SEED),1)

# Tools of their own environment: they make a list and are no part of us.
$(VENV)/supply/bin/python: | $(BIN)/python
	$(PYTHON) -m venv $(VENV)/supply
	$(VENV)/supply/bin/python -m pip --disable-pip-version-check -q install pip-tools cyclonedx-bom

# What the default install brings, each with its hash: pip install --require-hashes -r requirements.lock
lock: $(VENV)/supply/bin/python
	$(VENV)/supply/bin/pip-compile -q --generate-hashes --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links -c constraints.txt -o requirements.lock pyproject.toml

sbom: $(VENV)/.installed $(VENV)/supply/bin/python
	$(VENV)/supply/bin/cyclonedx-py environment $(BIN)/python -o sbom.json --output-reproducible

# At random moments, then run again: nobody stays, the bytes are the same, nothing is left.
faults: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.faults --kills $(FAULTS)

clean:
	rm -rf $(VENV) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
