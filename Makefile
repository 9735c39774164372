# Two commands do everything: `make serve` and `make test`. Python 3.11+ and make are all they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
HOST   ?= 127.0.0.1
DATA_DIR ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP    := $(BIN)/python -m pip install --no-warn-script-location
# uv installs the same locked files in a tenth of the time; where it cannot be had, or cannot reach an index, pip does it.
INSTALL = install() { { test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --python $(BIN)/python "$$@"; } || $(PIP) "$$@"; }; install
SERVE_ARGS = --host $(HOST) --port $(PORT) $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")

.PHONY: help serve test test-fast test-slow test-networkx lint types check lock lock-neo4j bench train cypher screenshots openapi clean

help:  ## Show the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.runtime  ## Set up what is missing, then serve on http://127.0.0.1:8000 (PORT=, HOST=, DATA_DIR=)
	@exec $(BIN)/joinedup serve $(SERVE_ARGS)

test: $(VENV)/.dev  ## Set up what is missing, then lint, check types, check the seeds and run every test
	@$(MAKE) --no-print-directory lint types check
	@$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory test-networkx

ROOM ?=
test-fast: $(VENV)/.dev  ## Lint, types and the tests of one room: make test-fast ROOM=metrics
	@test -d "tests/$(ROOM)" -a -n "$(ROOM)" || { echo "Say which room: make test-fast ROOM=metrics ($$(cd tests && ls -d */ | tr -d / | xargs))" >&2; exit 2; }
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest tests/$(ROOM) tests/test_layout.py

test-slow: $(VENV)/.dev  ## The tests that `make test` leaves out because they take minutes
	@$(BIN)/python -m pytest -m slow

# networkx's own tests of the functions that our backend computes. What it cannot run (see its README) falls back.
NETWORKX_TESTS = centrality.tests.test_betweenness_centrality centrality.tests.test_closeness_centrality \
  centrality.tests.test_harmonic_centrality tests.test_structuralholes tests.test_core tests.test_cluster components.tests.test_connected \
  bipartite.tests.test_centrality bipartite.tests.test_matrix

test-networkx: $(VENV)/.dev  ## networkx's own tests, on our backend
	@NETWORKX_TEST_BACKEND=arrays NETWORKX_FALLBACK_TO_NX=True $(BIN)/python -m pytest -q -c /dev/null \
	  -p no:cacheprovider -W ignore --pyargs $(addprefix networkx.algorithms.,$(NETWORKX_TESTS))

lint: $(VENV)/.dev  ## ruff: rules and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev  ## mypy --strict
	@$(BIN)/mypy

check: $(VENV)/.runtime  ## Prove every quote, name, relation, amount and date in seeds/
	@$(BIN)/joinedup check

bench: $(VENV)/.dev  ## Measure beside Neo4j's own Query API, and beside plain networkx
	@$(BIN)/python bench/http.py
	@$(BIN)/python bench/scores.py

train: $(VENV)/.runtime  ## Train what reads questions (service/ask) again, after a change of its questions, lexicon or features
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m service.ask.training

screenshots: $(VENV)/.dev  ## Pictures of the main pages into docs/ (needs chromium)
	@$(BIN)/python -m docs.screenshots

cypher: $(VENV)/.runtime  ## Write holds(f), any relation and :param lines out in the files of cypher/, after a change
	@$(BIN)/joinedup cypher --expand

openapi: $(VENV)/.dev  ## Pin the OpenAPI document again, after a change that is meant
	@JOINEDUP_WRITE_OPENAPI=yes $(BIN)/python -m pytest tests/web/test_openapi.py

lock: $(VENV)/.dev  ## Lock the Python dependencies again, with hashes
	@$(PIP) uv
	@echo 'uv>=0.8' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" - -o requirements-uv.lock
	@for extra in "" dev; do \
	  name=requirements$${extra:+-$$extra}.lock; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --custom-compile-command "make lock" $${extra:+--extra $$extra -c requirements.lock} pyproject.toml -o $$name; \
	done

lock-neo4j: $(VENV)/.dev  ## Lock the jars of the managed Neo4j again (service/graph/managed/jgo.toml)
	@$(PIP) 'jgo[cli]' && cd service/graph/managed && ../../../$(BIN)/jgo lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "joinedup needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Creating the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

	@$(PIP) --quiet --require-hashes -r requirements-uv.lock 2>/dev/null || echo "uv cannot be had here; pip does its work."

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the locked development tools ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

clean:  ## Remove the environment and every cache
	rm -rf $(VENV) *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis build
