/* Query strings: `field=a,b`, `field.not=`, `.lt .le .gt .ge .below`, `sort=-due`, `limit=`, `after=`, `q=`, `unit=`, `ids=`, `by=`.
   A name that is not there is refused with the names that are possible; every other problem too, all at once. */
#include "web/query.h"

#include "rules/colour.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define VALUES_MOST 200
#define WORDS_MOST 200

static const struct { uint16_t id; const char *name; enum field_type type; } SYSTEM_FIELDS[] = {
  {FIELD_ID, "id", F_INTEGER}, {FIELD_VERSION, "version", F_INTEGER}, {FIELD_STATE, "state", F_CHOICE}, {FIELD_CREATED, "created", F_MOMENT},
  {FIELD_CHANGED, "changed", F_MOMENT}, {FIELD_ENTRY, "entry", F_INTEGER}, {FIELD_VOIDED, "voided", F_YES_NO}};
#define SYSTEM_COUNT (sizeof SYSTEM_FIELDS / sizeof *SYSTEM_FIELDS)

/* Names of the fields that every record has; 0 when it is none. */
static uint16_t system_field_named(const char *name) {
  for (size_t i = 0; i < SYSTEM_COUNT; i++)
    if (strcmp(SYSTEM_FIELDS[i].name, name) == 0) return SYSTEM_FIELDS[i].id;
  return 0;
}

const char *field_name_of(const struct record_type *type, uint16_t id) {
  const struct field *field = record_field(type, id);
  for (size_t i = 0; !field && i < SYSTEM_COUNT; i++)
    if (SYSTEM_FIELDS[i].id == id) return SYSTEM_FIELDS[i].name;
  return field ? field->name : NULL;
}

/* ---- one condition ---- */

struct reading {
  struct arena *arena;
  struct issues *issues;
  const struct authority *authority;
  const struct record_type *type;
  struct listing *listing;
  size_t limit_most;
};

/* A problem's colour rule is told as a sentence and asked for by its permanent name. */
static bool named_rule(const struct record_type *type, uint16_t id) { return type->id == RECORD_PROBLEM && id == PROBLEM_COLOUR_RULE; }

/* Listed fields, and those that an index or a parent makes cheap. */
static bool filterable(const struct reading *reading, const struct field *field) {
  const struct record_type *type = reading->type;
  if ((field->flags & (FIELD_RETIRED | FIELD_HIDDEN)) || field->type == F_CONTACT || field->type == F_LONG_TEXT || field->type == F_POINT)
    return false;
  if (reading->authority && !field_readable(reading->authority, field)) return false;
  if (field->flags & (FIELD_LISTED | FIELD_TALLIED | FIELD_UNIQUE)) return true;
  if (field->type == F_REFERENCES || field->id == type->parent || field->id == type->title) return true;
  for (size_t i = 0; i < type->index_count; i++)
    if (type->indexes[i][0] == field->id) return true;
  for (size_t i = 0; i < type->sort_count; i++)
    if (type->sorts[i] == field->id) return true;
  return false;
}

static void unknown_name(struct reading *reading, const char *name) {
  const char *names[200] = {"q", "sort", "limit", "after", "ids", "unit"};
  size_t count = 6;
  for (size_t i = 0; i < SYSTEM_COUNT; i++) names[count++] = SYSTEM_FIELDS[i].name;
  for (size_t i = 0; i < reading->type->field_count && count < 200; i++)
    if (filterable(reading, &reading->type->fields[i]) || named_rule(reading->type, reading->type->fields[i].id))
      names[count++] = reading->type->fields[i].name;
  reading->issues->unknown_name = true;
  issue_add(reading->issues, 0, name, "unknown_name",
            label_print(reading->arena, "不能按“%s”筛选，可用：%s。", "cannot filter by \"%s\"; possible: %s.", name,
                        nearest_names(reading->arena, name, names, count)));
}

static bool state_value(struct reading *reading, const char *text, struct value *value, struct label *expected) {
  const struct state_name *state = record_state_named(reading->type, text);
  struct buffer names = {.arena = reading->arena};
  if (state) {
    *value = value_integer(FIELD_STATE, state->code);
    return true;
  }
  for (state = reading->type->states; state && state->name; state++) buffer_print(&names, "%s%s", names.size ? ", " : "", state->name);
  *expected = label_print(reading->arena, "应是下列状态之一：%s", "one of these states: %s", names.size ? names.bytes : "");
  return false;
}

