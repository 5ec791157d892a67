# The commands of this repository; CONTRIBUTING.md says when to use which.
# `make demo` and `make test` set a fresh Debian or Ubuntu machine up first and say what they install.

PREFIX ?= /usr/local
DESTDIR ?=
SOURCES = Sources Tests Fuzz Plugins Package.swift

# Swift builds hold a lock and the demo writes one folder: no two targets at once.
.NOTPARALLEL:
.PHONY: help demo test test-spark build lint format gallery bench fuzz soak clean install

help:
	@echo 'make demo      set up, build, and run the main job on a sample export (ACCOUNTS=10000)'
	@echo 'make test      set up, and run all tests'
	@echo 'make test-spark  set Spark up too, and hold its figures on a small cluster to the local ones'
	@echo 'make build     build the program into .build/release/cadastre'
	@echo 'make lint      check the layout of the code; make format puts it right'
	@echo 'make gallery   draw every chart of the tests into gallery/index.html, beside its program'
	@echo 'make bench     time cadastre beside DuckDB and matplotlib on the same work (ACCOUNTS=100000)'
	@echo 'make fuzz      give every reader of foreign bytes half a minute of damaged input (FUZZ_SECONDS=30)'
	@echo 'make soak      the same for ten minutes each, and the tests of chance for as long'
	@echo 'make install   copy the program to $$(PREFIX)/bin (PREFIX=/usr/local)'
	@echo 'make clean     remove what was built, the demo and the tools of the tests'

demo: build
	@scripts/demo.sh

# Swift's libraries are linked in, where the toolchain has them so (those of swift.org do): the program
# starts in half the time and runs where Swift is not installed.
build:
	@scripts/setup.sh build
	@static=$$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1_static/p'); \
	[ -d "$$static" ] && flag=--static-swift-stdlib; set -x; swift build -c release --product cadastre $$flag

# Where the tests are built; .ci/run builds them beside the release, which holds the usual place.
TESTS_BUILD ?= .build
test:
	@scripts/setup.sh test
	PATH="$(CURDIR)/.build-tools/bin:$$PATH" swift test --scratch-path $(TESTS_BUILD)

test-spark:
	@scripts/setup.sh spark
	PATH="$(CURDIR)/.build-tools/bin:$$PATH" swift test --filter Spark

lint:
	swift format lint --strict --recursive $(SOURCES)

format:
	swift format --in-place --recursive $(SOURCES)

gallery:
	@scripts/setup.sh build
	@GALLERY="$(CURDIR)/gallery" swift test --quiet --filter GalleryTests
	@echo 'gallery: gallery/index.html'

bench: build
	@scripts/setup.sh bench
	@PATH="$(CURDIR)/.build-tools/bin:$$PATH" scripts/bench.sh
	@scripts/bench-territories.sh
	@scripts/bench-graphics.sh
	@scripts/bench-trees.sh
	@scripts/bench-proposals.sh
	@scripts/bench-delivery.sh

FUZZ_SECONDS ?= 30
fuzz:
	@scripts/setup.sh build
	@scripts/fuzz.sh $(FUZZ_SECONDS)

soak:
	@scripts/soak.sh

install: build
	install -D -m 755 .build/release/cadastre "$(DESTDIR)$(PREFIX)/bin/cadastre"

clean:
	rm -rf .build .build-tests .build-tools .build-goldens .build-bench .build-fuzz demo gallery
