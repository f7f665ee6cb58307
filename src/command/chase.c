/* bihuan chase: who is late, by kind; and a phone call noted in one line, whatever it is about. */
#include "command/program.h"

#include <string.h>

#include "rules/chase_list.h"

/* Of --what, problems where it is not given; NULL: said that there is no such kind, and which there are. */
static const struct chase_kind *kind_asked(struct call *call, const char *what) {
  const struct chase_kind *kind = what ? chase_kind_named(what) : &CHASE_KINDS[0];
  struct buffer names = {.arena = call->arena};
  if (kind) return kind;
  for (size_t i = 0; i < CHASE_KIND_COUNT; i++) buffer_print(&names, "%s%s", i ? ", " : "", CHASE_KINDS[i].name);
  call_usage(call, label_print(call->arena, "--what 没有“%s”。有:%s。", "--what knows no \"%s\". There are: %s.", what, names.bytes));
  return NULL;
}

static void late_print(struct call *call, const struct late *late) {
  const char *last = late->chased.last_on == NOTHING ? "-" : date_print(call->arena, late->chased.last_on);
  const char *reply = late->chased.last ? row_text(late->chased.last, CHASE_REPLY) : NULL;
  call_print(call, "%lld  %s  期限 %s,已逾 %lld 天,催办 %lld 次,最近 %s%s%s",
             "%lld  %s  due %s, %lld days late, chased %lld times, last %s%s%s", (long long)late->row->id,
             chase_name(call->arena, late->row), date_print(call->arena, late->due), (long long)late->days,
             (long long)(late->chased.steps + late->chased.notes), last, reply ? ": " : "", reply ? reply : "");
}

static void page_json(struct call *call, const struct chase_question *question, const struct chase_page *page) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  json_pair(json, "what", question->kind->name);
  json_pair_integer(json, "total", page->total);
  json_pair_integer(json, "most_chased", page->most_chased);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < page->count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "id", page->items[i].row->id);
    json_pair(json, "name", chase_name(call->arena, page->items[i].row));
    json_pair_integer(json, "unit", page->items[i].unit == NOTHING ? 0 : page->items[i].unit);
    json_pair(json, "due", date_print(call->arena, page->items[i].due));
    json_pair_integer(json, "days", page->items[i].days);
    json_pair_integer(json, "chased", page->items[i].chased.steps + page->items[i].chased.notes);
    json_pair(json, "last_on", page->items[i].chased.last_on == NOTHING ? NULL : date_print(call->arena, page->items[i].chased.last_on));
    json_close(json, '}');
  }
  json_close(json, ']');
  call_json_close(call, &out);
}

static int list(struct call *call) {
  const char *what = call_option(call, "what"), *unit = call_option(call, "unit");
  struct chase_question question = {.limit = CHASE_PAGE_MOST};
  struct chase_page page;
  struct reader *reader = NULL;
  int status = call_words(call, 0, 1) ? call_needs_account(call) : EXIT_USE;
  if (status) return status;
  if (!(question.kind = kind_asked(call, what))) return EXIT_USE;
  question.authority = &call->authority;
  question.today = date_of_moment(house_now(call->house));
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error && unit) status = find_unit(call, reader, unit, &question.unit);
  if (!error && !status) error = chase_list_read(reader, &question, call->arena, &page);
  if (reader) reader_release(reader);
  if (error || status) return error ? call_store_fail(call, error) : status;
  if (call->json) page_json(call, &question, &page);
  else {
    call_print(call, "%s:%lld 件", "%s: %lld", call_say(call, question.kind->label), (long long)page.total);
    for (size_t i = 0; i < page.count; i++) late_print(call, &page.items[i]);
  }
  return EXIT_DONE;
}

static int note(struct call *call) {
  const char *person = call_option(call, "person"), *said = call_option(call, "said"), *asked = call_option(call, "note"),
             *what = call_option(call, "what");
  struct reader *reader = NULL;
  struct outcome outcome;
  struct value values[6];
  size_t count = 0;
  int64_t id = 0;
  int status = call_words(call, 2, 2) ? call_needs_account(call) : EXIT_USE;
  const struct chase_kind *kind = status ? NULL : kind_asked(call, what);
  if (status || !kind) return status ? status : EXIT_USE;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) status = find_record(call, reader, record_type(kind->type), call->argv[1], &id);
  if (reader) reader_release(reader);
  if (error || status) return error ? call_store_fail(call, error) : status;
  values[count++] = value_integer(CHASE_OF_TYPE, kind->type);
  values[count++] = value_integer(CHASE_OF_ID, id);
  values[count++] = value_integer(CHASE_BY, CHASED_BY_PHONE);
  if (person) values[count++] = value_text(CHASE_PERSON, person);
  if (asked) values[count++] = value_text(CHASE_NOTE, asked);
  if (said) values[count++] = value_text(CHASE_REPLY, said);
  struct change change = {.type = record_type(RECORD_CHASE),
                          .seen = ANY_VERSION,
                          .action = ACTION_CREATE,
                          .values = values,
                          .value_count = count};
  status = call_change(call, &call->authority, &change, 1, &outcome);
  if (!status) call_print(call, "已记催办 %lld。", "chase %lld noted.", (long long)outcome.ids[0]);
  return status;
}

int command_chase(struct call *call) {
  if (call->argc == 0 || strncmp(call->argv[0], "--", 2) == 0 || strcmp(call->argv[0], "list") == 0) return list(call);
  if (strcmp(call->argv[0], "note") == 0) return note(call);
  return call_usage(call, label_print(call->arena, "不认识“chase %s”。", "\"chase %s\" is unknown.", call->argv[0]));
}