static bool rule_value(struct reading *reading, const char *text, struct value *value, struct label *expected) {
  struct buffer names = {.arena = reading->arena};
  int64_t rule = colour_rule_named(text);
  *value = value_integer(PROBLEM_COLOUR_RULE, rule);
  if (rule != RULE_NONE) return true;
  for (rule = 1; rule < RULE_COUNT; rule++)
    if (colour_rule_name(rule)) buffer_print(&names, "%s%s", names.size ? ", " : "", colour_rule_name(rule));
  *expected = label_print(reading->arena, "应是下列颜色规则之一：%s", "one of these colour rules: %s", names.bytes);
  return false;
}

static bool text_value(struct reading *reading, uint16_t id, const char *text, struct value *value, struct label *expected) {
  const struct field *field = record_field(reading->type, id);
  struct field system = {.id = id};
  if (id == FIELD_STATE) return state_value(reading, text, value, expected);
  if (named_rule(reading->type, id)) return rule_value(reading, text, value, expected);
  for (size_t i = 0; !field && i < SYSTEM_COUNT; i++)
    if (SYSTEM_FIELDS[i].id == id) system.type = SYSTEM_FIELDS[i].type;
  return value_from_text(reading->arena, field ? field : &system, text, value, expected);
}

static const struct { const char *suffix; enum comparison how; bool ordered; } OPERATORS[] = {
  {"", C_IS, false}, {"not", C_IS_NOT, false}, {"lt", C_LESS, true}, {"le", C_AT_MOST, true}, {"gt", C_MORE, true}, {"ge", C_AT_LEAST, true}, {"below", C_IN, false}};

static bool ordered_type(enum field_type type) {
  return type == F_INTEGER || type == F_DECIMAL || type == F_MONEY || type == F_DATE || type == F_MOMENT || type == F_WEIGHT;
}

/* `a,b,c` into values. Texts may hold commas only where one value is asked for. */
static void values_of(struct reading *reading, const char *name, uint16_t id, const char *text, bool several, struct condition *condition) {
  size_t most = several ? VALUES_MOST : 1;
  struct value *values = ARENA_ARRAY(reading->arena, struct value, most);
  condition->values = values;
  for (const char *part = text; part; part = several ? strchr(part, ',') : NULL) {
    struct label expected = {0};
    if (part != text) part++;
    char *one = arena_copy(reading->arena, part, several ? strcspn(part, ",") : strlen(part));
    if (condition->count == most) {
      issue_add(reading->issues, 0, name, "too_many",
                label_print(reading->arena, "“%s”最多 %d 个值。", "\"%s\" takes at most %d values.", name, VALUES_MOST));
      return;
    }
    if (text_value(reading, id, one, &values[condition->count], &expected)) condition->count++;
    else
      issue_add(reading->issues, 0, name, "wrong_value",
                (struct label){arena_print(reading->arena, "“%s”的值“%s”不对：%s。", name, one, expected.zh),
                               arena_print(reading->arena, "the value \"%s\" of \"%s\" is wrong: %s.", one, name, expected.en)});
  }
}

