# make demo   build weir and write the St. Louis comparison pages
# make test   install what tests need and run everything

GO  ?= go
WEB := scenarios/report/web
BIN := bin/weir
# Leaves out HTTP/2, which pages of this machine do not need: 0.4 MB.
TAGS    := nethttpomithttp2
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)

.PHONY: all build web demo test check go-test race web-test browser bench scaling conformance schema same-bits soak fuzz clean notice release release-check

all: build

# Static, as releases are: finding C libraries at each start takes a fourth of the processor time of
# weir --version.
build: web
	CGO_ENABLED=0 $(GO) build -tags "$(TAGS)" -ldflags "-X main.version=$(VERSION)" -o $(BIN) ./cmd/weir

# The page's script and styles, bundled into $(WEB)/dist. Needs Node.
web: $(WEB)/dist/page.js

$(WEB)/node_modules/.installed: $(WEB)/package-lock.json
	cd $(WEB) && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(WEB)/dist/page.js: $(WEB)/node_modules/.installed $(shell find $(WEB)/src -name '*.ts') $(WEB)/build.mjs $(WEB)/tsconfig.json $(WEB)/package.json
	cd $(WEB) && npm run --silent build

demo: build
	@mkdir -p build
	@$(BIN) compare examples/teacher-retention/scenarios.toml -o build/teacher-retention.html --quiet
	@$(BIN) compare examples/family-confidence/scenarios.toml -o build/family-confidence.html --quiet
	@$(BIN) compare examples/enrollment-decline/scenarios.toml -o build/enrollment-decline.html --quiet
	@$(BIN) compare examples/st-louis/scenarios.toml -o build/st-louis.html
	@echo
	@echo "Also written: build/enrollment-decline.html, build/teacher-retention.html and build/family-confidence.html."

test: web check web-test go-test race
	@test -n "$$WEIR_CONFORMANCE" || echo "LEFT OUT: other people's models with their outputs, pictures and modules; WEIR_CONFORMANCE must name their folder"

# Formatting, vet, lint; the structure and words of the code; generated code and modules without a
# difference; other systems compile; the stripped program stays under MAX_MB.
MAX_MB ?= 27
check:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run gofmt -w on these"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./internal/house
	$(GO) generate ./model/... ./sim/... ./scenarios/...
	git diff --exit-code -- model/numeric/maths/tables.go sim/internal/vector sim/vm_rows.go sim/wasm/functions.go scenarios/report/web/src/generated.ts
	$(GO) mod tidy -diff
	GOARCH=386 $(GO) build ./...
	GOOS=windows $(GO) build ./...
	GOOS=darwin $(GO) build ./...
	@mkdir -p build && $(GO) build -tags "$(TAGS)" -ldflags "-s -w" -o build/weir-stripped ./cmd/weir && \
	  bytes=$$(wc -c < build/weir-stripped) && rm build/weir-stripped && \
	  test $$bytes -le $$(($(MAX_MB) * 1048576)) || { echo "the stripped program has $$bytes bytes, over $(MAX_MB) MB"; exit 1; }
	$(GO) run ./internal/notice | diff -q NOTICE - || { echo "NOTICE is not of these modules; run make notice"; exit 1; }

web-test: web
	cd $(WEB) && npm test --silent

# The licences of the modules that are built into weir and weir-mcp.
notice:
	$(GO) run ./internal/notice > NOTICE

# The browser tests are among the Go tests.
go-test: web browser
	$(GO) test ./...
	cd scenarios/cluster/apicheck && $(GO) test -mod=mod ./...
	cd cmd/weir-beam && $(GO) test -mod=mod ./...
	cd cmd/weir-mcp && $(GO) test -mod=mod ./...

race:
	$(GO) test -race ./sim ./sim/sampling ./scenarios

# Chromium for the browser tests. Where it is missing, root installs Debian's package; anybody else
# is told to.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { echo "the browser tests need Chromium: install it, then run make again"; exit 1; }; \
	  echo "installing Debian's chromium for the browser tests"; apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }

# The engine beside plain Go and, where there is a C compiler, C of the same models, in turn, and how
# work grows; then ratios of the page's module and of the page.
bench: web browser
	$(GO) run ./sim/internal/benchmodels/table
	$(GO) test ./sim/wasm -run '^$$' -bench . -benchtime 1s
	$(GO) test ./scenarios/report -run '^$$' -bench Page -benchtime 20x

# The time of runs in parts by one, two and four processes, and what 10^9 runs take. Wants a machine
# that does nothing else; the manual has the last table.
scaling:
	$(GO) run ./internal/scaling

