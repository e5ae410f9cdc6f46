# Baton: `make run` opens the console, `make test` runs every check and test. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test faults check bench city manual lock clean

run: $(VENV)/.run-ready
	@$(BIN)/python main.py $(ARGS)

test: check
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.test-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The fault suite's full counts: hours; stop it whenever you like, it goes on where it was.
faults: $(VENV)/.test-ready
	@$(BIN)/python -m tests.faults $(ARGS)

# Figures, each beside its reference, as JSON on standard output.
bench: $(VENV)/.test-ready
	@$(BIN)/python -m benchmarks.startup
	@$(BIN)/python -m benchmarks.stall
	@$(BIN)/python -m benchmarks.replay
	@$(BIN)/python -m benchmarks.replay_window
	@$(BIN)/python -m benchmarks.central
	@$(BIN)/python -m benchmarks.map

# Make the shipped city pack anew from resources/sources.
city: $(VENV)/.run-ready
	@$(BIN)/python -m tools.make_city

# Take every picture of docs/user anew (ten minutes or so, on a virtual display).
manual: $(VENV)/.test-ready
	@$(BIN)/python -m tools.manual $(ARGS)

# The hashes in the requirements files decide when a set-up is stale.
$(VENV)/.run-ready: requirements.txt tools/system.sh
	@tools/system.sh
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: sudo apt-get install -y python3-venv"; rm -rf $(VENV); exit 1; }
	@echo "Installing Python packages (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready requirements-dev.txt
	@tools/system.sh test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Make the pinned, hashed requirements anew (needs uv).
lock:
	uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
