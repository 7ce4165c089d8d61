# What a contributor and CI run. CONTRIBUTING.md says when.

GOLANGCI := v2.15.0
TARGETS  := linux/amd64 linux/arm64 darwin/arm64 windows/amd64
export PATH := $(shell go env GOPATH)/bin:$(PATH)

.PHONY: build test race vet tidy lint builds tools fuzz

build: ## the program, without cgo
	CGO_ENABLED=0 go build -o unsaid .

test: ## the README's test command
	go test ./...

# The race run leaves out tests in which one step follows another, thousands of times, so that nothing runs at the same
# time: those that draw frames, those that compare a library with a model or search its file for purged bytes, and the one that
# lets each statement of an import fail. Each takes minutes under the race detector. SQLite's C code as translated to Go has
# its own locks: watching each of its memory accesses more than doubles the time of all tests that use a library. The driver
# above it is watched.
IN_SEQUENCE := TestHostileArchiveDrawsSafely|TestWildSizesLeaveNothingBehind|TestContrastOnTheRowWithTheCursor|$\
	TestImportSurvivesEveryFault|TestRandomLives|TestMergesAndSplits|TestRareWordsLeaveNothing|TestPurgedIsPurged|$\
	TestLargeChangesTakeLittleMemory
race:
	CGO_ENABLED=1 go test -race -gcflags=modernc.org/sqlite/lib=-race=false -timeout 14m \
		-skip '^($(IN_SEQUENCE))$$' ./...

vet:
	go vet ./...

tidy: ## fails if go.mod or go.sum is not tidy
	go mod tidy -diff

lint: tools
	golangci-lint run ./...

builds: ## every system, without cgo
	@for target in $(TARGETS); do \
		echo "$$target"; \
		CGO_ENABLED=0 GOOS=$${target%/*} GOARCH=$${target#*/} go build -o /dev/null . || exit 1; \
	done

tools: ## the linter, in the version that CI uses
	@golangci-lint version 2>/dev/null | grep -q "$(GOLANGCI:v%=%)" || \
		go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)

fuzz: ## each fuzz target for a minute
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime 1m $$package || exit 1; \
		done; \
	done
