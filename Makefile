# Works with Python 3.11+ and make; everything else is put into .venv.
.DEFAULT_GOAL := help
.PHONY: help demo run setup test quick check bench faults lock

VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

help:
	@echo "make demo    a school to try out, no tokens needed; ARGS='--port 8001' passes options on"
	@echo "make run     the school's own data in data/"
	@echo "make setup   only the environment; then .venv/bin/nastavnik works"
	@echo "make test    everything that CI runs; ARGS='-k words' chooses tests; ENGINE=postgres runs them on PostgreSQL"
	@echo "make quick   what breaks first, in a minute: make check and one way through each room"
	@echo "make check   format, lint, types, floors"
	@echo "make bench   the benchmarks; ARGS='turn --write' one of them, and its part of docs/benchmarks.md"
	@echo "make faults  kills the program a thousand times, an hour or two, and writes docs/faults.md; KILLS=100 is shorter"
	@echo "make lock    renews requirements/ after a change in pyproject.toml"

demo: setup
	@$(VENV)/bin/nastavnik demo $(ARGS)

run: setup
	@$(VENV)/bin/nastavnik run $(ARGS)

setup: $(VENV)/.runtime

# The stamps make the second call quick: nothing is installed until a lock file changes.
$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml
	@sh scripts/environment.sh build runtime
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@sh scripts/environment.sh dev
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@sh scripts/environment.sh bench
	@touch $@

ENGINE ?= $(or $(NASTAVNIK_TEST_ENGINE),sqlite)
test: $(VENV)/.dev
	@NASTAVNIK_TEST_ENGINE=$(ENGINE) bash scripts/test.sh $(ARGS)

quick: $(VENV)/.dev
	@bash scripts/quick.sh $(ARGS)

check: $(VENV)/.dev
	@bash scripts/check.sh

bench: $(VENV)/.bench
	@$(PY) -m benchmarks $(ARGS)

KILLS ?= 1000
faults: $(VENV)/.dev
	@bash scripts/faults.sh $(KILLS)

lock:
	@bash scripts/lock.sh $(ARGS)
