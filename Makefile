# Builds build/bihuan. A room is a folder of src/; every .c in it is part of it, so adding a file needs no line here.
#   make            build/bihuan
#   make room-NAME  the objects of one room only
#   make unit       the unit tests (tests/unit/test_*.c, each a program)
#   CC, BUILD, SANITIZE=1 may be given.
CC ?= gcc
QUIET = @echo "  CC $@"; # make QUIET= shows the commands
BUILD ?= build
ROOMS := base records store rules exchange follow web command
PACKAGES := libmicrohttpd sqlite3 libpq jansson icu-uc icu-i18n libsodium libzip zlib expat xlsxwriter libcurl libqrencode
# Its package has no description for pkg-config.
PLAIN_LIBRARIES := -llinear
CFLAGS_ALL := -std=c17 -D_GNU_SOURCE -Isrc -I$(BUILD)/made -O2 -g -fno-strict-aliasing -pthread \
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wundef -Wvla \
  -Wwrite-strings -Wno-unused-parameter -Wno-missing-field-initializers -Werror \
  $(shell pkg-config --cflags $(PACKAGES)) $(CFLAGS)
LIBS := $(shell pkg-config --libs $(PACKAGES)) $(PLAIN_LIBRARIES) -lm -pthread
ifdef SANITIZE
  CFLAGS_ALL += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
  LIBS += -fsanitize=address,undefined
endif
sources = $(sort $(wildcard src/$(1)/*.c))
objects = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(call sources,$(1)))
ARCHIVES := $(foreach room,$(ROOMS),$(BUILD)/room/$(room).a)
# Later rooms use earlier ones: link them last to first.
LINKED := $(foreach room,command web follow exchange rules store records base,$(BUILD)/room/$(room).a)
ASSETS := $(BUILD)/obj/assets.o
TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all unit $(foreach room,$(ROOMS),room-$(room)) clean
all: $(BUILD)/bihuan
$(BUILD)/bihuan: $(ARCHIVES) $(ASSETS)
	$(CC) -o $@ -Wl,--whole-archive $(BUILD)/room/command.a -Wl,--no-whole-archive $(LINKED) $(ASSETS) $(LIBS)

define room_rules
room-$(1): $(call objects,$(1))
$(BUILD)/room/$(1).a: $(call objects,$(1))
	@mkdir -p $$(@D); rm -f $$@; ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call room_rules,$(room))))

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The pages: ui/ is built to ui/dist, then embedded byte for byte; an empty table when they were not built.
ASSET_FILES := $(sort $(wildcard ui/dist/* ui/dist/*/*))
$(BUILD)/made/assets.S: ui/embed.sh $(ASSET_FILES)
	@mkdir -p $(@D)
	sh ui/embed.sh > $@
$(ASSETS): $(BUILD)/made/assets.S $(ASSET_FILES)
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Itests/unit -MMD -MP -MF $@.d -o $@ $< $(filter-out $(BUILD)/room/command.a,$(LINKED)) $(if $(wildcard $(ASSETS)),$(ASSETS)) $(LIBS) -lcmocka
unit: $(TESTS)
	@bad=0; for test in $(TESTS); do $$test || bad=1; done; exit $$bad
clean:
	rm -rf $(BUILD)
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
