/* The demo city's six rounds: opened in the last days of each, answered by every unit (some a day late, some with nothing to tell; in the
   last, which is still open, seven have not yet), closed, and the first five frozen as at the end of their last day; six correction slips
   that two others agree to; four slips of leaving liaisons. */
#include "command/demo_city.h"

#include <string.h>

#include "rules/frozen.h"

static const char *const NAMES[CITY_ROUNDS] = {"第一轮", "第二轮", "第三轮", "第四轮", "第五轮", "第六轮"};
enum { OPENS_BEFORE = 5 /* days before it is due */, FROZEN = 5, SLIPS = 6, LATE_EVERY = 41 };

static struct city *city_of(const struct play *play) { return play->demo->script->own; }

/* ---- opening ---- */

static int open_round(struct play *play, size_t round, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  int64_t due = DEMO_PRESENT_DATE - CITY_ROUND_LAST[round];
  const struct value values[] = {value_integer(ROUND_CAMPAIGN, demo->campaign),
                                 value_text(ROUND_NAME, arena_print(demo->scratch, "%s报送", NAMES[round])),
                                 value_integer(ROUND_OPENS_ON, due - OPENS_BEFORE), value_integer(ROUND_DUE, due),
                                 value_integer(ROUND_CUTOFF, moment_of_date(due + 1))};
  int status = demo_create(demo, demo_office(demo), RECORD_ROUND, values, sizeof values / sizeof *values, &city->rounds[round]);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_ROUND, city->rounds[round], ACTION_OPEN, NULL, 0, NULL);
}

/* ---- answering ---- */

static enum store_error count_led(struct demo *demo, int64_t unit, int64_t *count) {
  const struct value lead = value_integer(PROBLEM_LEAD_UNIT, unit), counted = value_integer(PROBLEM_COUNTED, 1);
  struct condition conditions[] = {{.field = PROBLEM_LEAD_UNIT, .how = C_IS, .values = &lead, .count = 1},
                                   {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_count(tx_reader(demo->tx), &query, &SCOPE_SYSTEM, count);
}

/* Which: round × member. Who leads nothing has nothing to tell. */
static int answer_round(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  size_t round = which / city->member_count, unit = city->members[which % city->member_count];
  const struct value key = value_text(ANSWER_KEY, arena_print(demo->scratch, "%lld:%lld", (long long)city->rounds[round],
                                                              (long long)demo->units[unit]));
  struct demo_found found;
  int64_t led = 0;
  enum store_error error = demo_find(demo, RECORD_ROUND_ANSWER, &key, 1, &found);
  if (!error && !found.count) error = STORE_ABSENT;
  if (!error) error = count_led(demo, demo->units[unit], &led);
  if (error) return call_store_fail(demo->call, error);
  return demo_act(demo, demo_liaison(demo, unit), RECORD_ROUND_ANSWER, found.rows[0]->id, led ? ACTION_ANSWER : ACTION_NIL_REPLY, NULL, 0,
                  NULL);
}

/* ---- closing and freezing ---- */

static int close_round(struct play *play, size_t round, const struct demo_step *step) {
  return demo_act(play->demo, demo_office(play->demo), RECORD_ROUND, city_of(play)->rounds[round], ACTION_CLOSE, NULL, 0, NULL);
}

static int prepare(struct demo *demo, int64_t round) {
  struct reader *reader = NULL;
  struct row *row = NULL;
  struct label refused = {0};
  int status = demo_commit(demo);
  if (status) return status;
  enum store_error error = store_reader(demo->call->house->store, &reader);
  if (!error) error = reader_get(reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, round, demo->scratch, &row);
  if (!error) error = frozen_prepare(reader, row, demo->now, demo->scratch, &refused);
  reader_release(reader);
  if (error) return call_store_fail(demo->call, error);
  return refused.zh ? call_fail(demo->call, EXIT_WRONG, refused) : EXIT_DONE;
}

static int freeze_round(struct play *play, size_t round, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  struct row *row = NULL;
  int status = prepare(demo, city->rounds[round]);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_ROUND, city->rounds[round], ACTION_FREEZE, NULL, 0, NULL);
  enum store_error error = status ? STORE_OK
                                  : reader_get(tx_reader(demo->tx), record_type(RECORD_ROUND), &SCOPE_SYSTEM, city->rounds[round],
                                               demo->scratch, &row);
  if (error) return call_store_fail(demo->call, error);
  if (!status) city->tables[round] = row_integer(row, ROUND_TABLE);
  return status;
}

/* ---- correction slips ---- */

static const struct { const char *figure, *corrected, *why; } CORRECTIONS[SLIPS] = {
  {"category", "governance", "类别填错,以入库审核单为准。"}, {"source", "research", "来源登记有误,原件为调研报告。"}, {"category", "livelihood", "类别填错,以入库审核单为准。"},
  {"level", "city", "已列入市级清单,冻结时漏标。"}, {"source", "appeals", "来源登记有误,原件为热线工单。"}, {"category", "economy", "类别填错,以会议纪要为准。"}};

static int agree_slip(struct demo *demo, int64_t slip, const char *account) {
  return demo_agree(demo, &demo_account(demo, account)->authority, RECORD_CORRECTION, slip, true);
}

/* One for each table, the last table has two; each about another problem that it holds. */
static int correct(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  struct city *city = city_of(play);
  size_t table = which < FROZEN ? which : FROZEN - 1;
  const struct value values[] = {value_integer(CORRECTION_TABLE, city->tables[table]),
                                 value_integer(CORRECTION_PROBLEM, demo->problems[40 + 7 * which]),
                                 value_text(CORRECTION_FIGURE, CORRECTIONS[which].figure),
                                 value_text(CORRECTION_IS, CORRECTIONS[which].corrected),
                                 value_text(CORRECTION_WHY, CORRECTIONS[which].why)};
  int64_t slip = 0;
  int status = demo_create(demo, demo_office(demo), RECORD_CORRECTION, values, sizeof values / sizeof *values, &slip);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_CORRECTION, slip, ACTION_SUBMIT, NULL, 0, NULL);
  if (!status) status = agree_slip(demo, slip, "office-second");
  return status ? status : agree_slip(demo, slip, "office-third");
}

