# The only entrance. `make run` opens the program on a sample office, `make test` checks everything.
#
#   setup    .venv/ with the program in it, and what the system lacks where we may install it
#   run      the sample office in office/, in a window, or without a screen a few papers of it
#   test     lint, types, import contracts and all tests; those of storage and services once more on PostgreSQL
#   bench    ours against peers and floors, in one run; SIZE=1000000 for growth up to a million cases
#   package  dist/liuyan/, one folder that passes its own --self-test
#   lock     requirements*.txt anew from requirements*.in
#   clean    what can be made again; never .venv/ or office/

.DEFAULT_GOAL := setup
.PHONY: setup system run test lint bench package lock clean

export PYTHON ?= $(shell command -v python3.11 || command -v python3)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements.txt requirements-dev.txt

setup: system $(VENV)/.program-installed

system:
	@.ci/system-packages

$(BIN)/pip: | system
	.ci/make-venv $(VENV)

$(VENV)/.locks-installed: $(LOCKS) | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --require-hashes $(LOCKS:%=-r %)
	@# Compiled once, here: where Python may not write bytecode, each start would compile half a second of source.
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null 2>&1 || true
	@touch $@

# The build tool comes from the lock, so no registry is asked; the tree itself is what gets run.
$(VENV)/.program-installed: pyproject.toml setup.py requirements.in desktop_app/__init__.py $(VENV)/.locks-installed
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q desktop_app
	@touch $@

run: setup
	@$(BIN)/python .ci/sample_office.py office

test: lint
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m pytest -n 2 --engine postgresql tests/storage tests/services

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks $(if $(SIZE),--size $(SIZE))

package: setup
	@.ci/system-packages package
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	$(if $(DISPLAY)$(WAYLAND_DISPLAY),,QT_QPA_PLATFORM=offscreen )dist/liuyan/liuyan --self-test

lock: setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-header --output-file requirements.txt requirements.in
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-header --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
