# `make demo` opens the product on a simulated sales organisation; `make test` runs everything CI runs.
# Both set up their own environment in .venv first. Only Python 3.11 or later is needed.

PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
SIZE = $(or $(MILLIONS),1)
BENCH ?= .bench
ROUNDED = $(if $(ROUNDS),--rounds $(ROUNDS))
SIZED = --folder $(BENCH) --millions $(SIZE) $(ROUNDED)
PEERS := $(patsubst bench/peers/locks/%.lock,%,$(wildcard bench/peers/locks/*.lock))

.DEFAULT_GOAL := help
.PHONY: help setup demo test slow mutate catalogue lint kill oracle spark spark-all cluster lock clean
.PHONY: bench bench-all bench-kpis bench-loading bench-pages bench-peers bench-processes bench-serving lock-peers

help:  ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: .venv/ready  ## The environment, from requirements.lock

demo: setup  ## A simulated sales organisation in the browser
	$(BIN)/foresail demo --project .demo

test: setup lint  ## Everything CI runs
	$(BIN)/pytest -n auto --dist loadfile -m "not slow"

slow: setup  ## The tests that ask every KPI alone by every dimension and grain (slow)
	$(BIN)/pytest -n auto -m slow

mutate: setup  ## What keeps people to what they may see, taken away in turn: tests must notice (slow)
	$(BIN)/python -m tests.mutations

catalogue: setup  ## docs/catalogue.md and docs/catalogue.json, from the declarations
	$(BIN)/python -m foresail.project.document docs

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: setup  ## Foresail's answers beside hand-written SQL, on 1 million activities (MILLIONS=10: more)
	$(BIN)/python -m bench.kpis $(SIZED)

bench-kpis: setup  ## Many KPIs in one question, what is planned, and growth with the data
	$(BIN)/python -m bench.kpis.many $(SIZED)
	$(BIN)/python -m bench.kpis.overhead $(SIZED)
	$(BIN)/python -m bench.kpis.growth --folder $(BENCH) --sizes 1 $(or $(filter-out 1,$(SIZE)),10)

bench-serving: setup  ## Readers beside a writer, questions over HTTP, ten people, the server's memory
	$(BIN)/python -m bench.serving.readers $(SIZED)
	$(BIN)/python -m bench.serving $(SIZED)
	$(BIN)/foresail demo --project .demo --no-serve
	$(BIN)/python -m bench.serving --demo .demo

bench-loading: setup  ## A CSV loaded, without and with the facts, and late activities
	$(BIN)/python -m bench.loading $(SIZED)
	$(BIN)/python -m bench.loading.late $(SIZED)

bench-processes: setup  ## `foresail ask` from start to end
	$(BIN)/python -m bench.processes $(SIZED)

bench-peers: setup $(PEERS:%=.venv-peers/%/ready)  ## The same questions put to what people use today
	$(BIN)/python -m bench.peers $(SIZED)

bench-all: bench bench-kpis bench-serving bench-loading bench-processes bench-peers  ## All of these (MILLIONS, ROUNDS, BENCH: where data are kept)

bench-pages: setup  ## How long each page of the demo takes
	$(BIN)/foresail demo --project .demo --no-serve
	$(BIN)/python bench/pages.py .demo

kill: setup  ## 200 kills at random moments of a load (slow)
	$(BIN)/python tests/kill_loads.py --kills 200

oracle: setup  ## 1,000 random worlds and every worked example against the oracle (slow)
	FORESAIL_WORLDS=1000 $(BIN)/pytest tests/oracle -n auto

spark: .venv-spark/ready  ## The tests that ask Spark, in an environment of its own (needs Java 17)
	.venv-spark/bin/pytest -m spark tests/engines

spark-all: .venv-spark/ready  ## The whole catalogue on Spark by every dimension and grain (slow)
	FORESAIL_SPARK=all .venv-spark/bin/pytest -m spark tests/engines

cluster: .venv-spark/ready  ## Facts made and asked on a cluster of Spark: a master and two workers (slow)
	.venv-spark/bin/pytest -m spark tests/cluster

lock: $(UV)  ## Renew the lock files from pyproject.toml
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	$(UV) pip compile --group spark --constraint requirements.lock --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements-spark.lock

lock-peers: $(UV)  ## Renew the lock files of the peers that make bench-peers asks
	for peer in $(PEERS); do $(UV) pip compile bench/peers/locks/$$peer.in --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file bench/peers/locks/$$peer.lock; done

clean:  ## Remove the environment and the demo
	rm -rf .venv .venv-spark .venv-peers .tools .demo .bench

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Foresail needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m pip --version > /dev/null 2>&1 || $(PYTHON) -c 'import ensurepip' 2> /dev/null || \
	  { echo "Python has no pip here. Install it (on Debian: apt-get install python3-pip), then run make again."; exit 1; }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv || \
	  { $(PYTHON) -m venv .tools && .tools/bin/pip install --quiet uv; }

.venv/ready: requirements.lock pyproject.toml $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip sync --quiet --compile-bytecode --python .venv requirements.lock
	$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@touch $@

.venv-spark/ready: requirements.lock requirements-spark.lock pyproject.toml $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-spark
	$(UV) pip sync --quiet --compile-bytecode --python .venv-spark requirements.lock requirements-spark.lock
	$(UV) pip install --quiet --python .venv-spark --no-deps --no-build-isolation --editable .
	@touch $@

.venv-peers/%/ready: bench/peers/locks/%.lock $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-peers/$*
	$(UV) pip sync --quiet --compile-bytecode --python .venv-peers/$* $<
	@touch $@