static void condition_read(struct reading *reading, const struct pair *pair) {
  struct listing *listing = reading->listing;
  size_t operator = 0, size = strcspn(pair->name, ".");
  char *name = arena_copy(reading->arena, pair->name, size);
  const char *suffix = pair->name[size] ? pair->name + size + 1 : "";
  const struct field *field = record_field_named(reading->type, name);
  uint16_t id = field ? field->id : system_field_named(name);
  bool refers = field && (field->type == F_REFERENCE || field->type == F_REFERENCES) && field->target == RECORD_UNIT;
  while (operator < sizeof OPERATORS / sizeof *OPERATORS && strcmp(OPERATORS[operator].suffix, suffix) != 0) operator++;
  if ((field && !filterable(reading, field) && !named_rule(reading->type, id)) || !id || (id == FIELD_STATE && !reading->type->states)) {
    unknown_name(reading, pair->name);
    return;
  }
  bool known = operator < sizeof OPERATORS / sizeof *OPERATORS, below = known && OPERATORS[operator].how == C_IN;
  bool ordered = field ? ordered_type(field->type) && !named_rule(reading->type, id) : id != FIELD_STATE && id != FIELD_VOIDED;
  if (!known || (below && !refers) || (OPERATORS[operator].ordered && !ordered)) {
    reading->issues->unknown_name = true;
    issue_add(reading->issues, 0, pair->name, "unknown_operator",
              label_print(reading->arena, "“%s”不能用“.%s”，可用：.not%s%s。", "\"%s\" does not take \".%s\"; possible: .not%s%s.", name,
                          suffix, ordered ? " .lt .le .gt .ge" : "", refers ? " .below" : ""));
    return;
  }
  if (listing->query.condition_count == CONDITIONS_MOST) {
    issue_add(reading->issues, 0, pair->name, "too_many",
              label_print(reading->arena, "条件太多，最多 %d 个。", "too many conditions; at most %d.", CONDITIONS_MOST));
    return;
  }
  struct condition *condition = &listing->conditions[listing->query.condition_count];
  *condition = (struct condition){.field = id, .how = OPERATORS[operator].how};
  listing->below[listing->query.condition_count++] = below;
  if (!*suffix && strcmp(pair->value, "none") == 0) condition->how = C_EMPTY;
  else if (!*suffix && strcmp(pair->value, "any") == 0) condition->how = C_FILLED;
  else values_of(reading, pair->name, id, pair->value, !OPERATORS[operator].ordered && !(field && field->type == F_TEXT), condition);
  if (field && (field->type == F_REFERENCES || field->type == F_CHOICES) && condition->how == C_IS) condition->how = C_HAS;
  if (id == FIELD_VOIDED) listing->query.with_voided = true;
}

/* ---- the arguments that are no conditions ---- */

static void read_words(struct reading *reading, const char *text) {
  if (text_length(text) > WORDS_MOST)
    issue_add(reading->issues, 0, "q", "too_long",
              label_print(reading->arena, "查找词最多 %d 字。", "the words to look for have at most %d characters.", WORDS_MOST));
  else if (*text) reading->listing->words = text;
}

static bool sortable(const struct reading *reading, const struct field *field) {
  return filterable(reading, field) && field->type != F_REFERENCES && field->type != F_CHOICES;
}

static void read_sort(struct reading *reading, const char *text) {
  struct query *query = &reading->listing->query;
  const char *name = *text == '-' ? text + 1 : text;
  const struct field *field = record_field_named(reading->type, name);
  uint16_t id = field ? field->id : system_field_named(name);
  query->descending = *text == '-';
  query->sort = id;
  if (id && (!field || sortable(reading, field))) return;
  const char *names[200] = {"id", "created", "changed", "state"};
  size_t count = 4;
  for (size_t i = 0; i < reading->type->field_count && count < 200; i++)
    if (sortable(reading, &reading->type->fields[i])) names[count++] = reading->type->fields[i].name;
  reading->issues->unknown_name = true;
  issue_add(reading->issues, 0, "sort", "unknown_name",
            label_print(reading->arena, "不能按“%s”排序，可用：%s。", "cannot sort by \"%s\"; possible: %s.", name,
                        nearest_names(reading->arena, name, names, count)));
}

static void read_limit(struct reading *reading, const char *text) {
  int64_t limit, most = (int64_t)reading->limit_most;
  if (text_to_integer(text, &limit) && limit >= 1 && limit <= most) reading->listing->query.limit = (size_t)limit;
  else
    issue_add(reading->issues, 0, "limit", "wrong_value",
              label_print(reading->arena, "limit 应是 1 到 %lld 的整数。", "limit must be an integer from 1 to %lld.", (long long)most));
}

static void read_after(struct reading *reading, const char *text) { if (*text) reading->listing->after = text; }

static void read_unit(struct reading *reading, const char *text) {
  if (!text_to_integer(text, &reading->listing->unit) || reading->listing->unit <= 0 || !reading->type->holders[0].field)
    issue_add(reading->issues, 0, "unit", "wrong_value",
              (struct label){"unit 应是单位的 id，且只用于有牵头单位的记录。",
                             "unit must be a unit's id, and only where records have a lead unit."});
}

