# A short front: CMake builds, tools/ does the rest. `make help` prints the targets.
# STORE=sqlite leaves out the tests at a PostgreSQL server, and says so.
# SERVE=0 ends the demo after its review; SEED, NOW, PLANT are handed to it. WEB=0: without Node.
STORE ?= both
FUZZ_SECONDS ?= 60
KILLS ?= 500
PREFIX ?= /usr/local
build = cmake -S . -B $(1) -G Ninja $(2) >/dev/null && cmake --build $(1)
option = $(if $($(1)),--$(2) $($(1)))
# Some kernels randomise more addresses than ThreadSanitizer can bear.
steady := $(shell setarch -R true 2>/dev/null && echo setarch -R)
ifeq ($(filter $(STORE),both sqlite),)
$(error the tests know STORE=both and STORE=sqlite; '$(STORE)' is not known)
endif
.PHONY: all help deps test-deps web demo test asan tsan torture fuzz lint bench install clean

all: deps web ## build the program, build/rondo
	@$(call build,build)
help: ## show these lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
deps: ## install what a fresh Debian 12 lacks
	@tools/deps.sh
test-deps:
	@tools/deps.sh $(if $(filter both,$(STORE)),test)
web:
	@[ "$(WEB)" = 0 ] || [ ! -f web/package.json ] || (cd web && npm ci && npm run build)
demo: all ## fill a demo workspace, show its review, serve it until Ctrl-C (SERVE=0: show only)
	@rm -f build/demo.db build/demo.db-wal build/demo.db-shm
	build/rondo demo --store build/demo.db \
	    $(call option,SEED,seed) $(call option,NOW,now) $(call option,PLANT,plant)
	$(if $(filter 0,$(SERVE)),@true,build/rondo serve --store build/demo.db)
test: test-deps web ## run every test; ends with "N passed, N failed" (STORE=sqlite: half of them)
	@$(call build,build,-DWERROR=ON)
	@tools/test.py --store $(STORE)
asan: test-deps ## run the C tests watching memory (address and undefined behaviour sanitizers)
	@$(call build,build/asan,-DSANITIZE=address)
	@tools/test.py --store $(STORE) --c --build build/asan
tsan: test-deps ## run the tests of store and server watching threads (thread sanitizer)
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
bench: deps ## measure beside peers and floors, write docs/bench.md (ONLY=import: print that one)
	@tools/deps.sh bench || echo "what is missing cannot be measured; the rest is"
	@$(call build,build) --target rondo bench_review bench_suspects
	@SCALE=$(SCALE) bench/bench.py $(ONLY)
install: all ## put the program into PREFIX/bin (/usr/local/bin)
	install -D -m 755 build/rondo $(DESTDIR)$(PREFIX)/bin/rondo
clean: ## remove everything that was built
	rm -rf build
