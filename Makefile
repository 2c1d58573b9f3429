# Two commands do everything: make run, make test. The others are for working
# on minglu itself.

GO       ?= go
LISTEN   ?= 127.0.0.1:8080
DATA     ?= ./data
PKGS      = ./...
# The browser tests need a Chromium and a font with Chinese characters.
CHROMIUM  = $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: run build test race check fmt vet lint generated links update cover bench fuzz browser clean

run: ## build it, load the demonstration register, serve it, print the address
	$(GO) run ./cmd/minglu serve --demo --listen $(LISTEN) --data $(DATA)/demo

build: ## one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o minglu ./cmd/minglu

test: browser ## the whole suite, race detector on
	$(GO) test -race -shuffle=on -timeout 30m $(PKGS)

race: test

check: fmt vet lint links generated ## format, vet, staticcheck, links, generated files

fmt:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt differs:"; gofmt -l $$(git ls-files '*.go'); exit 1; }

vet:
	$(GO) vet $(PKGS)

lint:
	$(GO) tool staticcheck -checks all $(PKGS)

links:
	$(GO) test -count=1 ./internal/archtest

generated: ## documents and golden files are what the code says
	$(GO) run ./internal/docgen -check docs

update: ## write golden files and generated documents anew; read the difference
	$(GO) run ./internal/docgen docs
	MINGLU_UPDATE=1 $(GO) test $(PKGS)

cover:
	$(GO) test -coverpkg=./... -coverprofile=cover.out $(PKGS)
	$(GO) tool cover -func=cover.out | tail -n 1

bench: build ## measured against the raw engines in the same run
	./minglu bench append --writers 1 --seconds 5
	./minglu bench append --writers 64 --seconds 5
	./minglu bench append --writers 256 --seconds 5
	./minglu bench import --acts 100000
	./minglu bench rebuild --events 200000
	./minglu bench query --institutions 20000 --seconds 5
	./minglu bench escrow --movements 200000

fuzz:
	$(GO) test ./eventstore -fuzz=FuzzDecode -fuzztime=10m

browser: ## make sure that the browser tests can run
ifeq ($(CHROMIUM),)
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing chromium and fonts-noto-cjk"; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium fonts-noto-cjk >/dev/null; \
	else \
		echo "the browser tests need Chromium and a Chinese font: install the packages chromium and fonts-noto-cjk"; exit 1; \
	fi
endif

clean:
	rm -rf minglu cover.out $(DATA)