static void read_ids(struct reading *reading, const char *text) {
  struct condition ids = {.field = FIELD_ID};
  values_of(reading, "ids", FIELD_ID, text, true, &ids);
  int64_t *kept = ARENA_ARRAY(reading->arena, int64_t, ids.count + 1);
  for (size_t i = 0; i < ids.count; i++) kept[i] = ids.values[i].integer;
  reading->listing->query.ids = kept;
  reading->listing->query.id_count = ids.count;
  reading->listing->query.only_ids = true;
}

static void read_by(struct reading *reading, const char *text) {
  struct listing *listing = reading->listing;
  for (const char *part = text; part; part = strchr(part, ',')) {
    if (part != text) part++;
    char *name = arena_copy(reading->arena, part, strcspn(part, ","));
    const struct field *field = record_field_named(reading->type, name);
    uint16_t id = field && filterable(reading, field) && field->type != F_REFERENCES ? field->id
                  : strcmp(name, "state") == 0                                       ? FIELD_STATE
                                                                                     : 0;
    if (!id) unknown_name(reading, name);
    else if (listing->by_count == 6) {
      issue_add(reading->issues, 0, "by", "too_many", (struct label){"最多按 6 个字段统计。", "tallies go by at most 6 fields."});
      return;
    } else listing->by[listing->by_count++] = id;
  }
}

/* Groups are no fields: a view in memory knows who is in one (follow/groups.h). */
static void read_group(struct reading *reading, const char *name, const char *text, int64_t *group) {
  if (reading->type->id != RECORD_APPEAL) unknown_name(reading, name);
  else if (!text_to_integer(text, group) || *group <= 0)
    issue_add(reading->issues, 0, name, "wrong_value",
              label_print(reading->arena, "%s 应是一件诉求的 id。", "%s must be the id of an appeal.", name));
}
static void read_event(struct reading *reading, const char *text) { read_group(reading, "event", text, &reading->listing->event); }
static void read_class(struct reading *reading, const char *text) { read_group(reading, "class", text, &reading->listing->class); }

/* Numbers that may be added up and that this person may see. */
static void read_sum(struct reading *reading, const char *text) {
  struct listing *listing = reading->listing;
  for (const char *part = text; part; part = strchr(part, ',')) {
    if (part != text) part++;
    const struct field *field = record_field_named(reading->type, arena_copy(reading->arena, part, strcspn(part, ",")));
    bool adds = field && (field->type == F_INTEGER || field->type == F_MONEY || field->type == F_DECIMAL) &&
                !(field->flags & (FIELD_RETIRED | FIELD_HIDDEN)) && (!reading->authority || field_readable(reading->authority, field));
    if (!adds || listing->sum_count == sizeof listing->sums / sizeof *listing->sums) {
      issue_add(reading->issues, 0, "sum", "wrong_value",
                (struct label){"sum 应是这类记录的数量或金额字段，最多 8 个。",
                               "sum names counts or amounts of these records, at most 8."});
      return;
    }
    listing->sums[listing->sum_count++] = field->id;
  }
}

static void read_full(struct reading *reading, const char *text) { reading->listing->full = strcmp(text, "1") == 0; }
static void read_total(struct reading *reading, const char *text) { reading->listing->total = strcmp(text, "1") == 0; }
static void read_nothing(struct reading *reading, const char *text) { (void)reading; (void)text; }

static const struct { const char *name; void (*read)(struct reading *reading, const char *text); } ARGUMENTS[] = {
  {"limit", read_limit}, {"q", read_words}, {"sort", read_sort}, {"after", read_after}, {"unit", read_unit}, {"event", read_event}, {"class", read_class}, {"ids", read_ids}, {"by", read_by}, {"sum", read_sum},
  {"full", read_full}, {"total", read_total}, {"lang", read_nothing}, {"form", read_nothing} /* of an export */};
#define ARGUMENT_COUNT (sizeof ARGUMENTS / sizeof *ARGUMENTS)

