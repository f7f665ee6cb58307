/* The comparison's rows on a printed table: its two ends and the identity go under the title, slips about totals below the rows. */
#include "exchange/compare_xlsx.h"

#include <string.h>

#include "exchange/csv.h"
#include "exchange/table.h"

#define COLUMNS 13
static const struct table_column SHOWN[COLUMNS] = { /* as compare_csv heads them */
  {{NULL, NULL}, {"类别", "Groups"}, 10}, {{NULL, NULL}, {"编号", "Number"}, 12}, {{NULL, NULL}, {"问题", "Problem"}, 28}, {{NULL, NULL}, {"单位(前)", "Unit before"}, 14}, {{NULL, NULL}, {"单位(后)", "Unit after"}, 14},
  {{NULL, NULL}, {"状态(前)", "State before"}, 10}, {{NULL, NULL}, {"状态(后)", "State after"}, 10}, {{NULL, NULL}, {"颜色(前)", "Colour before"}, 7}, {{NULL, NULL}, {"颜色(后)", "Colour after"}, 7},
  {{NULL, NULL}, {"期限(前)", "Due before"}, 11}, {{NULL, NULL}, {"期限(后)", "Due after"}, 11}, {{NULL, NULL}, {"变动", "Changes"}, 40}, {{NULL, NULL}, {"更正单", "Correction slips"}, 20}};

static bool heads_columns(const struct csv *csv, enum language language) {
  return csv->count == COLUMNS && strcmp(csv->cells[0].text, label_in(SHOWN[0].header, language)) == 0 &&
         strcmp(csv->cells[1].text, label_in(SHOWN[1].header, language)) == 0;
}

/* Lines before the header, one after the other: from, to, the identity's names and values. */
static const char *lines_above(struct arena *arena, struct csv *csv, enum language language) {
  struct buffer out = {.arena = arena};
  while (csv_next(csv) == CSV_RECORD && !heads_columns(csv, language)) {
    buffer_text(&out, out.size ? " · " : "");
    for (size_t i = 0; i < csv->count; i++)
      if (*csv->cells[i].text) buffer_print(&out, "%s%s", i ? " " : "", csv_unguard(csv->cells[i].text));
  }
  return out.size ? out.bytes : "";
}

bool compare_xlsx(const struct buffer *bytes, const struct compare_end ends[2], const char *path, const char *who, int64_t now, bool demo,
                  enum language language) {
  struct arena *arena = arena_new();
  struct csv csv = csv_open(bytes->bytes + strlen(CSV_BOM), bytes->size - strlen(CSV_BOM));
  const char *subtitle = lines_above(arena, &csv, language);
  struct table_head head = {.title = {"两轮比较", "Two rounds compared"},
                            .subtitle = subtitle,
                            .columns = SHOWN,
                            .column_count = COLUMNS,
                            .cut_off = ends[1].cutoff == NOTHING ? now : ends[1].cutoff,
                            .journal = ends[1].journal,
                            .definitions = (int)ends[1].definitions,
                            .who = who,
                            .language = language,
                            .demo = demo};
  struct table *table = table_open(arena, path, &head);
  while (table && csv_next(&csv) == CSV_RECORD) {
    table_row(table);
    for (size_t i = 0; i < COLUMNS; i++) table_text(table, i, i < csv.count ? csv_unguard(csv.cells[i].text) : NULL);
  }
  bool whole = table && table_close(table);
  csv_close(&csv);
  arena_free(arena);
  return whole;
}
