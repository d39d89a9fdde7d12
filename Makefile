# The contributor's vocabulary. `make` alone lists it.

export PATH := $(CURDIR)/.venv/bin:$(PATH)
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --extra run

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: ## .venv with the program and the test tools
	python3 dev.py setup --test

run: ## the program with the sample city
	python3 dev.py run

demo: run ## the same

test: ## every test
	python3 dev.py test

lint: ## style and types, without tests
	ruff format --check .
	ruff check .
	mypy
	lint-imports

check: ## everything CI runs
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	reviewflow deploy --check bpmn
	python3 dev.py test

lock: ## new lock files after a change of dependencies in pyproject.toml; needs uv
	$(LOCK) pyproject.toml --upgrade --output-file requirements/run.txt
	$(LOCK) pyproject.toml --upgrade --extra test \
		--constraint requirements/run.txt --output-file requirements/test.txt

.PHONY: help setup run demo test lint check lock
