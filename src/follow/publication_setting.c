/* What the portal must know beside problems: the city's name and its districts, whether appeals are taken in, how often an address may
   send, whom to seal for, the newest tree head. */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "follow/publication_parts.h"
#include "rules/policy.h"
#include "rules/demo_mark.h"

static enum store_error all_rows(struct publishing *publishing, enum record_id type, struct rows *rows) {
  struct query query = {.type = record_type(type), .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, rows_keep, rows);
}

static enum store_error units_of_kind(struct publishing *publishing, int64_t kind, struct rows *rows) {
  struct value value = value_integer(UNIT_KIND, kind);
  struct condition condition = {.field = UNIT_KIND, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(RECORD_UNIT),
                        .conditions = &condition,
                        .condition_count = 1,
                        .long_texts = true,
                        .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, rows_keep, rows);
}

static enum store_error districts(struct publishing *publishing) {
  struct rows rows = {.arena = publishing->arena};
  enum store_error error = units_of_kind(publishing, UNIT_KIND_DISTRICT, &rows);
  for (size_t i = 0; i < rows.count && !error; i++) {
    struct buffer body = {.arena = publishing->arena};
    struct json json = json_to(&body);
    int64_t order = row_integer(rows.items[i], UNIT_ORDER);
    json_open(&json, '{');
    json_pair(&json, "name", row_text(rows.items[i], UNIT_NAME));
    json_pair_integer(&json, "order", order == NOTHING ? 0 : order);
    if (row_text(rows.items[i], UNIT_OUTLINE)) json_pair(&json, "outline", row_text(rows.items[i], UNIT_OUTLINE));
    json_close(&json, '}');
    publishing_add(publishing, "district", arena_print(publishing->arena, "%lld", (long long)rows.items[i]->id),
                   rows.items[i]->voided ? NULL : body.bytes);
  }
  return error;
}

static void policy_write(struct json *json, int64_t campaign, int64_t from, const struct policy *policy) {
  json_open(json, '{');
  json_pair_integer(json, "campaign", campaign);
  json_pair_integer(json, "from", from);
  json_pair_yes_no(json, "appeals", policy->public_appeals == 1);
  json_pair_integer(json, "a_day", policy->public_a_day);
  json_pair_integer(json, "recheck_days", policy->recheck_days);
  json_close(json, '}');
}

/* Every policy with the day it begins: which one is in force today is the portal's to say. A campaign that has none yet has the default's
   numbers. */
static enum store_error policies_write(struct publishing *publishing, struct json *json) {
  struct rows campaigns = {.arena = publishing->arena}, rows = {.arena = publishing->arena};
  struct policy policy = policy_default();
  enum store_error error = all_rows(publishing, RECORD_CAMPAIGN, &campaigns);
  if (!error) error = all_rows(publishing, RECORD_POLICY, &rows);
  json_key(json, "policies");
  json_open(json, '[');
  for (size_t i = 0; i < campaigns.count && !error; i++) policy_write(json, campaigns.items[i]->id, 0, &policy);
  for (size_t i = 0; i < rows.count && !error; i++)
    if (rows.items[i]->state == FORCE_ACTIVE && policy_of_row(rows.items[i], publishing->arena, &policy))
      policy_write(json, row_integer(rows.items[i], POLICY_CAMPAIGN), policy.from, &policy);
  json_close(json, ']');
  return error;
}

/* Whose policy appeals go by: the first campaign's, and another's from each day on for which it was named (rules/policy.h). */
static enum store_error hotline_write(struct publishing *publishing, struct json *json) {
  struct rows rows = {.arena = publishing->arena};
  enum store_error error = all_rows(publishing, RECORD_CAMPAIGN, &rows);
  json_key(json, "hotline");
  json_open(json, '[');
  for (size_t i = 0; i < rows.count && !error; i++) {
    int64_t days[HOTLINE_DAYS_MOST + 1] = {0};
    size_t first = i == 0, count = first + hotline_days(rows.items[i], days + first);
    for (size_t k = 0; k < count; k++) {
      json_open(json, '{');
      json_pair_integer(json, "campaign", rows.items[i]->id);
      json_pair_integer(json, "from", days[k]);
      json_close(json, '}');
    }
  }
  json_close(json, ']');
  return error;
}

static enum store_error key_publish(struct publishing *publishing) {
  uint8_t key[PUBLIC_KEY_SIZE];
  enum store_error error = tree_public_key(publishing->house->store, key);
  if (!error)
    publishing_add(publishing, "key", "inner",
                   arena_print(publishing->arena, "{\"public_key\":\"%s\"}", hex_write(publishing->arena, key, sizeof key)));
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error publish_settings(struct publishing *publishing) {
  struct buffer body = {.arena = publishing->arena};
  struct json json = json_to(&body);
  struct rows cities = {.arena = publishing->arena};
  struct store_clock clock = {0};
  bool demo = false;
  enum store_error error = store_clock_read(publishing->house->store, &clock);
  if (!error) error = demo_mark(publishing->reader, &demo);
  if (!error) error = units_of_kind(publishing, UNIT_KIND_CITY, &cities);
  json_open(&json, '{');
  json_pair(&json, "city", cities.count ? row_text(cities.items[0], UNIT_NAME) : NULL);
  json_pair_yes_no(&json, "demo", demo);
  if (clock.simulated) json_pair_integer(&json, "ahead", clock.offset); /* of a test store: its portal lives on the same day */
  if (!error) error = policies_write(publishing, &json);
  if (!error) error = hotline_write(publishing, &json);
  json_close(&json, '}');
  publishing_add(publishing, "setting", "portal", body.bytes);
  if (!error) error = districts(publishing);
  return error ? error : key_publish(publishing);
}

/* The head over the journal as far as this is true, once it has been signed. */
enum store_error publish_head(struct publishing *publishing, int64_t number) {
  char key[24], *line = NULL;
  struct buffer body = {.arena = publishing->arena};
  struct json json = json_to(&body);
  snprintf(key, sizeof key, "%020" PRId64, number);
  enum store_error error = side_get(publishing->house->store, SIDE_TREE_HEAD, key, publishing->arena, &line);
  if (error) return error == STORE_ABSENT ? STORE_OK : error;
  json_open(&json, '{');
  json_pair(&json, "line", line);
  json_close(&json, '}');
  publishing_add(publishing, "head", "newest", body.bytes);
  return STORE_OK;
}
