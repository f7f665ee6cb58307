/* Signals of sham rectification, for a person to look at: by signal, with the sentence that says why. Office and reviewers only (the
   route's row). */
#include "follow/ledger_signals.h"
#include "web/watched.h"

static struct watched_rule rule_of(const void *with, size_t i) {
  const struct signal_list *list = with;
  return (struct watched_rule){.code = SIGNALS[i].code,
                               .name = SIGNALS[i].name,
                               .label = SIGNALS[i].label,
                               .source = SIGNALS[i].source,
                               .count = list->counts[i]};
}

static int64_t problem_of(const void *with, size_t i) { return ((const struct signal_list *)with)->items[i].problem; }

static void item_write(struct request *request, struct json *json, const void *with, size_t i) {
  const struct signal_item *item = &((const struct signal_list *)with)->items[i];
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
}

/* signal=: only those that show it. False: answered. */
static bool question_read(struct request *request, struct signal_question *question) {
  const char *name = request_argument(request, "signal");
  const struct signal *signal = signal_named(name);
  *question = (struct signal_question){.scope = request_scope(request, record_type(RECORD_PROBLEM), MAY_READ),
                                       .now = request_now(request),
                                       .campaign = request_argument_integer(request, "campaign", 0),
                                       .signals = signal ? UINT32_C(1) << (signal - SIGNALS) : UINT32_MAX,
                                       .after = watched_after(request),
                                       .limit = watched_limit(request)};
  if (signal || !name || !*name) return true;
  answer_problem(request, 400, "malformed",
                 (struct label){"没有这一种迹象，见 signals 里的 name。", "there is no such signal; see the names among signals."});
  return false;
}

void signals_show(struct request *request) {
  struct signal_question question;
  struct signal_list list;
  if (!question_read(request, &question) || !request_reader(request)) return;
  enum store_error error = signals_find(request->house, &question, request->arena, &list);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  request->journal = list.journal;
  watched_show(request,
               &(struct watched){.table = "signals",
                                 .with = &list,
                                 .on = date_of_moment(question.now),
                                 .problems = list.problems,
                                 .rule_count = SIGNAL_COUNT,
                                 .count = list.count,
                                 .more = list.more,
                                 .rule_of = rule_of,
                                 .problem_of = problem_of,
                                 .item_write = item_write},
               question.scope);
}
