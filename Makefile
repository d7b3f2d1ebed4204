# The two commands to know: `make serve` and `make test`. `make help` tells the rest.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: vendor help serve test check lock soak bench bench-authority bench-http bench-pages pictures messages docs clean chromium

help:
	@echo "make serve   start the service (PORT=8000, DATASET=kth or example, DATA_DIR=FOLDER choose where and what)"
	@echo "make test    all tests, the browser's included; installs what they need"
	@echo "make check   ruff and mypy"
	@echo "make bench   time start, load, lookup and chain beside rdflib-endpoint"
	@echo "make bench-authority   time who may decide beside PostgreSQL, SPARQL and networkx; OPTIONS=\"--sizes 10000\""
	@echo "make bench-http   time queries over HTTP beside Virtuoso, Fuseki and rdflib-endpoint; OPTIONS=\"--triples 100000\""
	@echo "make bench-pages   time pages, searches among a million triples, drawings; OPTIONS=\"--triples 100000\""
	@echo "make soak    the long forms of the tests"
	@echo "make lock    renew the requirement files with hashes"
	@echo "make vendor  renew the built scripts of the query editor; needs node"
	@echo "make docs, make pictures, make messages   renew what is made: README, screenshots, catalogues"

serve: $(VENV)/.serve
	@$(BIN)/styrgraf serve

# Two processes, files whole and in their order. Then what needs the machine for itself.
test: check chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone"
	$(BIN)/python -m pytest -m alone

check: $(VENV)/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# An hour or more on two processors.
soak: $(VENV)/.develop chromium
	$(BIN)/python -m pytest --soak -n 2 --dist loadfile -m "(hypothesis or long) and not alone"
	$(BIN)/python -m pytest --soak -m "(hypothesis or long) and alone"

bench: $(VENV)/.serve
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python bench/first_answers.py

bench-authority: $(VENV)/.serve
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m bench.authority $(OPTIONS)

# wrk makes the load: apt-get install wrk. Peers that are not there are left out, with what would bring them.
bench-http: $(VENV)/.serve
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m bench.http_speed $(OPTIONS)

bench-pages: $(VENV)/.develop
	$(BIN)/python -m bench.pages $(OPTIONS)

pictures: $(VENV)/.develop chromium
	$(BIN)/python -m tests.browser.screenshots

docs: $(VENV)/.develop
	$(BIN)/python docs/generate.py

# Rebuilds what is committed under web/static/vendor; needs node and npm.
vendor:
	cd frontend && npm run build

messages: $(VENV)/.develop
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k _ --no-location --sort-output --omit-header -o $(VENV)/messages.pot app/styrgraf
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d app/styrgraf/translations -l sv --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d app/styrgraf/translations

# The lock files hold versions and hashes, no addresses.
lock: $(VENV)/.develop
	$(BIN)/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -o requirements/serve.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -c requirements/serve.txt -o requirements/develop.txt
	$(BIN)/uv pip compile -q pyproject.toml --group bench --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -c requirements/serve.txt -o requirements/bench.txt

$(VENV)/.serve: requirements/serve.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/serve.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.develop: $(VENV)/.serve requirements/develop.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/develop.txt
	@touch $@

# The browser tests need Debian's Chromium; they are skipped, with this command, where it cannot be had.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo "Chromium is not installed: browser tests will be skipped. Install it with: sudo apt-get install chromium"

clean:
	rm -rf $(VENV) dist build
