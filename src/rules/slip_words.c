/* The words of a correction slip: figures and values as people write them become the codes that frozen tables keep, and are told again in
   words. */
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "rules/figures.h"
#include "rules/slip_words.h"

static const struct field *field_of(const char *figure) { return record_field_named(record_type(RECORD_PROBLEM), figure); }
static bool is_state(const char *figure) { return strcmp(figure, "state") == 0; }
static bool called(struct label label, const char *given) {
  return (label.zh && strcmp(label.zh, given) == 0) || (label.en && strcmp(label.en, given) == 0);
}

static const struct figure_member *member_of(const char *figure) {
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++)
    if (strcmp(FIGURE_MEMBERS[i].name, figure) == 0) return &FIGURE_MEMBERS[i];
  return NULL;
}

struct label slip_figure_label(const char *figure) {
  const struct field *field = figure ? field_of(figure) : NULL;
  if (figure && is_state(figure)) return (struct label){"状态", "State"};
  return field ? field->label : (struct label){figure, figure};
}

const char *slip_figure(const char *given) {
  const struct figure_member *member = member_of(given);
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT && !member; i++)
    if (called(slip_figure_label(FIGURE_MEMBERS[i].name), given)) member = &FIGURE_MEMBERS[i];
  return member ? member->name : NULL;
}

/* "经济高质量发展、高水平改革开放": all that a choice may be. */
static struct label choices_told(struct arena *arena, const struct choice *choices) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  for (const struct choice *one = choices; one->name; one++) {
    buffer_print(&zh, "%s%s", one == choices ? "" : "、", one->label.zh);
    buffer_print(&en, "%s%s", one == choices ? "" : ", ", one->label.en);
  }
  return (struct label){zh.bytes, en.bytes};
}
static const char *choice_value(struct arena *arena, const struct choice *choices, const char *given, struct label *fits) {
  for (const struct choice *one = choices; one->name; one++)
    if (strcmp(one->name, given) == 0 || called(one->label, given)) return one->name;
  *fits = choices_told(arena, choices);
  return NULL;
}
static const char *state_value(const char *given, struct label *fits) {
  for (const struct state_name *one = record_type(RECORD_PROBLEM)->states; one->name; one++)
    if (strcmp(one->name, given) == 0 || called(one->label, given)) return one->name;
  *fits = (struct label){"问题的状态,如“整改中”", "a state of a problem, such as rectifying"};
  return NULL;
}

const char *slip_value(struct arena *arena, const char *figure, const char *given, struct label *fits) {
  const struct figure_member *member = member_of(figure);
  const struct field *field = field_of(figure);
  int64_t number;
  if (is_state(figure)) return state_value(given, fits);
  if (field && field->choices) return choice_value(arena, field->choices, given, fits);
  if (member && member->date) {
    *fits = (struct label){"日期,如 2026-06-30", "a date such as 2026-06-30"};
    return date_parse(given, &number) ? date_print(arena, number) : NULL;
  }
  *fits = (struct label){"整数", "a whole number"};
  return text_to_integer(given, &number) ? arena_print(arena, "%lld", (long long)number) : NULL;
}

struct label slip_value_label(const char *figure, const char *value) {
  const struct field *field = figure ? field_of(figure) : NULL;
  const struct choice *choice = field && field->choices && value ? field_choice_named(field, value) : NULL;
  const struct state_name *state = figure && is_state(figure) && value ? record_state_named(record_type(RECORD_PROBLEM), value) : NULL;
  return choice ? choice->label : state ? state->label : (struct label){value, value};
}
