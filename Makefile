# make run      installs what is missing, builds, runs the daemon under ./var
# make test     installs what is missing, builds, runs every test (the end-to-end test as root)
# make fuzz     libFuzzer with the address sanitizer over readers, recognition and archives: TIME=60 seconds for each
# make torture  kills, failing system calls and power cuts at every step, then 10 000 random kills; about an hour
# make soak     full load with random kills: SECONDS=3600; is memory flat, is every file answered? Then every kind of damage is done
#               to the journal that it leaves: does verify find it?
# make lint     formatter, shell scripts
# make bench    beside a floor and beside the script an office would write: throughput, latency, growth; writes the tables of
#               docs/performance.md (JOURNALED=170000 reports in the large journal)
# make country  a whole country's year at once, 170 000 reports in the formats that units send, held against the generator's truth; half an
#               hour and 20 GB; writes the last table of docs/performance.md
# make formats  office files written by other programs, held against the truth; writes the table of docs/formats.md
# make bench-formats   time and memory of reading each format, beside the formats' own programs
# make pages    overview, notice and receipts of a season in a real Chromium: widths, contrast, fonts, print; pictures in .build/pages
# make deb      the Debian package, into .build/deb, looked at by lintian
# make deb-twice  the package of the last commit from two clones at different paths: are they the same, byte for byte?
# make figures  sizes, start, stop, memory and wake-ups of the service: the table of README.md
# make sheets   exports and totals of that season, opened by openpyxl and LibreOffice, held against the JSON
# make install  DESTDIR= PREFIX=/usr/local: program, units, user, folders, catalogs, settings, manual, completions
# make accuracy what is read and found, where wrong cells are, what the text tells, against the truth of synthetic
#               documents: COUNT=100000 SEED=7 REPORT=docs/accuracy.md for the published report; CORPUS=folder for labelled
#               documents of one's own

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BIN := .build/release
# Documents that make accuracy reads, and the seed that they are made from (empty: 2024).
COUNT ?= 10000
SEED ?=
# Seconds for each fuzz target.
TIME ?= 60
# Reports in the large journal of make bench.
JOURNALED ?= 170000
# How long make soak lasts.
SECONDS ?= 3600
# Where systemd looks for units.
UNITDIR ?= $(PREFIX)/lib/systemd/system

.PHONY: run test lint bench country fuzz torture soak install accuracy formats bench-formats pages sheets deb deb-twice documents figures clean setup release end-to-end

setup:
	@scripts/setup

release: setup
	@scripts/build-release

run: release
	@mkdir -p var/inbox
	@echo "把年度报告放进 $(CURDIR)/var/inbox，回执出现在 $(CURDIR)/var/outbox；按 Ctrl-C 结束。" \
	  "(Drop a file into var/inbox; its receipt appears in var/outbox.)"
	@exec $(BIN)/shoubao serve --root ./var

test: setup
	@scripts/test

fuzz: setup
	@scripts/fuzz $(TIME)

torture: release
	@Tests/torture/torture --verbose --report docs/durability.md
	@Tests/torture/world --whole

soak: release
	@Tests/torture/soak --seconds $(SECONDS) --place .build/soak --keep --report docs/durability.md
	@Tests/torture/damage --root .build/soak/office/root --report docs/durability.md
	@rm -rf .build/soak

lint: setup
	@scripts/lint

accuracy: release
ifdef CORPUS
	@$(BIN)/shoubao-accuracy corpus $(CORPUS)
else
	@$(BIN)/shoubao-accuracy --count $(COUNT) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))
endif

formats: release
	@scripts/setup formats
	@Tests/formats/compare --report docs/formats.md

bench-formats: release
	@scripts/setup formats
	@Tests/formats/bench --report docs/formats.md

pages: release
	@scripts/setup pages
	@Tests/pages/look

