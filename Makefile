# Each of these is enough on its own: it installs what is missing, builds, and runs.
.PHONY: demo test bench parity fuzz docs install format build packages

BUILD = swift build -c release --static-swift-stdlib --product fieldmark
SOURCES = Package.swift Sources Tests Examples
PREFIX ?= /usr/local

demo: build
	.build/release/fieldmark demo

test: packages
	swift format lint --strict --recursive --parallel $(SOURCES)
	swift test -c release --scratch-path .build/tests

bench: build
	Benchmarks/run

parity: build
	Benchmarks/parity $(MODELS)

fuzz: build
	Tests/Fuzz/run $(TARGET)

docs: packages
	Docs/make-docs

install: build
	install -D -m 755 .build/release/fieldmark $(DESTDIR)$(PREFIX)/bin/fieldmark

format:
	swift format --in-place --recursive --parallel $(SOURCES)

build: packages
	$(BUILD)

packages:
	@.ci/packages
