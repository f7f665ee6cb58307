/* What a policy would change before it is made: every counted problem in scope judged under the policy without it and under the draft, at
   the moment when the draft would come into force. Writes nothing; memory does not grow with the number of problems. */
#ifndef BIHUAN_RULES_POLICY_PREVIEW_H
#define BIHUAN_RULES_POLICY_PREVIEW_H

#include "base/json.h"
#include "rules/change.h"
#include "rules/colour.h"

enum { PREVIEW_COLOURS = COLOUR_BLUE + 1 };
struct preview_unit { int64_t unit, total, changed, cells[PREVIEW_COLOURS][PREVIEW_COLOURS]; };
struct preview_example { struct row *problem; struct judgement from, to; };
struct policy_preview {
  int64_t at, policy;                 /* the moment judged at; the policy that would be in force without the draft (0: the built-in) */
  int64_t total, changed;
  int64_t cells[PREVIEW_COLOURS][PREVIEW_COLOURS]; /* from, to */
  struct preview_unit *units; size_t unit_count;   /* lead units with a change, most changes first */
  struct preview_example *examples; size_t example_count;
  bool more;                          /* further examples behind the last */
};
/* The draft's values as for making one. A refusal leaves *preview empty and its findings in the outcome. Examples: at most `examples`, of
   ids above `after`. */
enum store_error policy_preview(struct reader *reader, const struct context *context, const struct scope *scope, const struct value *values, size_t count, size_t examples,
                                int64_t after, struct arena *arena, struct outcome *outcome, struct policy_preview *preview);
/* "matrix": [{from, to, count}…] into an open object: every pair of colours that some problem has, or only those that differ. */
void preview_cells_json(struct json *json, const int64_t cells[PREVIEW_COLOURS][PREVIEW_COLOURS], bool changed_only);

#endif
