/* What a row keeps of its last judgement (see colour_why.h), written and read back. */
#include "rules/colour_why.h"

#include <jansson.h>
#include <string.h>

#include "rules/colour_rules.h"

struct why { int64_t numbers[4], next[2], due, cycle, broken[3]; };

static void write_number(struct buffer *out, int64_t number) {
  if (number == NOTHING) buffer_text(out, "null");
  else buffer_print(out, "%lld", (long long)number);
}
static void write_list(struct buffer *out, const char *key, const int64_t *numbers, size_t count) {
  buffer_print(out, "%s\"%s\":[", out->size > 1 ? "," : "", key);
  for (size_t i = 0; i < count; i++) {
    if (i) buffer_byte(out, ',');
    write_number(out, numbers[i]);
  }
  buffer_byte(out, ']');
}
static void write_one(struct buffer *out, const char *key, int64_t number) {
  if (number == NOTHING) return;
  buffer_print(out, "%s\"%s\":%lld", out->size > 1 ? "," : "", key, (long long)number);
}

/* Is the first number a count of days from the due date to the day of reading? Not when a moved date has fixed it. */
static bool counts_days(int64_t rule, const int64_t numbers[4]) {
  if (rule == RULE_BEHIND_DAYS) return numbers[3] != NOTHING;
  if (numbers[1] == NOTHING) return false;
  return rule == RULE_DUE_SOON || rule == RULE_TIME_LEFT || rule == RULE_STAGE_MISSED || rule == RULE_DUE_WORKING_DAYS ||
         ((rule == RULE_OVERDUE || rule == RULE_OVERDUE_LONG) && numbers[3] == NOTHING);
}
static int64_t days_anew(int64_t rule, const int64_t numbers[4], int64_t today) {
  switch (rule) {
    case RULE_DUE_SOON: case RULE_TIME_LEFT: return numbers[1] - today;
    case RULE_DUE_WORKING_DAYS: return colour_working_left(numbers[3], numbers[1], today);
    case RULE_BEHIND_DAYS: return today - numbers[3];
    default: return today - numbers[1];
  }
}

char *colour_why_print(struct arena *arena, const struct judgement *judgement, const struct colour_facts *facts) {
  struct buffer out = {.arena = arena};
  const char *text = colour_facts_print(arena, facts);
  int64_t next[] = {judgement->next_colour, judgement->next_rule}, broken[] = {facts->broken_due, facts->broken_on, facts->broken_weight};
  int64_t numbers[4];
  memcpy(numbers, judgement->numbers, sizeof numbers);
  if (counts_days(judgement->rule, numbers)) numbers[0] = NOTHING; /* grows by the day: counted anew when read */
  buffer_byte(&out, '{');
  write_list(&out, "n", numbers, 4);
  if (judgement->next_rule) write_list(&out, "x", next, 2);
  write_one(&out, "d", facts->due);
  write_one(&out, "c", facts->cycle);
  if (facts->broken_due != NOTHING) write_list(&out, "b", broken, 3);
  buffer_print(&out, ",\"f\":\"%016llx\"}", (unsigned long long)hash_fingerprint(text, strlen(text)));
  return out.bytes;
}

static int64_t number_of(const json_t *value) { return json_is_integer(value) ? json_integer_value(value) : NOTHING; }
static void read_list(const json_t *object, const char *key, int64_t *numbers, size_t count) {
  const json_t *list = json_object_get(object, key);
  for (size_t i = 0; i < count; i++) numbers[i] = number_of(json_array_get(list, i));
}

static struct why why_of(const struct row *problem) {
  const char *text = row_text(problem, PROBLEM_COLOUR_WHY);
  json_t *object = text ? json_loads(text, 0, NULL) : NULL;
  struct why why;
  read_list(object, "n", why.numbers, 4);
  read_list(object, "x", why.next, 2);
  read_list(object, "b", why.broken, 3);
  why.due = number_of(json_object_get(object, "d"));
  why.cycle = number_of(json_object_get(object, "c"));
  if (object) json_decref(object);
  return why;
}

void colour_why_recall(const struct row *problem, struct colour_facts *facts) {
  struct why why = why_of(problem);
  if (why.broken[0] == NOTHING || why.cycle != facts->cycle || colour_accepted(facts) > why.broken[2]) return;
  facts->broken_due = why.broken[0];
  facts->broken_on = why.broken[1];
  facts->broken_weight = why.broken[2];
}

void colour_why_notice(const struct row *problem, int64_t today, struct colour_facts *facts) {
  struct why why = why_of(problem);
  if (why.due == NOTHING || why.cycle != facts->cycle || facts->due == NOTHING) return;
  if (facts->due <= why.due || today <= why.due) return;
  if (facts->broken_due == NOTHING || today - why.due > facts->broken_on - facts->broken_due) {
    facts->broken_due = why.due;
    facts->broken_on = today;
  }
  facts->broken_weight = colour_accepted(facts);
}

struct judgement colour_of_row(const struct row *problem, int64_t now) {
  struct why why = why_of(problem);
  int64_t today = date_of_moment(now), rule = row_integer(problem, PROBLEM_COLOUR_RULE);
  struct judgement judgement = {.colour = row_integer(problem, PROBLEM_COLOUR),
                                .rule = rule,
                                .since = row_integer(problem, PROBLEM_COLOUR_SINCE),
                                .next = row_integer(problem, PROBLEM_COLOUR_NEXT),
                                .planned = row_integer(problem, PROBLEM_PLANNED)};
  if (judgement.colour == NOTHING || judgement.colour == COLOUR_NONE || rule == NOTHING)
    return (struct judgement){.colour = COLOUR_NONE, .rule = RULE_NOT_COUNTED, .since = judgement.since, .next = NOTHING,
                              .numbers = {NOTHING, NOTHING, NOTHING, NOTHING}, .planned = NOTHING};
  memcpy(judgement.numbers, why.numbers, sizeof judgement.numbers);
  judgement.next_colour = why.next[0] == NOTHING ? COLOUR_NONE : why.next[0];
  judgement.next_rule = why.next[1] == NOTHING ? RULE_NONE : why.next[1];
  if (!judgement.next_rule) judgement.next = NOTHING; /* then the row waits for the clock to walk it, not for another colour */
  if (counts_days(rule, why.numbers)) judgement.numbers[0] = days_anew(rule, why.numbers, today);
  if (judgement.numbers[0] != NOTHING && judgement.numbers[0] < 0) judgement.numbers[0] = 0; /* read before the clock judged it again */
  return judgement;
}
