/* Guards of what pages draw: an outline can be drawn, and belongs to a district. Pure. */
#include "rules/guards.h"
#include "rules/outline.h"

struct label guard_outline(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const char *text = row_text(facts->after, UNIT_OUTLINE);
  struct outline outline;
  *field = UNIT_OUTLINE;
  if (row_integer(facts->after, UNIT_KIND) != UNIT_KIND_DISTRICT) return (struct label){"只有区才有区划轮廓", "only a district has an outline"};
  if (!text || outline_parse(text, arena, &outline)) return HOLDS;
  return (struct label){"区划轮廓读不懂:请用 GeoJSON 文件更新", "this is no outline: set it from a GeoJSON file"};
}
