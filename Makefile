# The course, one word a stage. `make` builds and shows everything, `make test` tests it.
# A file in .make/ says when a stage last succeeded; a stage runs again if what it reads is newer.

SHELL := /bin/sh
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all help venv compile prove record release figures pyodide live book class summary serve test lint \
	bench bench-grading lighthouse clean always

BIN := .venv/bin
RUN := $(BIN)/python -W ignore::DeprecationWarning -m course
PORT ?= 8000
PYTEST ?=

# How the site is built: with its own Python, kept after a visit, without the solutions.
export SELF_HOSTED ?=
export OFFLINE ?=
export NO_SOLUTIONS ?=
OPTIONS := SELF_HOSTED=$(SELF_HOSTED) OFFLINE=$(OFFLINE) NO_SOLUTIONS=$(NO_SOLUTIONS)

# The first Python that is new enough; say `make PYTHON=/path/to/python` for another one.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if $$p -c '$(ENOUGH)' 2>/dev/null; then echo $$p; break; fi; done)

TEXTS := $(wildcard solutions/*.md)
DEFINITIONS := $(shell find grader/exercises grader/references grader/mistakes -name '*.py')
GRADER := $(shell find grader -name '*.py' -o -name '*.css')
COURSE := $(wildcard course/*.py)
FIGURES := $(wildcard book/figures/*.py book/figures/*.mplstyle)
PAGES := $(shell find book -type f -not -path 'book/figures/drawn/*' -not -name '*.pyc') _config.yml
SCRIPTS := $(wildcard book/_ext/live/*.py book/_ext/live/js/*)
CLASS := $(wildcard tests/submissions/*) $(shell find tests/styles -name '*.py' 2>/dev/null)
CONVNET := $(shell find convnet -name '*.py' 2>/dev/null)

all: .make/prove .make/record .make/release .make/figures .make/book .make/class summary

help:
	@echo "make           build everything, then say what is where"
	@echo "make test      run all tests        (some: make test PYTEST='tests/course -x')"
	@echo "make lint      check the style of the code"
	@echo "make serve     show the site        (another port: make serve PORT=8080)"
	@echo "make bench     measure how well the grader recognises mistakes, and how fast a page is"
	@echo "make bench-grading         measure what grading costs, beside stock nbgrader and otter-grader"
	@echo "make lighthouse            let Lighthouse judge some pages"
	@echo "make book SELF_HOSTED=1    build the site with its own Python, for use without internet"
	@echo "make book OFFLINE=1        build the site so that a visited page works without internet later"
	@echo "make book NO_SOLUTIONS=1   build the site without the solutions, for a class"
	@echo "make clean     remove what was built; your submitted/ and gradebook.db stay"
	@echo
	@echo "Single stages, each with those before it that it needs:"
	@echo "  venv compile prove record release figures pyodide live book class summary"

venv: .make/venv
compile: .make/compile
prove: .make/prove
record: .make/record
release: .make/release
figures: .make/figures
live: .make/live
book: .make/book
class: .make/class

pyodide: .make/venv
	@$(RUN) pyodide

.make/venv: requirements.txt pyproject.toml
	@mkdir -p .make
	@if [ -z "$(PYTHON)" ]; then \
		echo "venv     Python 3.11 or newer is needed, found: $$(python3 --version 2>&1)"; \
		echo "         Install it, or say where it is: make PYTHON=/path/to/python3.12"; exit 1; fi
	@if [ ! -x $(BIN)/python ]; then \
		echo "venv     $$($(PYTHON) --version) in .venv"; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "venv     this Python cannot make environments; on Debian and Ubuntu:"; \
			echo "         sudo apt install python3-venv"; exit 1; }; \
		$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }; fi
	@echo "venv     installing requirements.txt; some minutes the first time"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt || { \
		echo "venv     the installation failed. Is this machine online? Then try \`make\` again."; \
		echo "         With a Python newer than 3.13, try make PYTHON=python3.13."; exit 1; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "venv     done"

.make/compile: .make/venv $(TEXTS) $(COURSE) $(DEFINITIONS)
	@$(RUN) compile
	@touch $@

.make/prove: .make/compile $(GRADER)
	@$(RUN) prove
	@touch $@

.make/record: .make/venv $(DEFINITIONS) course/record.py grader/expected.py grader/exercise.py
	@$(RUN) record
	@touch $@

.make/release: .make/compile nbgrader_config.py
	@$(RUN) release
	@touch $@

.make/figures: .make/venv $(FIGURES) $(CONVNET)
	@$(RUN) figures
	@touch $@

.make/live: .make/compile .make/record $(SCRIPTS) $(GRADER) $(CONVNET) course/bundle.py course/wheel.py
	@$(RUN) live
	@if [ -d _build/live/js ]; then touch $@; fi

# The site is built again when its options are others than last time.
.make/options: always
	@mkdir -p .make
	@echo '$(OPTIONS)' | cmp -s - $@ || echo '$(OPTIONS)' >$@

.make/book: .make/compile .make/record .make/figures .make/live .make/options $(PAGES) $(GRADER) \
		$(CONVNET)
	@$(RUN) book
	@touch $@

.make/class: .make/release .make/record $(CLASS) $(GRADER)
	@$(RUN) class
	@touch $@

summary: .make/venv
	@$(RUN) summary

serve: .make/book
	@echo "The course is at http://localhost:$(PORT)/ (stop with Ctrl-C)"
	@$(BIN)/python -m http.server -d _build/html $(PORT) >/dev/null 2>&1 || \
		{ echo "Port $(PORT) is taken? Try: make serve PORT=8080"; exit 1; }

test: .make/compile .make/record .make/figures .make/live
	@-$(RUN) pyodide
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

lint: .make/venv
	@$(BIN)/ruff check && $(BIN)/ruff format --check

bench: .make/record .make/compile .make/figures .make/live
	@$(BIN)/python -m benchmarks.catch_rate --readme
	@$(BIN)/python -m benchmarks.mutants --readme
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.training --quiet --page
	@$(BIN)/python -m benchmarks.import_time
	@$(BIN)/python -m benchmarks.page_start --readme

bench-grading: .make/record .make/compile
	@$(BIN)/python -m benchmarks.grading_speed --readme
	@$(BIN)/python -m benchmarks.simulate --page

lighthouse: .make/record .make/compile .make/figures .make/live
	@$(BIN)/python -m benchmarks.lighthouse

clean:
	@rm -rf .make _build build dist grader/recorded book/figures/drawn solutions/*/
	@echo "clean    done; \`rm -rf .venv\` also removes the environment"
