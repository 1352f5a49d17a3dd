# Thin: tools/setup brings what is missing, CMakePresets.json says how things are built.
# `make` lists the targets; PRESET=debug (asan, ci, ...) picks another preset, JOBS=N another number of jobs.
PRESET ?= $(if $(CI),ci,release)
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
PYTHON_BIN = .venv/bin/python
PEERS_BIN = .venv-peers/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup build program test test-long demo install package wheel wheel-dist docs bench bench-peers asan tsan asan-core tsan-core fuzz format lint lint-changed check docs-check clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## install what is missing: Debian packages, .venv with libtorch, CLIP's vocabulary
	@tools/setup

build: setup ## everything, into build/
	cmake --preset $(PRESET)
	cmake --build --preset $(PRESET) --parallel $(JOBS)

program: setup ## the program alone, into build/
	cmake --preset $(PRESET)
	cmake --build --preset $(PRESET) --parallel $(JOBS) --target tvts

test: build ## build and run all tests
	$(PYTHON_BIN) tools/run_tests $(PRESET) --jobs $(JOBS)

test-long: build ## what takes a day: a disk that fails at each call, 100 kills a command, all tests under sanitizers, long fuzzing
	$(PYTHON_BIN) tests/faults/disk_faults.py build/bin/tvts build/tests/faults/libfailing_calls.so build/disk-faults
	$(PYTHON_BIN) tests/faults/kills.py build/bin/tvts build/kills --kills 100
	@$(MAKE) test PRESET=model-only
	@$(MAKE) asan
	@$(MAKE) tsan
	@$(MAKE) fuzz INPUTS=1000000
	fuzz/videos/make_seeds build-fuzz/video-seeds
	fuzz/videos/run build-fuzz/fuzz/videos/fuzz_read_video build-fuzz/video-seeds build-fuzz/video-mutants --mutants 5000

demo: program ## draw a small world of videos, pre-train on it, search and measure with the model that comes with tvts
	tools/demo

install: build ## into PREFIX (/usr/local)
	cmake --install build --prefix $(PREFIX)

package: setup ## a Debian package with libtorch inside: build/tvts_VERSION_ARCHITECTURE.deb
	@tools/setup --package
	cmake --preset $(PRESET)
	cmake --build --preset $(PRESET) --parallel $(JOBS) --target tvts libtvts
	cd build && SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) cpack
	rm -rf build/_CPack_Packages

wheel: setup ## a wheel of the Python package for this machine: build/wheel/tvts-VERSION-*.whl
	cmake --preset $(PRESET)
	cmake --build --preset $(PRESET) --parallel $(JOBS) --target tvts_python
	tools/make_wheel

wheel-dist: wheel ## the same for others, which is refused where FFmpeg is under the GPL: build/wheel-dist/
	$(PYTHON_BIN) tools/wheel_for_others build/python/tvts/_native.*.so
	tools/make_wheel build build/wheel-dist

docs: ## all pages and the reference of the C++ interface as one site: build/site/index.html
	@tools/setup --docs
	tools/make_site

bench: ## build and run the benchmarks (numbers: docs/performance.md)
	@$(MAKE) build PRESET=bench
	@for program in tokenizer model probe pretrain busy "growth build/bench-growth.svg"; do build/bench/bench_$$program || exit 1; done

bench-peers: .venv-peers/.made ## time the engines people use beside tvts, into build/bench-peers.md
	@$(MAKE) build PRESET=bench
	@for program in measure model text decode pipeline pretrain; do $(PEERS_BIN) bench/peers/$$program.py || exit 1; done >build/bench-peers.unfinished
	@mv build/bench-peers.unfinished build/bench-peers.md
	@cat build/bench-peers.md

.venv-peers/.made: tools/peers_requirements.txt
	python3 -m venv .venv-peers
	$(PEERS_BIN) -m pip install --quiet --disable-pip-version-check -r tools/peers_requirements.txt
	@touch $@

asan: ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) test PRESET=asan

tsan: ## all tests under ThreadSanitizer
	@$(MAKE) test PRESET=tsan

asan-core tsan-core: ## what CI runs of the two: with clang, what is free of libtorch (a few minutes)
	@tools/setup --fuzz
	@$(MAKE) test PRESET=$@

fuzz: setup ## fuzz every parser of outside data, SECONDS each (30), or until each has had INPUTS (docs/fuzzing.md)
	@tools/setup --fuzz
	cmake --preset fuzz
	cmake --build --preset fuzz --parallel $(JOBS)
	$(PYTHON_BIN) tools/fuzz $(if $(INPUTS),--inputs $(INPUTS),--seconds $(or $(SECONDS),30))

format: ## clang-format every source in place
	@tools/setup --lint
	tools/lint --fix

lint: ## clang-format, clang-tidy, tools/check_sources
	@tools/setup --lint
	tools/lint --jobs $(JOBS)

lint-changed: ## the same, with clang-tidy on the sources that the branch changes
	@tools/setup --lint
	tools/lint --changed --jobs $(JOBS)

docs-check: setup ## that every command shown in README.md and docs/ is covered by a test
	$(PYTHON_BIN) tools/doc_commands --check

clean: ## remove what was built; .venv stays
	rm -rf build build-* demo
