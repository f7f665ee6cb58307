/* Colour presets: definitions of colours that are in use somewhere, each with its source, ready for a policy. Data only. */
#ifndef BIHUAN_RULES_COLOUR_PRESETS_H
#define BIHUAN_RULES_COLOUR_PRESETS_H

#include "base/json.h"
#include "base/text.h"

struct colour_preset {
  int64_t code;            /* PRESET_* */
  const char *name;
  struct label label;
  const char *source;      /* where it was read */
  struct label note;       /* what the source leaves open, and how it is filled here */
  const char *rules;       /* as a policy has them: JSON */
};
extern const struct colour_preset COLOUR_PRESETS[]; extern const size_t COLOUR_PRESET_COUNT;
const struct colour_preset *colour_preset(int64_t code);              /* NULL: none */
const struct colour_preset *colour_preset_named(const char *name);    /* NULL: none */
/* "items": [{name, label, source, note, rules}…] into an open object. */
void colour_presets_json(struct json *json, enum language language);
/* One preset of whatever kind, as an object: its rows are JSON and stand under `member`. */
void preset_json(struct json *json, enum language language, const char *name, struct label label, const char *source, struct label note,
                 const char *member, const char *rows);

#endif