# Other people's models with the outputs of their own tools, from the folder that
# WEIR_CONFORMANCE names; the manual's record of them is written anew.
conformance:
	@test -n "$$WEIR_CONFORMANCE" || { echo "WEIR_CONFORMANCE must name the folder of cases"; exit 2; }
	$(GO) test ./cmd/weir -run TestConformance -v -update

# What weir export writes, against the standard's own schema: WEIR_XMILE_SCHEMA names
# xmile.xsd of XMILE 1.0. With WEIR_CONFORMANCE the models in that folder, too.
schema:
	@if test -z "$$WEIR_XMILE_SCHEMA"; then echo "LEFT OUT: the schema of XMILE; WEIR_XMILE_SCHEMA must name xmile.xsd"; \
	elif ! command -v xmllint >/dev/null; then echo "LEFT OUT: the schema of XMILE; install xmllint (libxml2-utils)"; \
	else $(GO) test ./model/xmile ./sim ./cmd/weir -run 'Schema|ThroughXMILE|TestConformance' -count 1; fi

# The same bits with fused products and on arm64, by hashes of functions and runs.
same-bits:
	@mkdir -p build && $(GO) run ./sim/wasm/internal/hashes . > build/hashes
	@if grep -qw fma /proc/cpuinfo && grep -qw avx2 /proc/cpuinfo; then \
	  GOAMD64=v3 $(GO) run ./sim/wasm/internal/hashes . | diff build/hashes - && echo "amd64 with fused products: the same bits"; \
	else echo "LEFT OUT: amd64 with fused products, which this processor has not"; fi
	@if command -v qemu-aarch64 >/dev/null; then \
	  GOARCH=arm64 $(GO) build -o build/hashes-arm64 ./sim/wasm/internal/hashes && \
	  qemu-aarch64 build/hashes-arm64 . | diff build/hashes - && echo "arm64: the same bits"; \
	else echo "LEFT OUT: arm64; install qemu-user"; fi

# More random models, engine against reference: make soak SEED=2 MODELS=100000
MODELS ?= 20000
SEED ?= 1
soak:
	$(GO) test ./sim -run RandomModels -timeout 0 -rapid.checks $(MODELS) -rapid.seed $(SEED)

# Long fuzzing of everything that reads text: FUZZTIME a target.
FUZZTIME ?= 10m
fuzz:
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$p || exit 1; \
	  done; \
	done

# Static programs for six systems, archives, Debian and RPM packages, checksums and a list of what is
# inside, in build/release. Nothing is published.
GORELEASER := github.com/goreleaser/goreleaser/v2@v2.15.1
CYCLONEDX  := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
release: build
	@mkdir -p build/shell build/tools
	@for s in bash fish; do $(BIN) completion $$s > build/shell/weir.$$s; done; $(BIN) completion zsh > build/shell/_weir
	@$(BIN) man | gzip -9n > build/shell/weir.1.gz
	GOBIN=$(CURDIR)/build/tools $(GO) install $(GORELEASER)
	GOBIN=$(CURDIR)/build/tools $(GO) install $(CYCLONEDX)
	PATH=$(CURDIR)/build/tools:$$PATH build/tools/goreleaser release --snapshot --clean
	@$(MAKE) --no-print-directory release-check

# The static program alone, with an empty environment, names its commit and makes the St. Louis page;
# Debian's package is installed below a folder and removed again, and leaves nothing.
release-check:
	@d=$$(mktemp -d) && trap 'rm -rf '$$d EXIT && \
	tar -xzf build/release/weir_*_linux_amd64.tar.gz -C $$d && cp -r examples $$d/ && cd $$d && \
	env -i ./weir version | grep '^commit $(shell git rev-parse HEAD) ' && \
	env -i ./weir compare examples/st-louis/scenarios.toml -o page.html --quiet && \
	echo "the program alone wrote a page of $$(wc -c < page.html) bytes; it has $$(wc -c < weir)"
	@if ! command -v dpkg >/dev/null; then echo "LEFT OUT: Debian's package; there is no dpkg"; else \
	d=$$(mktemp -d) && trap 'rm -rf '$$d EXIT && mkdir -p $$d/var/lib/dpkg/info $$d/var/lib/dpkg/updates && touch $$d/var/lib/dpkg/status && \
	dpkg --root=$$d --force-script-chrootless --force-not-root -i build/release/weir_*_linux_amd64.deb >/dev/null && $$d/usr/bin/weir version | head -1 && \
	dpkg --root=$$d --force-script-chrootless --force-not-root --purge weir >/dev/null && \
	test -z "$$(find $$d/usr -type f 2>/dev/null)" && echo "Debian's package installs and leaves nothing behind"; fi

clean:
	rm -rf bin build $(WEB)/node_modules $(WEB)/dist/*.* 
