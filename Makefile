# make demo   sets everything up and runs the whole line over the sample reports
# make test   sets everything up and runs the tests
# make ui     the Dagster UI on http://127.0.0.1:3000
# make lock   renews requirements.lock (needs uv)

PYTHON ?= python3
PYTEST ?= -n 2
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HOME_OF_DAGSTER := $(abspath $(or $(GOVINFO_DATA),data))/dagster

.PHONY: demo test ui gates lock clean setup

demo: $(READY)
	@env -u GOVINFO_SOURCE -u GOVINFO_WAREHOUSE -u GOVINFO_ALERTS $(BIN)/govinfo run

test: $(READY)
	@$(BIN)/python -m pytest $(PYTEST)

ui: $(READY)
	@mkdir -p "$(HOME_OF_DAGSTER)" && [ -e "$(HOME_OF_DAGSTER)/dagster.yaml" ] || cp dagster.yaml "$(HOME_OF_DAGSTER)"
	DAGSTER_HOME="$(HOME_OF_DAGSTER)" $(BIN)/dagster dev -w workspace.yaml -h 127.0.0.1 -p 3000

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新 / Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@echo "准备环境, 首次约需一分钟 / setting up, about a minute the first time ..." >&2
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check -q --disable-pip-version-check
	@touch $(READY)

gates: $(READY)
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/govinfo suites --check

lock:
	uv pip compile pyproject.toml --group dev --extra ui --extra postgres --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

clean:
	rm -rf $(VENV) data build dist
