# make demo   sets everything up and runs the whole line over the sample reports
# make test   sets everything up and runs the tests
# make ui     the Dagster UI on http://127.0.0.1:3000
# make wheel  a wheel for this machine in dist/, its reading compiled (needs a C compiler)
# make test-compiled   the tests of reading over the compiled modules
# make bench   what reading costs, interpreted and compiled
# make lock   renews requirements.lock (needs uv)

PYTHON ?= python3
PYTEST ?= -n 2
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON_HERE := $(CURDIR)/$(BIN)/python
# A copy of the sources: compiled modules beside those that are worked on would hide every change of them.
COMPILED := build/compiled
READING := tests/unit tests/generator $(addprefix tests/property/test_,roundtrip.py shapes.py near_labels.py)
HOME_OF_DAGSTER := $(if $(filter /%,$(GOVINFO_DATA)),,$(CURDIR)/)$(or $(GOVINFO_DATA),data)/dagster

.PHONY: demo test ui gates lock clean setup wheel test-compiled bench

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

# The sources are packed and compiled in a copy, then the wheel takes the place of the copy's package: what is tested and
# measured there is what is installed.
wheel: $(READY)
	@"$(PYTHON_HERE)" scripts/compiled.py --can
	@rm -rf $(COMPILED) build/*.tar.gz dist/govinfo_pipeline-*.whl && mkdir -p $(COMPILED)
	@"$(PYTHON_HERE)" -m hatchling build -t sdist -d build > /dev/null
	@tar -xzf build/*.tar.gz -C $(COMPILED) --strip-components 1
	@echo "编译约需一分钟 / compiling, about a minute ..." >&2
	@cd $(COMPILED) && HATCH_BUILD_HOOK_ENABLE_MYPYC=true "$(PYTHON_HERE)" -m hatchling build -t wheel -d "$(CURDIR)/dist" > /dev/null
	@cd $(COMPILED) && rm -rf govinfo_pipeline *.so && "$(PYTHON_HERE)" -m zipfile -e "$(CURDIR)"/dist/*.whl .
	@cd $(COMPILED) && "$(PYTHON_HERE)" scripts/compiled.py
	@ls dist/*.whl

test-compiled: wheel
	@cd $(COMPILED) && GOVINFO_SEEDS="$(or $(GOVINFO_SEEDS),$(CURDIR)/../shared/seeds)" "$(PYTHON_HERE)" -m pytest $(PYTEST) $(READING)

# glibc gives memory back and asks for it again page by page; which program does so is chance, and costs a tenth.
bench: wheel
	@export MALLOC_TRIM_THRESHOLD_=1000000000 MALLOC_MMAP_THRESHOLD_=1000000000; \
	for sources in . $(COMPILED); do echo "== $$sources"; (cd $$sources && \
		"$(PYTHON_HERE)" -m benchmarks.reading && "$(PYTHON_HERE)" -m benchmarks.html) || exit 1; done

lock:
	uv pip compile pyproject.toml --group dev --extra ui --extra postgres --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

clean:
	rm -rf $(VENV) data build dist
	rm -f *__mypyc*.so && find govinfo_pipeline -name '*.so' -delete
