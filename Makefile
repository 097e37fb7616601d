# The way in: `make demo` and `make test`. Needs Python 3.11 or newer (below 3.15) with venv, make, git and gcc; everything
# else is installed into .venv, checked against the hashes in requirements/.
#
#   make demo [DIALECT=canonical|variant] [PORT=8080]   the bot in a browser, against a Telegram and a HidSim of cardboard
#     [ACCESS=open|closed|invite] [BILLING=shared|prepaid] [SHOP_NAME=...] [CONTACT=@...] [MARKUP=percent]   its settings
#   make run                                            the real bot, with the settings in .env
#   make test [ARGS=...]                                the tests
#   make lint                                           style, types, layers, dependencies, catalogs
#   make check                                          both
#   make faults [ARGS=--only=WORD]                      kills and faults by the hundred; prints what held (10 minutes)
#   make sim [SEEDS=120] [FIRST=1] [SEED=n]             the whole bot in worlds drawn from seeds; one with its story (5 minutes)
#     [PEOPLE=0,2.1] [DUTIES=-] [TROUBLES=3] [BUG=...]    of one seed, these only; a bug planted on purpose
#   make mutants [ARGS=NAME]                            wrong copies of the rules about money; which no test notices (docs/mutation.md)
#   make bench [ARGS=--quick]                           measures everything, beside others where there are any (17 minutes, or 4)
#   make photographs                                    takes the pictures of docs/screens anew, of the demo in a browser
#   make lock                                           writes requirements/ anew from pyproject.toml
#   make clean                                          removes .venv and everything generated

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

DIALECT ?= canonical
PORT ?= 8080
ARGS ?=
# Only what stands on make's own command line: the demo takes no setting of a real bot from the environment.
ACCESS =
BILLING =
SHOP_NAME =
CONTACT =
MARKUP =
SEEDS =
FIRST =
SEED =
PEOPLE =
DUTIES =
TROUBLES =
BUG =
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo run test check lint faults sim mutants bench photographs lock clean

help:
	@sed -n '4,17s/^# \{0,3\}//p' Makefile

# --- the environment --------------------------------------------------------------------------------------------------

# PYTHON=... chooses the interpreter that .venv is made with; else it is the newest that fits. VENV=... names another folder.
CANDIDATES := $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3)
VERSION_FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
VENV_WORKS := import ensurepip, venv
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/pyvenv.cfg:
	@old=; for python in $(CANDIDATES); do \
	  "$$python" -c '$(VERSION_FITS)' 2>/dev/null || { old="$${old:-$$("$$python" --version 2>/dev/null)}"; continue; }; \
	  "$$python" -c '$(VENV_WORKS)' 2>/dev/null || { bare="$${bare:-$$python}"; continue; }; \
	  echo "Making $(VENV) with $$("$$python" --version)."; \
	  exec "$$python" -m venv --clear $(VENV); \
	done; \
	if [ -n "$$bare" ]; then \
	  v="$$("$$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	  echo "$$bare can't make a virtual environment: install its venv package (Debian, Ubuntu: apt-get install python$$v-venv)." >&2; \
	else \
	  echo "Python 3.11 to 3.14 is needed, and $${old:-none} was found: install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python" >&2; \
	fi; exit 1

# A stamp is newer than all it was made from, so a second run installs nothing. What the tests need includes what the bot needs.
$(VENV)/run.stamp: requirements/run.txt requirements/charts.txt requirements/build.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing what the bot needs (once)."
	@$(INSTALL) --require-hashes -r requirements/run.txt -r requirements/charts.txt -r requirements/build.txt
	@$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing what the tests need (once)."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $@ $(VENV)/run.stamp

# Only the pictures of `make bench` need what is here.
$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	@echo "Installing what the benches draw with (once)."
	@$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@

# --- what it is for ---------------------------------------------------------------------------------------------------

# A flag for a variable that was given, empty ones too; with quotes, so that a name may have blanks and an apostrophe.
flag = $(if $(filter command line,$(origin $(2))),--$(1)='$(subst ','\'',$($(2)))')

demo: $(VENV)/run.stamp
	@$(BIN)/hidsim-bot demo --dialect $(DIALECT) --port $(PORT) $(call flag,access,ACCESS) $(call flag,billing,BILLING) \
	  $(call flag,shop-name,SHOP_NAME) $(call flag,contact,CONTACT) $(call flag,markup,MARKUP) $(ARGS)

run: $(VENV)/run.stamp
	@$(BIN)/hidsim-bot run

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m bot.i18n.extract --check

check: lint test

faults: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.faults $(ARGS)

# What was red stands in .sim, a file a seed; CONTRIBUTING.md says how to read it.
sim: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.sim $(call flag,seeds,SEEDS) $(call flag,first,FIRST) $(call flag,seed,SEED) \
	  $(call flag,people,PEOPLE) $(call flag,duties,DUTIES) $(call flag,troubles,TROUBLES) $(call flag,bug,BUG) $(ARGS)

# What survived stands in docs/mutation.md; ARGS names one mutant or a pattern of them.
mutants: $(VENV)/dev.stamp
	@HYPOTHESIS_PROFILE=mutants $(BIN)/mutmut run --max-children 2 $(ARGS)
	@$(BIN)/mutmut results

# What the figures mean stands in docs/performance.md; the pictures go beside it.
bench: $(VENV)/bench.stamp
	@$(BIN)/python -m bench.all $(ARGS)

photographs: $(VENV)/dev.stamp
	@REQUIRE_BROWSER=1 UPDATE_SCREENSHOT=1 $(BIN)/python -m pytest -n0 tests/sandbox/page/test_photographs.py

# --- upkeep -----------------------------------------------------------------------------------------------------------

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# UPGRADE=--upgrade takes newer releases; without it only what pyproject.toml asks for changes.
lock: $(VENV)/dev.stamp
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/run.txt
	$(COMPILE) $(UPGRADE) --group build -o requirements/build.txt
	$(COMPILE) $(UPGRADE) --group charts -o requirements/charts.txt
	$(COMPILE) $(UPGRADE) --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) $(UPGRADE) --group bench --fork-strategy fewest -c requirements/dev.txt -o requirements/bench.txt

clean:
	rm -rf $(VENV) build dist mutants .demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .sim *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
