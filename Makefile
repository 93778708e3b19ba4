# A short front: CMake builds, tools/ does the rest. `make help` prints the targets.
# STORE=sqlite leaves out the tests at a PostgreSQL server, and says so.
# SERVE=0 ends the demo after its review; SEED, NOW, PLANT are handed to it.
# WEB=0 builds and tests without Node: the program then serves no pages.
STORE ?= both
FUZZ_SECONDS ?= 60
KILLS ?= 500
PREFIX ?= /usr/local
build = cmake -S . -B $(1) -G Ninja -DWEB_DIST=$(pages) $(2) >/dev/null && cmake --build $(1)
pages = $(CURDIR)/$(if $(filter 0,$(WEB)),build/no-pages,web/dist)
option = $(if $($(1)),--$(2) $($(1)))
web_deps = $(if $(filter 0,$(WEB)),,web $(1))
store_deps = $(if $(filter both,$(STORE)),test)
# A Node that tools/deps.sh put there comes before the machine's own.
export PATH := $(CURDIR)/build/node/node_modules/.bin:$(PATH)
web_sources = $(shell find web/src web/public -not -name schema.d.ts) web/index.html \
    $(wildcard web/*.ts web/*.js web/*.json) tests/golden/openapi.json
# Some kernels randomise more addresses than ThreadSanitizer can bear.
steady := $(shell setarch -R true 2>/dev/null && echo setarch -R)
ifeq ($(filter $(STORE),both sqlite),)
$(error the tests know STORE=both and STORE=sqlite; '$(STORE)' is not known)
endif
.PHONY: all help deps test-deps c-deps web demo test asan tsan torture fuzz lint bench install clean

all: deps web ## build the program, build/rondo
	@$(call build,build)
help: ## show these lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
deps: ## install what a fresh Debian 12 lacks
	@tools/deps.sh $(call web_deps)
test-deps:
	@tools/deps.sh $(call web_deps,browser) $(store_deps)
c-deps:
	@tools/deps.sh $(store_deps)
ifeq ($(WEB),0)
web:
else
web: web/dist/index.html
endif
web/node_modules/.complete: web/package-lock.json | $(if $(filter test,$(MAKECMDGOALS)),test-deps,deps)
	@cd web && npm ci --loglevel=error >/dev/null && touch node_modules/.complete
web/dist/index.html: web/node_modules/.complete $(web_sources)
	@cd web && npm run --silent build -- --logLevel warn >/dev/null && touch dist/index.html
demo: all ## fill a demo workspace, show its review, serve it until Ctrl-C (SERVE=0: show only)
	@rm -f build/demo.db build/demo.db-wal build/demo.db-shm
	build/rondo demo --store build/demo.db \
	    $(call option,SEED,seed) $(call option,NOW,now) $(call option,PLANT,plant)
	$(if $(filter 0,$(SERVE)),@true,build/rondo serve --store build/demo.db)
test: test-deps web ## run every test; ends with "N passed, N failed" (STORE=sqlite: half of them; WHOLE=1: each at both stores)
	@$(call build,build,-DWERROR=ON)
	@tools/test.py --store $(STORE) $(if $(WHOLE),--whole) $(if $(filter 0,$(WEB)),--no-web)
asan: c-deps ## run the C tests watching memory (address and undefined behaviour sanitizers)
	@$(call build,build/asan,-DSANITIZE=address)
	@tools/test.py --store $(STORE) --c --build build/asan
tsan: c-deps ## run the tests of store and server watching threads (thread sanitizer)
	@$(call build,build/tsan,-DWERROR=ON -DSANITIZE=thread)
	@$(steady) tools/test.py --store $(STORE) --only '^(store|http)-' --build build/tsan
torture: all ## kill servers, imports and migrations, KILLS times each, and look at what they leave
	@cd tests/api && RONDO_KILLS=$(KILLS) python3 -m unittest -v test_jobs.Kills
	@RONDO_KILLS=$(KILLS) build/store-test_migrate
fuzz: ## feed broken input to every parser, FUZZ_SECONDS in all
	@tools/deps.sh fuzz
	@CC=clang CXX=clang++ && export CC CXX && $(call build,build/fuzz,-DFUZZ=ON)
	@tools/fuzz.sh build/fuzz $(FUZZ_SECONDS)
lint: ## look for mistakes in the source (cppcheck, gcc -fanalyzer)
	@tools/deps.sh lint
	@tools/lint.sh
bench: deps web ## measure beside peers and floors, write docs/bench.md (ONLY=import: print that one)
	@tools/deps.sh bench browser || echo "what is missing cannot be measured; the rest is"
	@$(call build,build) --target rondo bench_review bench_suspects bench_recurrence
	@SCALE=$(SCALE) bench/bench.py $(ONLY)
install: all ## put the program into PREFIX/bin (/usr/local/bin)
	install -D -m 755 build/rondo $(DESTDIR)$(PREFIX)/bin/rondo
clean: ## remove everything that was built
	rm -rf build
