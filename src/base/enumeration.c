/* Names one after another in both languages (enumeration.h). */
#include "base/enumeration.h"

struct enumeration enumeration_in(struct arena *arena) { return (struct enumeration){.zh = {.arena = arena}, .en = {.arena = arena}}; }

void enumeration_add(struct enumeration *enumeration, const char *name) {
  buffer_print(&enumeration->zh, "%s%s", enumeration->zh.size ? "、" : "", name);
  buffer_print(&enumeration->en, "%s%s", enumeration->en.size ? ", " : "", name);
}

void enumeration_quote(struct enumeration *enumeration, const char *name) {
  buffer_print(&enumeration->zh, "%s“%s”", enumeration->zh.size ? "、" : "", name);
  buffer_print(&enumeration->en, "%s\"%s\"", enumeration->en.size ? ", " : "", name);
}

struct label enumeration_label(const struct enumeration *enumeration) {
  return enumeration->zh.size ? (struct label){enumeration->zh.bytes, enumeration->en.bytes} : (struct label){NULL, NULL};
}
