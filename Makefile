# Each of these targets is enough on its own: it installs what is missing, builds, and runs.
.PHONY: demo test check bench parity fuzz docs screenshots install format build packages

BUILD = swift build -c release --product fieldmark
SOURCES = Package.swift Sources Tests Examples
PREFIX ?= /usr/local
PROGRAM = .build/release/fieldmark

demo: build
	.build/release/fieldmark demo

# The tests are built as the program is, so that they share its objects; a plain "swift test" would
# build everything again.
test: packages
	@.ci/packages chromium || echo "The tests of the page are skipped." >&2
	swift format lint --strict --recursive --parallel $(SOURCES)
	swift build -c release --build-tests
	swift test --skip-build -c release
	Tests/BrowserTests/run

# Runs one test, or all tests whose names contain TEST. Only the kernels in C are optimized, and a
# later run rebuilds only what has changed.
check: packages
	swift build --build-tests -Xcc -O2
	@swift test list --skip-build -Xcc -O2 | grep -q -e '$(TEST)' || \
	  { echo "No test has '$(TEST)' in its name; 'make check TEST=aPartThatIs' is one." >&2; exit 1; }
	swift test --skip-build -Xcc -O2 --filter '$(TEST)'

bench: build
	Benchmarks/run

parity: build
	Benchmarks/parity $(MODELS)

fuzz: build
	Tests/Fuzz/run $(TARGET)

docs: packages
	Docs/make-docs -Xcc -O2

# The pictures of the page that README shows.
screenshots: build
	@.ci/packages chromium
	Docs/screenshots

install: build
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/fieldmark
	install -d $(addprefix $(DESTDIR)$(PREFIX)/share/,man/man1 bash-completion/completions \
	  zsh/site-functions fish/vendor_completions.d)
	$(PROGRAM) manual > $(DESTDIR)$(PREFIX)/share/man/man1/fieldmark.1
	$(PROGRAM) manual --form bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/fieldmark
	$(PROGRAM) manual --form zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_fieldmark
	$(PROGRAM) manual --form fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/fieldmark.fish

format:
	swift format --in-place --recursive --parallel $(SOURCES)

build: packages
	$(BUILD)

packages:
	@.ci/packages
