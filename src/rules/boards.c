/* The leaders' boards, counted within scope. There is no sum of both here, and none is made elsewhere. They are read by the index of who
   leads alone: a board has few rows, whatever the store holds. */
#include "rules/boards.h"

struct taking { struct board *board; int64_t campaign; bool keeps; };

static bool board_take(void *with, const struct row *row) {
  struct taking *taking = with;
  struct board *board = taking->board;
  int64_t colour = row_integer(row, PROBLEM_COLOUR);
  if (row_integer(row, PROBLEM_COUNTED) != 1 || (taking->campaign > 0 && row_integer(row, PROBLEM_CAMPAIGN) != taking->campaign))
    return true;
  board->colours[colour > 0 && colour <= COLOUR_BLUE ? colour : COLOUR_NONE]++;
  board->total++;
  if (taking->keeps) taking->keeps = board->keep(board->with, row);
  return true;
}

enum store_error boards_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct board boards[BOARDS]) {
  const struct choice *choices = record_field(record_type(RECORD_PROBLEM), PROBLEM_LED_BY)->choices;
  struct arena *arena = arena_new();
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < BOARDS && error == STORE_OK; i++) {
    struct value led = value_integer(PROBLEM_LED_BY, choices[i].code);
    struct condition condition = {.field = PROBLEM_LED_BY, .how = C_IS, .values = &led, .count = 1};
    struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
    struct taking taking = {&boards[i], campaign, boards[i].keep != NULL};
    boards[i].led_by = &choices[i];
    error = reader_list(reader, &query, scope, arena, board_take, &taking);
  }
  arena_free(arena);
  return error;
}