bool listing_read(struct arena *arena, struct issues *issues, const struct authority *authority, const struct record_type *type,
                  const struct pair *pairs, size_t count, size_t limit_usual, size_t limit_most, struct listing *listing) {
  struct reading reading = {arena, issues, authority, type, listing, limit_most};
  *listing = (struct listing){.query = {.type = type, .limit = limit_usual, .expected = -1}};
  listing->query.conditions = listing->conditions;
  size_t before = issues->count;
  for (size_t i = 0; i < count; i++) {
    size_t known = 0;
    while (known < ARGUMENT_COUNT && strcmp(ARGUMENTS[known].name, pairs[i].name) != 0) known++;
    if (known < ARGUMENT_COUNT) ARGUMENTS[known].read(&reading, pairs[i].value);
    else condition_read(&reading, &pairs[i]);
  }
  if (!listing->query.sort) {
    listing->query.sort = FIELD_ID;
    listing->query.descending = true;
  }
  return issues->count == before;
}

/* ---- cursors ---- */

#define CURSOR_VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

const struct in_turn *query_turn(const struct query *query) {
  return query->type->turn && query->type->turn->field == query->sort ? query->type->turn : NULL;
}

/* "n" is none, "i" an integer, "t" a text, which goes to the end. */
static const char *cursor_value(struct arena *arena, const struct query *query, uint16_t id, const struct row *row) {
  const struct field *field = record_field(query->type, id);
  if (field && field_is_text(field)) return row_text(row, id) ? arena_print(arena, "t%s", row_text(row, id)) : "n";
  return row_integer(row, id) == NOTHING ? "n" : arena_print(arena, "i%lld", (long long)row_integer(row, id));
}

char *cursor_print(struct arena *arena, const struct query *query, int64_t epoch, const struct row *last) {
  const struct in_turn *turn = query_turn(query);
  char *plain = arena_print(arena, "1 %u %u %u %lld %lld %s%s%s", query->type->id, query->sort, query->descending, (long long)epoch,
                            (long long)last->id, cursor_value(arena, query, query->sort, last), turn ? " " : "",
                            turn ? cursor_value(arena, query, turn->then, last) : "");
  size_t size = strlen(plain), room = sodium_base64_ENCODED_LEN(size, CURSOR_VARIANT);
  char *cursor = arena_alloc(arena, room);
  return sodium_bin2base64(cursor, room, (const unsigned char *)plain, size, CURSOR_VARIANT);
}

static bool cursor_value_read(const struct query *query, uint16_t id, const char *text, struct value *value) {
  const struct field *field = record_field(query->type, id);
  bool texts = field && field_is_text(field);
  *value = value_nothing(id);
  if (*text == 't' && texts) *value = value_text(id, text + 1);
  else if (*text == 'i' && !texts) {
    *value = value_integer(id, 0);
    return text_to_integer(text + 1, &value->integer);
  } else return *text == 'n' && !text[1];
  return true;
}

/* The value, or in turn two of them. */
static bool cursor_values_read(struct query *query, char *text) {
  const struct in_turn *turn = query_turn(query);
  char *then = turn ? strchr(text, ' ') : NULL;
  if (turn && !then) return false;
  if (then) *then++ = 0;
  return cursor_value_read(query, query->sort, text, &query->after) &&
         (!turn || cursor_value_read(query, turn->then, then, &query->after_then));
}

bool cursor_read(struct arena *arena, const char *text, int64_t epoch, struct query *query) {
  size_t room = strlen(text) + 1, size = 0;
  char *plain = arena_alloc(arena, room);
  unsigned version, type, sort, descending;
  long long of_epoch, id;
  int at = 0;
  if (room > 2000 || sodium_base642bin((unsigned char *)plain, room - 1, text, room - 1, NULL, &size, NULL, CURSOR_VARIANT)) return false;
  if (!text_valid(plain, size)) return false;
  plain[size] = 0;
  if (sscanf(plain, "%u %u %u %u %lld %lld %n", &version, &type, &sort, &descending, &of_epoch, &id, &at) != 6 || !at) return false;
  if (version != 1 || type != query->type->id || sort != query->sort || (descending != 0) != query->descending || of_epoch != epoch ||
      id <= 0)
    return false;
  if (!cursor_values_read(query, plain + at)) return false;
  query->after_id = id;
  query->has_after = true;
  return true;
}
