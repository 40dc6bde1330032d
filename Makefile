# make [all|demo|check|check-slow|asan|tsan|cover|werror|fuzz|lint|format|check-format|bench|install|uninstall|dist|clean]
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
HARD = -fstack-protector-strong -fno-common -fPIE
HARDLD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
ALL_CPPFLAGS = -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DDATADIR='"$(DATADIR)"' \
	-Icommon -Ifilters -Ipipelines -I$(BUILD) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) $(HARD) $(EXTRA) $(CFLAGS)

# The small libraries are linked in where the system has them as archives, so that one copied
# executable works on a bare machine; elsewhere (or with SHARED=1) as shared libraries.
lib = $(if $(SHARED),-l$(1),$(or $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),-l$(1)))
LDLIBS := $(call lib,pcre2-8) $(call lib,z) -lpthread -lm
LDYAML := $(call lib,yaml)

FILTERS = split date entity quote summarize
ROOM = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard filters/$(1)/*.c))) \
	$(patsubst filters/$(1)/data/%.tsv,$(BUILD)/blob/$(1)_%.o,$(wildcard filters/$(1)/data/*.tsv))
COMMON = $(wildcard common/*.c)
LIBOBJ = $(COMMON:%.c=$(BUILD)/%.o) $(patsubst common/data/%.tsv,$(BUILD)/blob/common_%.o,$(filter-out common/data/uni%,$(wildcard common/data/*.tsv)))
ROOMOBJ = $(foreach f,$(FILTERS),$(call ROOM,$(f)))
RUNOBJ = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard pipelines/*.c)))
LIB = $(BUILD)/libntag.a
BINS = $(FILTERS:%=$(BUILD)/ntag-%) $(BUILD)/ntag-run
TESTS = $(patsubst tests/unit/%.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
SRC = $(COMMON) $(wildcard common/gen/*.c filters/*/*.c pipelines/*.c)
HDR = $(wildcard common/*.h filters/*/*.h pipelines/*.h)

all: $(BINS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Knowledge: TSV -> a blob (table.h). A slip in a table stops the build here.
$(BUILD)/gen/%: common/gen/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 -o $@ $<
define blob_rule
$(BUILD)/blob/$(1)_%.c: $(2)/data/%.tsv $(BUILD)/gen/embed
	@mkdir -p $$(@D)
	$(BUILD)/gen/embed blob_$(1)_$$* $(1)/$$*.tsv $$< >$$@
endef
$(foreach f,$(FILTERS),$(eval $(call blob_rule,$(f),filters/$(f))))
$(eval $(call blob_rule,common,common))
$(BUILD)/blob/%.o: $(BUILD)/blob/%.c
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(BUILD)/uniclass.inc: common/data/uniclass.tsv $(BUILD)/gen/uniclass
	$(BUILD)/gen/uniclass $< >$@
$(BUILD)/common/uniclass.o: $(BUILD)/uniclass.inc

$(LIB): $(LIBOBJ)
	rm -f $@; $(AR) rcs $@ $^

define filter_rule
$(BUILD)/ntag-$(1): $(BUILD)/filters/$(1)/main.o $(call ROOM,$(1)) $(LIB)
	$$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) $(HARDLD) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach f,$(FILTERS),$(eval $(call filter_rule,$(f))))
$(BUILD)/ntag-run: $(BUILD)/pipelines/main.o $(RUNOBJ) $(ROOMOBJ) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDLD) -o $@ $^ $(LDYAML) $(LDLIBS)

# A unit test links the whole: common, all rooms, the runner's parts. A room alone: tests/unit/test_date*.c
# needs only its own, so that $(BUILD)/test_date builds while another room does not.
test_room = $(firstword $(foreach f,$(FILTERS),$(if $(filter $(f)%,$(1)),$(f))))
.SECONDEXPANSION:
$(BUILD)/test_%: $(BUILD)/tests/unit/test_%.o $$(if $$(call test_room,$$*),$$(call ROOM,$$(call test_room,$$*)),$$(if $$(filter run%,$$*),$(RUNOBJ) $(ROOMOBJ))) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(HARDLD) -o $@ $^ $(shell pkg-config --libs check) $(if $(filter run%,$*),$(LDYAML)) $(if $(filter json%,$*),-ljansson) $(LDLIBS)

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all clean