# The season that make pages has left.
sheets: release
	@scripts/setup formats
	@test -d .build/season || $(MAKE) --no-print-directory pages
	@Tests/sheets/compare $(BIN)/shoubao .build/season $$(($$(date +%Y) - 1))

end-to-end: release
	@Tests/rig/end-to-end

bench: release
	@scripts/build-release shoubao-floor
	@scripts/setup bench
	@Tests/bench/bench --journaled $(JOURNALED) --report docs/performance.md

country: release
	@scripts/setup bench
	@Tests/bench/country --report docs/performance.md

deb: setup
	@scripts/deb

deb-twice: setup
	@scripts/deb-twice

figures: deb
	@scripts/figures --report README.md

# What the built program says of itself: the manual, and completions for shells.
documents:
	rm -rf .build/man .build/completions
	scripts/man $(BIN)/shoubao .build/man
	mkdir -p .build/completions
	for shell in bash zsh fish; do \
	  $(BIN)/shoubao --generate-completion-script $$shell | sed '1{/^#!/d}' > .build/completions/$$shell; done

# Builds only where nothing is built, so that it can run as root after a build as somebody else.
install:
	@test -x $(BIN)/shoubao -a -x $(BIN)/shoubao-worker -a -e $(BIN)/libshoubao-archives.so -a -e $(BIN)/libshoubao-pages.so || \
	  scripts/build-release shoubao shoubao-worker shoubao-archives shoubao-pages
	@$(MAKE) --no-print-directory documents
	install -D -m 755 $(BIN)/shoubao "$(DESTDIR)$(PREFIX)/bin/shoubao"
	install -D -m 755 $(BIN)/shoubao-worker "$(DESTDIR)$(PREFIX)/libexec/shoubao/shoubao-worker"
	for library in libshoubao-archives.so libshoubao-pages.so; do \
	  install -D -m 644 $(BIN)/$$library "$(DESTDIR)$(PREFIX)/libexec/shoubao/$$library"; done
	install -d "$(DESTDIR)$(UNITDIR)"
	for unit in systemd/*.service systemd/*.timer; do \
	  sed -e 's|/usr/bin/shoubao|$(PREFIX)/bin/shoubao|g; s|/usr/libexec/shoubao|$(PREFIX)/libexec/shoubao|g' \
	    $$unit > "$(DESTDIR)$(UNITDIR)/$${unit#systemd/}"; done
	chmod 644 "$(DESTDIR)$(UNITDIR)"/shoubao*
	install -D -m 644 systemd/shoubao.sysusers "$(DESTDIR)$(PREFIX)/lib/sysusers.d/shoubao.conf"
	install -D -m 644 systemd/shoubao.tmpfiles "$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/shoubao.conf"
	# journalctl looks for catalogs in this one place.
	install -D -m 644 -t "$(DESTDIR)/usr/lib/systemd/catalog" systemd/shoubao.catalog systemd/shoubao.zh_CN.catalog
	install -d "$(DESTDIR)/etc/shoubao/shoubao.toml.d"
	test -e "$(DESTDIR)/etc/shoubao/shoubao.toml" || install -m 644 etc/shoubao.toml "$(DESTDIR)/etc/shoubao/shoubao.toml"
	place=$$(realpath -m "$(DESTDIR)$(PREFIX)/share/man") && cd .build/man && \
	  find . -type f -exec install -D -m 644 {} "$$place"/{} \;
	install -D -m 644 .build/completions/bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/shoubao"
	install -D -m 644 .build/completions/zsh "$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_shoubao"
	install -D -m 644 .build/completions/fish "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/shoubao.fish"
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/doc/shoubao" README.md README.zh.md CHANGELOG.md LICENSE $(wildcard docs/*.md)
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/doc/shoubao/examples" etc/roster.csv etc/shoubao.toml

clean:
	-@RIG_DIR=$(CURDIR)/.build/rig Tests/rig/rig down --purge
	rm -rf .build
