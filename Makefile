# One command a need; CONTRIBUTING.md says when. Everything else is in scripts/.
# PYTHON=... chooses the interpreter that .venv is made with; VERBOSE=1 shows all output.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint unit ui docs wheel bench access dist faults fuzz bombs audit format lock clean

# The newest Python on the PATH that can make a virtual environment.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3.10 python3 python; do \
	$$name -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null \
	&& echo $$name && break; done)
RUN = $(if $(PYTHON),,$(error No Python >= 3.10 with venv on the PATH: install one, or say PYTHON=...)) $(PYTHON) -m scripts

help: ## This list
	@grep -E '^[a-z ]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z ]+):.*## /\1\t/' | expand -t 34

setup: ## A working copy: .venv, packages, the front end built, this copy installed
	@$(RUN) setup

demo: ## JupyterLab on an example project with a locked notebook (SERVE=0: stop before serving)
	@$(RUN) demo

test: ## Every check, as in CI
	@$(RUN) test

check: ## Lint and unit tests: before a commit
	@$(RUN) check

lint unit ui docs wheel: ## Only that part of the checks
	@$(RUN) $@

bench: ## All benchmarks, and their page in the docs (ROUNDS=1: a quick one)
	@$(RUN) $@

access: ## Hundreds of requests to each route, made up anew each time (ACCESS_EXAMPLES, ACCESS_SEED)
	@$(RUN) $@

dist: ## The files of a release: wheel, source distribution, bill of materials
	@$(RUN) $@

faults: ## Commands and servers, killed at each moment that there is (hours; MOMENTS=60: so many of each)
	@MOMENTS="$(MOMENTS)" $(RUN) $@

fuzz: ## Texts that are changed until a parser breaks (SECONDS=60: how long for each)
	@SECONDS_EACH="$(SECONDS)" $(RUN) $@

bombs: ## Large texts that are dear to read, for every parser (BOMB_SIZE=100000)
	@$(RUN) $@

audit: ## Known faults in all that is pinned (asks services on the internet)
	@$(RUN) $@

format: setup ## Rewrite what the formatters would complain about
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format . && PATH="$(CURDIR)/.venv/bin:$$PATH" jlpm format

lock: setup ## Pin the development packages anew (requirements/*.txt)
	@$(RUN) lock

clean: ## Remove all that can be made again
	rm -rf .venv .demo node_modules ui-tests/node_modules ui-tests/.venv .venv-access .venv-elyra .venv-audit .venv-bench .venv-fuzz .fuzz lib docs/_build aidevsecops_ext/labextension
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage coverage
