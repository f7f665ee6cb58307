/* The leaders' boards, counted within scope. There is no sum of both here, and none is made elsewhere. */
#include "rules/boards.h"

const struct query *board_query(struct board_query *room, int64_t led_by, int64_t campaign) {
  static const uint16_t fields[] = {PROBLEM_LED_BY, PROBLEM_COUNTED, PROBLEM_CAMPAIGN};
  const int64_t values[] = {led_by, 1, campaign};
  for (size_t i = 0; i < 3; i++) {
    room->values[i] = value_integer(fields[i], values[i]);
    room->conditions[i] = (struct condition){.field = fields[i], .how = C_IS, .values = &room->values[i], .count = 1};
  }
  room->query = (struct query){.type = record_type(RECORD_PROBLEM), .conditions = room->conditions, .condition_count = campaign > 0 ? 3 : 2, .expected = -1};
  return &room->query;
}

static bool board_take(void *with, const int64_t *dimensions, int64_t count) {
  struct board *board = with;
  board->colours[dimensions[0] > 0 && dimensions[0] <= COLOUR_BLUE ? dimensions[0] : COLOUR_NONE] += count;
  board->total += count;
  return true;
}

enum store_error boards_read(struct reader *reader, const struct scope *scope, int64_t campaign, struct board boards[BOARDS]) {
  static const uint16_t by[] = {PROBLEM_COLOUR};
  const struct choice *choices = record_field(record_type(RECORD_PROBLEM), PROBLEM_LED_BY)->choices;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < BOARDS && error == STORE_OK; i++) {
    struct board_query room;
    boards[i] = (struct board){.led_by = &choices[i]};
    error = reader_tally(reader, board_query(&room, choices[i].code, campaign), by, 1, scope, board_take, &boards[i]);
  }
  return error;
}
