# `make` alone lists what can be made. Needs make, git and Python 3.11 or newer; the rest goes into .venv.

PYTHON ?= python3
ARGS ?=

# pip holds to this lock what it fetches to pack a package that comes as source.
export PIP_BUILD_CONSTRAINT := requirements-build.txt

BIN := .venv/bin
RUN := $(BIN)/python -m generator
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade

# pip names a package that it "could not find" where it has no network.
UNINSTALLED := { echo "Not installed, for the reason above: see that this machine reaches PyPI, and run make again" >&2; exit 1; }

# A virtual environment notes here which lock it holds.
SITE_READY := .venv/requirements-installed
DEV_READY := .venv/requirements-dev-installed

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve check collect test lint lock audit sbom clean clean-samples

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "make %-14s %s\n", $$1, $$2}'

site: $(SITE_READY) ## build the site from the digests, into site/
	$(RUN) build $(ARGS)

serve: $(SITE_READY) ## show the site on this machine, again after each change; ARGS='--address 127.0.0.1:8001' moves it
	$(RUN) serve $(ARGS)

check: $(SITE_READY) ## list every problem of digests, settings and pages; fail if there is one
	$(RUN) check --strict $(ARGS)

collect: $(SITE_READY) ## fetch all since the last day held, and what arXiv knows of papers held
	$(RUN) collect --since-last --enrich

test: $(DEV_READY) ## run the tests; ARGS='-k feeds' runs some of them
	@$(BIN)/python -m compileall -q generator tests # once: the sites of the tests get copies
	$(BIN)/python -m pytest $(ARGS)

lint: $(DEV_READY) ## look for mistakes in style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy generator tests $(wildcard benchmarks)

lock: $(DEV_READY) ## renew the locks, requirements*.txt, from requirements*.in
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
	$(LOCK) requirements-build.in -o requirements-build.txt

audit: $(DEV_READY) ## ask PyPI which of all that is locked has known weaknesses; fail without an answer
	$(BIN)/pip-audit --strict --progress-spinner off --require-hashes --disable-pip \
		-r requirements-dev.txt -r requirements-build.txt

sbom: $(DEV_READY) ## list what the site is built with as CycloneDX, in sbom.cdx.json
	$(BIN)/cyclonedx-py requirements --output-reproducible --output-file sbom.cdx.json requirements.txt

clean: ## remove all that make and the generator made; digests stay
	rm -rf .venv site .broadsheet-site sbom.cdx.json .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	git clean -Xdfq docs generator tests $(wildcard benchmarks)

clean-samples: ## remove the sample digests; a digest of yours stays, and so does a sample you changed
	@while read -r id file; do \
		if [ ! -e "$$file" ]; then continue; fi; \
		if [ "$$(git hash-object "$$file")" = "$$id" ]; then rm "$$file"; else echo "kept, changed: $$file"; fi; \
	done < digests/samples.txt
	@rmdir digests/2026 2>/dev/null || true

# Made again when the Python it was made with has left this machine.
ifeq ($(shell test -e $(BIN)/python && echo there),)
.PHONY: .venv/pyvenv.cfg
endif
.venv/pyvenv.cfg:
	@command -v "$(PYTHON)" >/dev/null || \
		{ echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name one, as in: make PYTHON=python3.13 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11: name a newer one, as in: make PYTHON=python3.13 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv

$(SITE_READY): requirements.txt .venv/pyvenv.cfg
	@echo "Installing $< into .venv"
	@$(PIP) install --require-hashes -r $< || $(UNINSTALLED)
	@touch $@

$(DEV_READY): requirements-dev.txt .venv/pyvenv.cfg
	@echo "Installing $< into .venv"
	@$(PIP) install --require-hashes -r $< || $(UNINSTALLED)
	@touch $@
