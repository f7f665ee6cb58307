/* What does not hold: broken invariants by rule, and whether the ledger balances between two of its numbers. */
#include "follow/daily.h"
#include "follow/ledger_values.h"
#include "rules/identities.h"
#include "web/watched.h"

static void refuse(struct request *request, const char *name, struct label sentence) {
  answer_problem(request, 400, "malformed",
                 (struct label){arena_print(request->arena, "“%s”：%s", name, sentence.zh),
                                arena_print(request->arena, "%s: %s", name, sentence.en)});
}

/* ---- invariants ---- */

static struct watched_rule rule_of(const void *with, size_t i) {
  const struct broken *broken = with;
  return (struct watched_rule){INVARIANTS[i].code,     INVARIANTS[i].name,   INVARIANTS[i].label,
                               INVARIANTS[i].sentence, INVARIANTS[i].source, broken->counts[i]};
}

static int64_t problem_of(const void *with, size_t i) { return ((const struct broken *)with)->items[i].problem; }

static void item_write(struct request *request, struct json *json, const void *with, size_t i) {
  (void)request;
  json_key(json, "rules");
  json_open(json, '[');
  for (uint32_t rest = ((const struct broken *)with)->items[i].rules; rest; rest &= rest - 1)
    json_text(json, INVARIANTS[__builtin_ctz(rest)].name);
  json_close(json, ']');
}

/* rule=: only those that break it. False: answered. */
static bool question_read(struct request *request, struct broken_question *question) {
  const char *name = request_argument(request, "rule");
  const struct invariant *rule = invariant_named(name);
  *question = (struct broken_question){.scope = request_scope(request, record_type(RECORD_PROBLEM), MAY_READ),
    .campaign = request_argument_integer(request, "campaign", 0), .today = (int32_t)date_of_moment(request_now(request)),
    .rules = rule ? UINT32_C(1) << (rule - INVARIANTS) : UINT32_MAX, .after = watched_after(request), .limit = watched_limit(request)};
  if (rule || !name || !*name) return true;
  refuse(request, "rule", (struct label){"没有这一条，见 rules 里的 name。", "there is no such rule; see the names among rules."});
  return false;
}

void invariants_show(struct request *request) {
  struct broken_question question;
  struct broken broken;
  if (!question_read(request, &question) || !request_reader(request)) return;
  enum store_error error = broken_find(request->house, &question, request->arena, &broken);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  request->journal = broken.journal;
  watched_show(request,
               &(struct watched){.table = "rules",
                                 .with = &broken,
                                 .on = question.today,
                                 .problems = broken.problems,
                                 .rule_count = INVARIANT_COUNT,
                                 .count = broken.count,
                                 .more = broken.more,
                                 .rule_of = rule_of,
                                 .problem_of = problem_of,
                                 .item_write = item_write},
               question.scope);
}

/* ---- identities ---- */

static void balance_write(struct json *json, const struct balance *balance) {
  const struct {
    const char *name;
    int64_t count;
  } columns[] = {{"begin", balance->begin},         {"added", balance->added},
                 {"reopened", balance->reopened},   {"moved_in", balance->moved_in},
                 {"closed", balance->closed},       {"withdrawn", balance->withdrawn},
                 {"merged", balance->merged},       {"voided", balance->voided},
                 {"moved_out", balance->moved_out}, {"end", balance->end}};
  json_open(json, '{');
  if (balance->unit) json_pair_integer(json, "unit", balance->unit);
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) json_pair_integer(json, columns[i].name, columns[i].count);
  json_pair_yes_no(json, "holds", balance_holds(balance));
  json_close(json, '}');
}

enum { BREAKS_TOLD = 1000 };

/* All are counted; the first, by rule and id, are named. */
static void breaks_write(struct request *request, struct json *json, const struct identities *identities, struct labels *labels) {
  json_pair_integer(json, "break_count", (int64_t)identities->break_count);
  json_key(json, "breaks");
  json_open(json, '[');
  for (size_t i = 0; i < identities->break_count && i < BREAKS_TOLD; i++) {
    json_open(json, '{');
    json_pair(json, "identity", identity_name(identities->breaks[i].rule));
    json_pair_integer(json, "problem", identities->breaks[i].problem);
    json_pair(json, "sentence", request_label(request, identities->breaks[i].sentence));
    json_close(json, '}');
    labels_want(labels, RECORD_PROBLEM, identities->breaks[i].problem);
  }
  json_close(json, ']');
}

/* A date is the end of that day. False: answered. 0: from the beginning, or as it stands. */
static bool number_of(struct request *request, const char *name, int64_t otherwise, int64_t *number) {
  const char *text = request_argument(request, name);
  int64_t date;
  *number = otherwise;
  if (!text || !*text) return true;
  if (text_to_integer(text, number) && *number >= 0) return true;
  if (!date_parse(text, &date)) {
    refuse(request, name, (struct label){"应是日志条目号或日期。", "a journal number or a date."});
    return false;
  }
  enum store_error error = figures_number_at(request->reader, moment_of_date(date + 1) - 1, number);
  if (error) answer_store_error(request, error);
  return !error;
}

void identities_show(struct request *request) {
  struct identities identities;
  struct labels labels = {.arena = request->arena};
  int64_t from, to;
  if (!request_reader(request) || !request_head(request) || !number_of(request, "from", 0, &from) ||
      !number_of(request, "to", request->journal, &to))
    return;
  if (from > to || to > request->journal) {
    refuse(request, "from", (struct label){"应不晚于 to，且 to 不超过日志末尾。", "not after to, and to not beyond the journal's end."});
    return;
  }
  struct figures_source source = ledger_source(request->house);
  enum store_error error = identities_read(request->reader, &source, from, to, request_argument_integer(request, "campaign", 0),
                                           request->arena, &identities);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_pair_yes_no(json, "holds", identities.hold);
  json_pair_integer(json, "from", from);
  json_pair_integer(json, "to", to);
  json_key(json, "whole");
  balance_write(json, &identities.whole);
  json_key(json, "units");
  json_open(json, '[');
  for (size_t i = 0; i < identities.unit_count; i++) {
    balance_write(json, &identities.units[i]);
    if (identities.units[i].unit) labels_want(&labels, RECORD_UNIT, identities.units[i].unit);
  }
  json_close(json, ']');
  breaks_write(request, json, &identities, &labels);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
