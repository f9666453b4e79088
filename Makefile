# Two commands are all that anyone needs: `make rehearse` and `make test`.
SWIFT ?= swift
ARGS ?=
# So many tests at once: hundreds at once, each with its own cloud, wait for each other longer than they are ready to.
TEST_ENVIRONMENT = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16 PATH="$(CURDIR)/.venv/bin:$$PATH"

.PHONY: setup setup-test rehearse test test-chaos test-conformance compatibility-page test-terraform test-terraform-state test-terraform-scaling lint bench clean help check-terraform check-engine

help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install what the system lacks to build (SQLite and zlib headers)
	@scripts/setup build

setup-test: setup ## Install the real counterparts that the tests talk to
	@scripts/setup test

rehearse: setup ## Take Pulse through stage and production on this machine (ARGS=--down removes all again)
	$(SWIFT) build
	.build/debug/palco rehearse $(ARGS)

test: setup-test ## Build everything once and run every test
	$(SWIFT) build --build-tests
	$(TEST_ENVIRONMENT) $(SWIFT) test --skip-build $(ARGS)

test-chaos: ## Play a random schedule of releases, failures and kill -9 on a daemon under traffic (ARGS="--seed N --minutes M")
	$(SWIFT) build --product palco
	scripts/test-chaos $(ARGS)

test-terraform: ## Take a project to AWS and back with the real Terraform, on this machine (ARGS=--matrix, ARGS=--faults)
	scripts/test-terraform $(ARGS)

test-terraform-state: ## Test locks and lost locks of Terraform's state with the real Terraform and the local cloud's S3
	scripts/test-terraform-state

test-terraform-scaling: ## Scale a service of the local cloud with the real Terraform and AWS provider
	scripts/test-terraform-scaling

test-conformance: ## Run moto's own tests against the local cloud (needs MOTO_REPO; not part of CI; ARGS=--update writes the table)
	scripts/test-conformance $(ARGS)

compatibility-page: ## Write the operations and their members into docs/aws-compatibility.md
	scripts/compatibility-page

lint: ## Check format and the module arrows
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples
	scripts/check-imports

check-terraform: ## Let terraform, the provider's schema, trivy and checkov judge the generated Terraform (ARGS=--self-test)
	scripts/check-terraform $(ARGS)

check-engine: ## Judge simulated releases beside the reference implementation of the method (ARGS=--full SEEDS="1 2")
	scripts/check-engine $(ARGS)

bench: setup ## Measure the load balancer beside nginx and HAProxy (release build), what starting costs, the engine, and 200 services
	Benchmarks/proxy-cost $(ARGS)
	Benchmarks/terraform
	$(SWIFT) build
	Benchmarks/start-up
	Benchmarks/engine-cost
	Benchmarks/scale/measure

clean: ## Remove what was built
	$(SWIFT) package clean
	rm -rf .build-release .palco
