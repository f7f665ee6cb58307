/* Signals of sham rectification, for a person to look at: by signal, with the sentence that says why. Office and reviewers only (the route's row). */
#include "follow/ledger_signals.h"
#include "web/json_out.h"

enum { LIMIT_USUAL = 50, LIMIT_MOST = 200 };

static void table_write(struct request *request, struct json *json, const struct signal_list *list) {
  json_key(json, "signals");
  json_open(json, '[');
  for (size_t i = 0; i < SIGNAL_COUNT; i++) {
    json_open(json, '{');
    json_pair_integer(json, "code", SIGNALS[i].code);
    json_pair(json, "name", SIGNALS[i].name);
    json_pair(json, "label", request_label(request, SIGNALS[i].label));
    json_pair(json, "source", SIGNALS[i].source);
    json_pair_integer(json, "count", list->counts[i]);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static enum store_error item_write(struct request *request, struct json *json, const struct signal_item *item, const struct scope *scope, struct labels *labels) {
  struct row *row = NULL;
  enum store_error error = reader_get(request->reader, record_type(RECORD_PROBLEM), scope, item->problem, request->arena, &row);
  json_open(json, '{');
  json_key(json, "record");
  if (row) record_write(request, json, row, OUT_SPARSE, labels);
  else json_null(json);
  json_key(json, "signals");
  json_open(json, '[');
  for (uint32_t rest = item->signals; rest; rest &= rest - 1) {
    size_t place = (size_t)__builtin_ctz(rest);
    json_open(json, '{');
    json_pair(json, "name", SIGNALS[place].name);
    json_pair(json, "sentence", request_label(request, item->sentences[place]));
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* signal=: only those that show it. False: answered. */
static bool question_read(struct request *request, struct signal_question *question) {
  const char *name = request_argument(request, "signal");
  const struct signal *signal = signal_named(name);
  int64_t limit = request_argument_integer(request, "limit", LIMIT_USUAL);
  *question = (struct signal_question){.scope = request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), .now = request_now(request),
    .campaign = request_argument_integer(request, "campaign", 0), .signals = signal ? UINT32_C(1) << (signal - SIGNALS) : UINT32_MAX, .after = request_argument_integer(request, "after", 0),
    .limit = limit < 1 ? 1 : limit > LIMIT_MOST ? LIMIT_MOST : (size_t)limit};
  if (signal || !name || !*name) return true;
  answer_problem(request, 400, "malformed", (struct label){"没有这一种迹象，见 signals 里的 name。", "there is no such signal; see the names among signals."});
  return false;
}

void signals_show(struct request *request) {
  struct signal_question question;
  struct signal_list list;
  struct labels labels = {.arena = request->arena};
  if (!question_read(request, &question) || !request_reader(request)) return;
  enum store_error error = signals_find(request->house, &question, request->arena, &list);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  request->journal = list.journal;
  struct json *json = out_open(request);
  json_pair(json, "on", date_print(request->arena, date_of_moment(question.now)));
  json_pair_integer(json, "problems", list.problems);
  table_write(request, json, &list);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < list.count && !error; i++) error = item_write(request, json, &list.items[i], question.scope, &labels);
  json_close(json, ']');
  json_key(json, "next");
  if (list.more) json_integer(json, list.items[list.count - 1].problem);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
