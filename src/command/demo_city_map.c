/* The demo city's districts as a schematic: squares of one size, about where each would lie. Invented, as the city is: no survey, no real
   place. */
#include "command/demo_city.h"

#include <string.h>

#include "rules/outline.h"

enum { COLUMNS = 5, ROWS = 4 };
/* North is up. The coordinates lie in the open ocean, where no city is; there HIGH of latitude is about as long as WIDE of longitude. */
enum { WEST = 1700000, SOUTH = 310000, HIGH = 1000, WIDE = 1169, SET_AGO = 300 /* days ago */ };
static const char *const GRID[ROWS][COLUMNS] = {
  {NULL, "嘉禾区", "宝江区", NULL, "崇岛区"},
  {"青荡区", "普河区", "北岸区", "虹河区", "杨林区"},
  {"松泽区", "长桥区", "西浜区", "南汀区", "浦江区"},
  {"金滩区", "闵川区", "奉南区", NULL, NULL}};

static const char *square(size_t row, size_t column, struct arena *arena) {
  int32_t west = WEST + WIDE * (int32_t)column, south = SOUTH + HIGH * (int32_t)(ROWS - 1 - row);
  struct outline_point corners[] = {{west, south}, {west + WIDE, south}, {west + WIDE, south + HIGH}, {west, south + HIGH}};
  const struct outline outline = {&(struct outline_ring){corners, sizeof corners / sizeof *corners}, 1};
  return outline_print(&outline, arena);
}

static const char *outline_of(const char *name, struct arena *arena) {
  for (size_t row = 0; row < ROWS; row++)
    for (size_t column = 0; column < COLUMNS; column++)
      if (GRID[row][column] && strcmp(GRID[row][column], name) == 0) return square(row, column, arena);
  return NULL;
}

static int set_outlines(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  int status = 0;
  for (size_t i = 0; i < demo->script->unit_count && !status; i++) {
    const char *outline = outline_of(demo->script->units[i].name, demo->scratch);
    const struct value values[] = {value_text(UNIT_OUTLINE, outline)};
    if (outline)
      status = demo_act(demo, &demo_account(demo, "sysadmin")->authority, RECORD_UNIT, demo->units[i], ACTION_SET_OUTLINE, values, 1, NULL);
  }
  return status;
}

void city_map_events(struct play *play) { demo_add(play, demo_moment(SET_AGO, 10), set_outlines, 0, NULL); }
