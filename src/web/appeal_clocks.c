/* The clocks of one appeal for its page: each with its last moment, what is left or how late, and the rule in words, so that nobody has to
   look it up. */
#include "rules/appeal_clock.h"
#include "web/json_out.h"

static const struct { const char *name; struct label label, from; } CLOCKS[CLOCK_NAMES] = {
  [CLOCK_CONTACT] = {"contact", {"先行联系", "Contact"}, {"自派单起", "from the assignment"}},
  [CLOCK_ANSWER] = {"answer", {"答复", "Answer"}, {"自诉求时间起", "from when it was made"}},
  [CLOCK_SOLVE] = {"solve", {"解决", "Solve"}, {"自诉求时间起", "from when it was made"}}};
static const char *const STANDINGS[] = {
  [CLOCK_NONE] = "none", [CLOCK_NOT_BEGUN] = "not_begun", [CLOCK_RUNNING] = "running", [CLOCK_LATE] = "late", [CLOCK_DONE_IN_TIME] = "done_in_time", [CLOCK_DONE_LATE] = "done_late", [CLOCK_PASSED_BY] = "passed_by"};
static const struct { const char *name; struct label one; const char *many; } COUNTS[] = {
  [COUNT_WORKING] = {"working", {"个工作日", "working day"}, "working days"}, [COUNT_NATURAL] = {"natural", {"个自然日(末日遇节假日顺延)", "natural day (moved to a working one)"}, "natural days (the last moved to a working one)"},
  [COUNT_HOURS] = {"hours", {"小时", "hour"}, "hours"}};

static struct label rule_of(struct arena *arena, enum clock_name name, const struct clock_told *told) {
  if (!told->number && told->due != NOTHING) return (struct label){"由人指定的日期", "a day that somebody gave"};
  if (!told->number) return (struct label){"口径没有这个期限", "the policy has no such clock"};
  return (struct label){arena_print(arena, "%s %lld %s内", CLOCKS[name].from.zh, (long long)told->number, COUNTS[told->in].one.zh),
                        arena_print(arena, "%lld %s %s", (long long)told->number,
                                    told->number == 1 ? COUNTS[told->in].one.en : COUNTS[told->in].many, CLOCKS[name].from.en)};
}

static void moment_pair(struct request *request, struct json *json, const char *key, int64_t moment) {
  json_pair(json, key, moment == NOTHING ? NULL : moment_print(request->arena, moment));
}

static void clock_write(struct request *request, struct json *json, enum clock_name name, const struct clock_told *told) {
  json_open(json, '{');
  json_pair(json, "name", CLOCKS[name].name);
  json_pair(json, "label", request_label(request, CLOCKS[name].label));
  json_pair(json, "standing", STANDINGS[told->standing]);
  moment_pair(request, json, "from", told->from);
  moment_pair(request, json, "due", told->due);
  moment_pair(request, json, "done", told->done);
  json_pair_integer(json, "days", told->days);
  json_pair_integer(json, "working_days", told->working_days);
  json_pair(json, "counted_in", told->number ? COUNTS[told->in].name : NULL);
  json_pair(json, "rule", request_label(request, rule_of(request->arena, name, told)));
  json_close(json, '}');
}

void appeal_clocks_show(struct request *request) {
  const struct record_type *type = record_type(RECORD_APPEAL);
  struct policy policy;
  struct calendar calendar = {0};
  struct clock_told told[CLOCK_NAMES];
  struct labels labels = {.arena = request->arena};
  struct row *appeal = NULL;
  if (!request_head(request)) return;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), request->id, request->arena, &appeal);
  if (error == STORE_ABSENT) {
    answer_absent(request);
    return;
  }
  int64_t made = error ? NOTHING : row_integer(appeal, APPEAL_MADE_AT), now = request_now(request);
  if (!error) error = policy_for_appeals(request->reader, made == NOTHING ? now : made, request->arena, &policy);
  if (!error) error = calendar_load(request->reader, request->arena, &calendar);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  appeal_clocks_told(appeal, &policy, &calendar, now, told);
  struct json *json = out_open(request);
  json_key(json, "clocks");
  json_open(json, '[');
  for (int i = 0; i < CLOCK_NAMES; i++) clock_write(request, json, (enum clock_name)i, &told[i]);
  json_close(json, ']');
  moment_pair(request, json, "now", now);
  json_pair_yes_no(json, "by_weekends", row_integer(appeal, APPEAL_DUE_BASIS) == DUE_BASIS_WEEKENDS);
  if (policy.id) json_pair_integer(json, "policy", policy.id);
  labels_want(&labels, RECORD_POLICY, policy.id);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
