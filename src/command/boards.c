/* bihuan boards: the leaders' two boards by colour, within what the account sees. They are never added up. */
#include "command/program.h"

#include "rules/boards.h"
#include "rules/colour.h"

static void boards_json(struct call *call, const struct board boards[BOARDS]) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_key(json, "boards");
  json_open(json, '[');
  for (size_t i = 0; i < BOARDS; i++) {
    json_open(json, '{');
    json_pair(json, "board", boards[i].led_by->name);
    json_pair_integer(json, "total", boards[i].total);
    json_key(json, "colours");
    json_open(json, '{');
    for (int64_t colour = COLOUR_GREY; colour <= COLOUR_BLUE; colour++)
      json_pair_integer(json, colour_name(colour), boards[i].colours[colour]);
    json_close(json, '}');
    json_close(json, '}');
  }
  json_close(json, ']');
  call_json_close(call, &out);
}

static void board_print(struct call *call, const struct board *board) {
  fprintf(call->out, "%s %lld", call_say(call, board->led_by->label), (long long)board->total);
  for (int64_t colour = COLOUR_GREY; colour <= COLOUR_BLUE; colour++)
    fprintf(call->out, "  %s %lld", call_say(call, colour_label(colour)), (long long)board->colours[colour]);
  fputc('\n', call->out);
}

int command_boards(struct call *call) {
  const char *text = call_option(call, "campaign");
  struct board boards[BOARDS] = {{0}};
  struct reader *reader = NULL;
  int64_t campaign = 0;
  if (text && (!text_to_integer(text, &campaign) || campaign <= 0))
    return call_usage(call, label_print(call->arena, "--campaign 应为专项工作的编号,不是“%s”。",
                                        "--campaign is the id of a campaign, not \"%s\".", text));
  if (!call_words(call, 0, 0)) return EXIT_USE;
  const struct scope *scope = call->as ? scope_for(call->arena, &call->authority, record_type(RECORD_PROBLEM), MAY_READ) : &SCOPE_SYSTEM;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = boards_read(reader, scope, campaign, boards);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  if (call->json) boards_json(call, boards);
  else for (size_t i = 0; i < BOARDS; i++) board_print(call, &boards[i]);
  return EXIT_DONE;
}
