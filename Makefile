# Every target sets up and uses the environment in .venv. If .venv has another version than PYTHON,
# the environment is .venv-3.13, for example.
PYTHON ?= python3
VENV := .venv
ifneq ($(origin PYTHON),file)
VENV := $(shell $(PYTHON) -c 'import pathlib, sys; \
  version, made = "%d.%d" % sys.version_info[:2], pathlib.Path(".venv/pyvenv.cfg"); \
  other = made.exists() and f"version = {version}." not in made.read_text(); \
  print(f".venv-{version}" if other else ".venv")')
ifeq ($(VENV),)
$(error PYTHON=$(PYTHON) does not run; name a Python from 3.11 on)
endif
endif
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready

# With compiled files, tests and commands start in half the time.
export PYTHONDONTWRITEBYTECODE :=

# The tests before a commit: the layers, the bodies of all families, the core of client and mock.
QUICK := tests/test_architecture.py tests/openapi/test_rules.py tests/openapi/test_dialects.py \
  tests/openapi/test_coverage.py tests/openapi/test_lint.py tests/openapi/test_examples.py \
  tests/openapi/test_capabilities.py tests/overlay/test_replies.py \
  tests/contract/test_generated.py tests/overlay/test_public_names.py tests/overlay/test_client.py \
  tests/overlay/test_submission.py tests/overlay/test_waiting.py tests/mock/test_stories.py \
  tests/mock/test_requests.py
# The same for one family.
FAMILY_TESTS := tests/openapi/test_rules.py tests/openapi/test_coverage.py \
  tests/openapi/test_examples.py tests/openapi/test_satisfiable.py tests/openapi/test_witness.py \
  tests/contract

# A worker runs neighboring tests; when it is done, it takes over some from another worker.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: docs help demo mock quick test test-page portability check generate fuzz mutants bench bench-mock load-mock build dist-spec spec-diff clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The package as users install it. The second file has its version.
$(INSTALLED): pyproject.toml openapi/openapi.yaml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[cli]"
	@touch $@

# The tools for developing the project.
$(READY): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

demo: $(INSTALLED) ## Show it all with a mock: refuse a request, create, wait, download
	@$(BIN)/python -m scripts.demo

mock: $(INSTALLED) ## Start the mock on port 8000, twenty times as fast as Kling
	@$(BIN)/kling mock --port 8000 --speed 20

ifdef FAMILY
quick: $(READY)
	@$(BIN)/python -m scripts.family "$(FAMILY)"
	$(BIN)/python -m scripts.lint.run
	$(BIN)/python -m scripts.build.generate --check
	$(BIN)/python -m pytest --family "$(FAMILY)" $(FAMILY_TESTS)
else
quick: check ## Run the checks for a commit, in about a minute; FAMILY=avatar limits them to one family
	$(PYTEST) $(QUICK)
endif

test: check ## Run every check: style, generated files, types, tests, fuzzing
	$(PYTEST)

.PHONY: test-installed release-check
test-installed: $(READY) ## Test the wheel with the lowest and the newest dependencies that it allows
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group release
	$(BIN)/python -m scripts.publish.installed

docs: $(READY) ## Build the documentation site into dist/site/
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --config-file scripts/site/mkdocs.yml

test-page: docs ## Test the mock's page and the site in a real browser
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group browser
	$(BIN)/python -m pytest tests/browser

.PHONY: test-batch soak
test-batch: $(READY) ## Kill workers of a batch, on SQLite and on Postgres, and count what was paid
	$(BIN)/python -m pytest tests/batch/heavy

soak: $(READY) ## Test batches for longer, and show figures: hundreds of jobs, ten kills, three workers
	$(BIN)/python -m pytest --capture=no tests/batch/heavy/soak.py

portability: $(READY) ## Test the description with other languages and tools: Node, Java, Go
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group portability
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile tests/portability

check: $(READY) ## Run the checks that take seconds
	@$(MAKE) --no-print-directory --jobs=2 style types

.PHONY: style types
style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m scripts.lint.run
	$(BIN)/python -m scripts.lint.code_words
	$(BIN)/python -m scripts.build.generate --check

types: $(READY)
	$(BIN)/mypy

generate: $(READY) ## Write generated/ and llms.txt from openapi/
	@$(BIN)/python -m scripts.build.generate

.PHONY: check-server
check-server: $(INSTALLED) ## Test whether the server at URL=http://... behaves like Kling; OPTIONS="--spend 20" allows creates
	@$(BIN)/kling check "$(URL)" $(OPTIONS)

fuzz: $(READY) ## Fuzz for longer; URL=http://... fuzzes another server, only with reads unless it is a mock
	$(if $(URL),,SCHEDULES=20000 TASKS=2000 $(BIN)/python -m pytest tests/overlay/test_schedules.py tests/overlay/test_many_creates.py)
	$(BIN)/python -m scripts.measure.fuzz $(if $(URL),--url "$(URL)")

build: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m pip --quiet --disable-pip-version-check wheel --no-deps --wheel-dir dist .

# Pyroma rates the package 8 of 10, because it has no mail address and no URL.
release-check: $(READY) ## Check the wheel and the source archive, as a package index does
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group release
	rm -rf dist/release
	$(BIN)/python -m build --no-isolation --outdir dist/release .
	$(BIN)/twine check --strict dist/release/*
	$(BIN)/check-wheel-contents dist/release/*.whl
	$(BIN)/pyroma --min 8 dist/release/*.tar.gz
	$(BIN)/validate-pyproject pyproject.toml

dist-spec: $(READY) ## Write the description, its rules and their fixtures for other tools into dist/spec/
	$(BIN)/python -m scripts.publish.dist_spec

spec-diff: $(READY) ## List the changes that break users since BASE=REV, or since the last tag
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group node
	@$(BIN)/python -m scripts.publish.spec_diff $(if $(BASE),"$(BASE)")

mutants: $(READY) ## Change facts of the description one by one, and list those that no test notices; COUNT=100 SEED=1
	@$(BIN)/python -m scripts.measure.description_mutants $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(if $(KINDS),--kinds $(KINDS))

bench: $(READY) ## Measure starts, calls, memory, waiting and stalls; LONGER=1 adds other SDKs
	@$(BIN)/python -m scripts.measure.bench $(if $(LONGER),--longer)

bench-mock: $(READY) ## Compare the speed of the mock with Prism's, and measure its memory over 200,000 requests
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group node
	@$(BIN)/python -m scripts.measure.bench_mock

load-mock: $(READY) ## Send the mock many requests, with faults, for SECONDS=600; then check that no task is lost
	@$(BIN)/python -m scripts.measure.load_mock $(if $(SECONDS),--seconds $(SECONDS))

clean: ## Remove the environments and all build results
	rm -rf .venv .venv-bench .venv-3.* build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis
