/* The declarations hold together: codes are unique, arrows lead from and to declared states, what they name exists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "records/record.h"

#define EACH_TYPE(type) for (size_t at_ = 0; at_ < SCHEMA.count; at_++) for (const struct record_type *type = SCHEMA.types[at_]; type; type = NULL)

static void codes_and_names_of_fields_are_unique(void **state) {
  EACH_TYPE(type)
    for (size_t i = 0; i < type->field_count; i++)
      for (size_t k = i + 1; k < type->field_count; k++) {
        assert_int_not_equal(type->fields[i].id, type->fields[k].id);
        assert_string_not_equal(type->fields[i].name, type->fields[k].name);
      }
}
static void every_label_is_there_in_both_languages(void **state) {
  EACH_TYPE(type) {
    assert_non_null(type->label.zh), assert_non_null(type->label.en), assert_non_null(type->label_plural.zh);
    for (size_t i = 0; i < type->field_count; i++) assert_non_null(type->fields[i].label.zh), assert_non_null(type->fields[i].label.en);
    for (size_t i = 0; i < type->transition_count; i++)
      assert_non_null(type->transitions[i].label.zh), assert_non_null(type->transitions[i].label.en);
  }
}
static void choices_and_references_have_their_targets(void **state) {
  EACH_TYPE(type)
    for (size_t i = 0; i < type->field_count; i++) {
      const struct field *field = &type->fields[i];
      if (field->type == F_CHOICE || field->type == F_CHOICES) assert_non_null(field->choices);
      if (field->type == F_REFERENCE || field->type == F_REFERENCES) assert_non_null(record_type(field->target));
      if (field->type == F_CHOICE && field->has_preset) assert_non_null(field_choice(field, field->preset));
      if (field->flags & FIELD_TALLIED) assert_true(field->flags & FIELD_LISTED);
    }
}
static void arrows_lead_between_declared_states_and_are_unique(void **state) {
  EACH_TYPE(type)
    for (size_t i = 0; i < type->transition_count; i++) {
      const struct transition *arrow = &type->transitions[i];
      if (arrow->from) assert_non_null(record_state(type, arrow->from));
      if (arrow->to) assert_non_null(record_state(type, arrow->to));
      assert_string_not_equal(action_name(arrow->action), "unknown");
      assert_true(arrow->roles != 0);
      for (size_t k = 0; k < 6; k++)
        if (arrow->asks[k]) assert_non_null(record_field(type, arrow->asks[k]));
      for (size_t k = i + 1; k < type->transition_count; k++)
        assert_false(arrow->from == type->transitions[k].from && arrow->action == type->transitions[k].action);
    }
}
static void every_state_but_the_last_ones_can_be_left(void **state) {
  EACH_TYPE(type)
    for (const struct state_name *name = type->states; name && name->name && name->code < FORCE_ACTIVE; name++) {
      bool left = name->end;
      for (size_t i = 0; i < type->transition_count; i++) left |= type->transitions[i].from == name->code;
      assert_true(left);
    }
}
static void what_a_type_names_of_its_fields_exists(void **state) {
  EACH_TYPE(type) {
    assert_non_null(record_field(type, type->title));
    if (type->parent) assert_non_null(record_field(type, type->parent));
    if (type->secrecy) assert_non_null(record_field(type, type->secrecy));
    for (size_t i = 0; i < 4 && type->holders[i].field; i++) assert_non_null(record_field(type, type->holders[i].field));
    for (size_t i = 0; i < type->sort_count; i++) assert_true(type->sorts[i] >= FIELD_ID || record_field(type, type->sorts[i]));
    if (!type->turn) continue;
    const struct field *field = record_field(type, type->turn->field), *then = record_field(type, type->turn->then);
    assert_true(field && field->type == F_CHOICE && (field->flags & FIELD_LISTED) && then && !field_is_text(then) &&
                (then->flags & FIELD_LISTED));
    for (const struct choice *choice = field->choices; choice->name; choice++)
      assert_true(turn_place(type->turn, &(struct value){.kind = VALUE_INTEGER, .integer = choice->code}) < type->turn->count);
  }
}
/* An approval says of which type it is: two people could not agree on what has no name there. */
static void what_two_people_do_together_can_be_named_by_an_approval(void **state) {
  const struct field *type = record_field(record_type(RECORD_APPROVAL), APPROVAL_TYPE);
  for (size_t t = 0; t < SCHEMA.count; t++)
    if (SCHEMA.types[t]->together && !field_choice(type, SCHEMA.types[t]->id)) fail_msg("RECORD_CHOICES lacks %s", SCHEMA.types[t]->name);
}