/* ---- leaving liaisons ---- */

/* From who has acted so far to the unit's own liaison, who acts from now on. */
static int hand_over(struct play *play, size_t which, const struct demo_step *step) {
  struct demo *demo = play->demo;
  const struct demo_person *from = demo_account(demo, arena_print(demo->scratch, "leaving-%zu", which + 1));
  struct demo_person *to = demo_account(demo, arena_print(demo->scratch, "liaison-%s", demo->script->units[from->unit].word));
  const struct value values[] = {value_integer(HAND_OVER_FROM, from->id), value_integer(HAND_OVER_TO, to->id),
                                 value_integer(HAND_OVER_UNIT, demo->units[from->unit]), value_text(HAND_OVER_REASON, "工作调动。")};
  int64_t slip = 0;
  int status = demo_create(demo, demo_office(demo), RECORD_HAND_OVER, values, 4, &slip);
  if (!status) status = demo_act(demo, &from->authority, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, 0, NULL);
  if (!status) status = demo_act(demo, &to->authority, RECORD_HAND_OVER, slip, ACTION_CONFIRM, NULL, 0, NULL);
  if (!status) demo_person_follows(demo, to);
  return status;
}

/* ---- when ---- */

static bool is_late(size_t round, size_t member) { return (member + 7 * round) % LATE_EVERY == 3; }
/* In the round that is still open they have not answered: those whose turn it is to be late, and the health commission, whose answer waits
   for its liaison. */
static bool is_silent(const struct play *play, size_t round, size_t member) {
  return round == FROZEN &&
         (is_late(round, member) || strcmp(play->demo->script->units[city_of(play)->members[member]].word, "health") == 0);
}

static void add_round(struct play *play, size_t round) {
  struct city *city = city_of(play);
  int due = CITY_ROUND_LAST[round];
  demo_add(play, demo_moment(due + OPENS_BEFORE, 0), open_round, round, NULL);
  for (size_t i = 0; i < city->member_count; i++) {
    if (is_silent(play, round, i)) continue;
    int on = is_late(round, i) ? due - 1 : due + (int)(i % OPENS_BEFORE);
    demo_add(play, demo_moment(on, (unsigned)(60 + i)), answer_round, round * city->member_count + i, NULL);
  }
  if (round >= FROZEN) return;
  demo_add(play, demo_moment(due - 2, 0), close_round, round, NULL);
  demo_add(play, demo_moment(due - 2, 1), freeze_round, round, NULL);
}

void city_round_events(struct play *play) {
  for (size_t i = 0; i < CITY_ROUNDS; i++) add_round(play, i);
  for (size_t i = 0; i < SLIPS; i++)
    demo_add(play, demo_moment(CITY_ROUND_LAST[i < FROZEN ? i : FROZEN - 1] - 8 - (int)i, 200), correct, i, NULL);
  for (size_t i = 0; i < CITY_SLIPS; i++) demo_add(play, demo_moment(190 - 45 * (int)i, 120), hand_over, i, NULL);
}
