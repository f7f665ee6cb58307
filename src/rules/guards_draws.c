/* Guards of the list of units and of draws. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

/* ---- the tree of units ---- */

enum { LEVELS_MOST = 32 };

static bool ended(const struct row *unit, int64_t today) {
  int64_t to = row_integer(unit, UNIT_VALID_TO);
  return unit->voided || (to != NOTHING && to < today);
}

static enum store_error other_root(struct decision *decision, struct guard_facts *facts) {
  struct condition none_above = {.field = UNIT_PARENT, .how = C_EMPTY};
  struct query query = {.type = record_type(RECORD_UNIT), .conditions = &none_above, .condition_count = 1, .expected = -1};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count && !facts->other_root; i++)
    if (rows[i]->id != decision->after->id && !ended(rows[i], decision->set->today)) facts->other_root = rows[i];
  return error;
}

enum store_error fact_unit_tree(struct decision *decision, struct guard_facts *facts) {
  int64_t above = row_integer(decision->after, UNIT_PARENT);
  enum store_error error = above == NOTHING && !decision->system ? other_root(decision, facts) : STORE_OK;
  for (size_t level = 0; level < LEVELS_MOST && above != NOTHING && decision->before && error == STORE_OK; level++) {
    const struct row *row = NULL;
    facts->below_itself |= above == decision->before->id;
    error = fact_row(decision, RECORD_UNIT, above, &row);
    above = row && !facts->below_itself ? row_integer(row, UNIT_PARENT) : NOTHING;
  }
  return error;
}

/* Whoever has a role over the root with all below it has it over the whole city: so there is one root. A store that has several, from
   before or by the program's own hand, keeps them; what is edited of them is not asked. */
struct label guard_unit_tree(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool moved = !facts->before || !value_equal(row_value(facts->before, UNIT_PARENT), row_value(facts->after, UNIT_PARENT));
  *field = UNIT_PARENT;
  if (facts->below_itself && moved) return (struct label){"单位不能在它自己之下", "a unit cannot stand below itself"};
  if (!facts->other_root || !moved) return HOLDS;
  const char *name = row_text(facts->other_root, UNIT_NAME);
  return label_print(arena, "请选上级单位:全市只有一个最上级,已是“%s”", "choose the unit above it: there is one root, \"%s\" already", name ? name : "-");
}

/* ---- draws ---- */

struct label guard_draw_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool share = row_integer(facts->after, DRAW_SHARE) != NOTHING, number = row_integer(facts->after, DRAW_HOW_MANY) != NOTHING;
  (void)arena;
  *field = DRAW_SHARE;
  if (facts->possible || share != number) return HOLDS;
  return share ? (struct label){"抽取比例和抽取件数只能写一个", "give a share or a number, not both"}
               : (struct label){"请写明抽取比例或抽取件数", "say which share, or how many"};
}