/* Nothing waits for nobody: where an arrow of people leads on, the type says how their tasks tell it (record.h). */
static void what_waits_for_somebody_is_told_among_his_tasks(void **state) {
  EACH_TYPE(type) {
    bool waits = false;
    for (size_t i = 0; i < type->transition_count; i++) {
      const struct transition *arrow = &type->transitions[i];
      const struct state_name *from = arrow->from ? record_state(type, arrow->from) : NULL;
      waits |= from && !from->end && (arrow->roles & ROLES_ALL) && action_waits(arrow->action);
    }
    if (waits && type->waits == WAITS_UNSAID) fail_msg("%s waits for somebody: say by .waits how his tasks tell it", type->name);
    if (!waits && type->waits != WAITS_UNSAID) fail_msg("%s waits for nobody, yet says that it does", type->name);
    if (type->due) assert_int_equal(record_field(type, type->due)->type, F_DATE);
    if (type->awaited) assert_non_null(record_state(record_type(record_field(type, type->parent)->target), type->awaited));
  }
}

static void nobody_holds_an_administrators_role_in_business(void **state) {
  assert_int_equal(ROLES_BUSINESS & ROLES_ADMINISTRATORS, 0);
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  for (size_t i = 0; i < problem->permission_count; i++) assert_int_equal(problem->permissions[i].roles & ROLES_ADMINISTRATORS, 0);
}
static void a_row_keeps_what_is_set_and_copies_deeply(void **state) {
  struct arena *arena = arena_new();
  struct row *row = row_new(arena, record_type(RECORD_PROBLEM));
  int64_t units[] = {4, 2};
  char title[] = "车库";
  row_set_text(row, PROBLEM_TITLE, title);
  row_set_integer(row, PROBLEM_DUE, 20000);
  struct value joint = value_many(PROBLEM_JOINT_UNITS, units, 2);
  row_set(row, &joint);
  struct row *copy = row_copy(arena, row);
  title[0] = 'x', units[0] = 9;
  assert_string_equal(row_text(copy, PROBLEM_TITLE), "车库");
  assert_int_equal(row_value(copy, PROBLEM_JOINT_UNITS)->many[0], 4);
  assert_int_equal(row_integer(copy, PROBLEM_DUE), 20000);
  assert_true(row_integer(copy, PROBLEM_OWNER) == NOTHING);
  row_set_text(copy, PROBLEM_TITLE, "");
  assert_null(row_text(copy, PROBLEM_TITLE));
  arena_free(arena);
}

static void no_form_offers_a_role_that_nobody_is_given(void **state) {
  (void)state;
  size_t offered = 0;
  for (const struct choice *role = record_field(record_type(RECORD_GRANT), GRANT_ROLE)->choices; role->name; role++) {
    if (!role->retired != ((ROLE(role->code) & ROLES_ALL) != 0)) fail_msg("%s is %soffered", role->name, role->retired ? "not " : "");
    offered += !role->retired;
  }
  assert_true(offered > 10);
}
int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(codes_and_names_of_fields_are_unique),
                                     cmocka_unit_test(every_label_is_there_in_both_languages),
                                     cmocka_unit_test(choices_and_references_have_their_targets),
                                     cmocka_unit_test(arrows_lead_between_declared_states_and_are_unique),
                                     cmocka_unit_test(every_state_but_the_last_ones_can_be_left),
                                     cmocka_unit_test(what_a_type_names_of_its_fields_exists),
                                     cmocka_unit_test(what_two_people_do_together_can_be_named_by_an_approval),
                                     cmocka_unit_test(what_waits_for_somebody_is_told_among_his_tasks),
                                     cmocka_unit_test(nobody_holds_an_administrators_role_in_business),
                                     cmocka_unit_test(no_form_offers_a_role_that_nobody_is_given),
                                     cmocka_unit_test(a_row_keeps_what_is_set_and_copies_deeply)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
