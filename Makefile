# Two commands do all: `make demo` and `make test`. The rest is for those who build Jarvis.
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
RELEASE := .build/release
# A static Swift runtime: one file to copy, and a start in milliseconds (docs/benchmarks.md).
RELEASE_FLAGS := -c release --static-swift-stdlib

.PHONY: demo build test unit e2e lint bench check-router check-san check-image install clean toolchain check-fuzz

demo: build ## Start the screen on a simulated four-node cluster
	$(RELEASE)/jarvis-tui demo

toolchain:
	@command -v $(SWIFT) >/dev/null || { echo "A Swift toolchain (6.2 or later) is needed: https://www.swift.org/install/linux/"; exit 1; }

build: toolchain ## A release build of jarvis-tui
	@scripts/install-packages build
	$(SWIFT) build $(RELEASE_FLAGS) --product jarvis-tui

test: lint unit e2e ## Everything but the long checks; prints coverage

unit: toolchain
	@scripts/install-packages build test
	Tests/Support/scripts/venv.sh
	$(SWIFT) build --build-tests --enable-code-coverage
	$(SWIFT) test --skip-build --no-parallel --enable-code-coverage
	@scripts/coverage

e2e: toolchain
	@scripts/install-packages build test
	$(SWIFT) build --enable-code-coverage --product jarvis-tui
	python3 Tests/E2E/run.py --binary .build/debug/jarvis-tui

lint: toolchain ## Format and house rules
	$(SWIFT) format lint --strict -r Sources Tests Benchmarks Package.swift
	@scripts/house-rules

bench: toolchain ## The figures of docs/benchmarks.md
	@scripts/install-packages build test bench
	$(SWIFT) build $(RELEASE_FLAGS)
	python3 Benchmarks/run.py --binaries $(RELEASE)

check-router: toolchain ## Retrain the intent model and compare its weights, byte by byte; regenerate the workload and compare
	python3 Benchmarks/Routing/workload/generate.py --check
	@# As the tests are built, so that nothing is built twice; optimised or not, training gives the same bytes.
	$(SWIFT) build --enable-code-coverage --product jarvis-bench
	.build/debug/jarvis-bench train-router --check

check-san: toolchain ## Thread and address sanitizer over the tests (long)
	@scripts/install-packages build test
	TSAN_OPTIONS="suppressions=$(CURDIR)/scripts/tsan-suppressions" $(SWIFT) test --no-parallel --sanitize=thread --scratch-path .build/tsan
	@# Leaks are not looked for: ncurses and the Swift runtime keep what they make once.
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --no-parallel --sanitize=address --scratch-path .build/asan

check-fuzz: toolchain ## Ten minutes of libFuzzer on the shell classifier (long)
	nice scripts/fuzz-shell 600

check-image: ## Build the container image with podman and drive it once (long)
	scripts/check-image

install: build ## Copy jarvis-tui to $(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(RELEASE)/jarvis-tui $(DESTDIR)$(PREFIX)/bin/jarvis-tui

clean:
	$(SWIFT) package clean
