/* How somebody wants to be reached beside the inbox: his own choice, changed by himself. The change is journalled as his. */
#include "web/json_out.h"

static const struct field *channels_field(void) { return record_field(record_type(RECORD_USER), USER_CHANNELS); }

static enum store_error user_read(struct request *request, struct row **user) {
  return reader_get(request->reader, record_type(RECORD_USER), &SCOPE_SYSTEM, request->authority->user, request->arena, user);
}

void channels_show(struct request *request) {
  struct row *user = NULL;
  if (!request_head(request)) return;
  enum store_error error = user_read(request, &user);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  int64_t chosen = row_integer(user, USER_CHANNELS);
  const char *address = row_text(user, USER_EMAIL);
  struct json *json = out_open(request);
  json_key(json, "channels");
  json_open(json, '[');
  for (const struct choice *choice = channels_field()->choices; choice->name; choice++) {
    json_open(json, '{');
    json_pair(json, "name", choice->name);
    json_pair(json, "label", request_label(request, choice->label));
    json_pair_yes_no(json, "chosen", chosen == NOTHING || (chosen >> choice->code & 1));
    json_close(json, '}');
  }
  json_close(json, ']');
  json_pair_yes_no(json, "has_address", address && *address);
  out_close(request, 200);
}

/* {"channels":["mail"]} → bits; false: one is not known, or it is no list of names. */
static bool channels_read(json_t *body, int64_t *bits) {
  json_t *list = json_object_get(body, "channels"), *item;
  size_t i;
  *bits = 0;
  if (!json_is_array(list)) return false;
  json_array_foreach(list, i, item) {
    const struct choice *choice = json_is_string(item) ? field_choice_named(channels_field(), json_string_value(item)) : NULL;
    if (!choice) return false;
    *bits |= INT64_C(1) << choice->code;
  }
  return true;
}

void channels_choose(struct request *request) {
  struct authority own = AUTHORITY_SYSTEM; /* accounts are the administrator's to edit, but for this one field of one's own */
  struct context context = {.now = request_now(request), .authority = &own, .happened = NOTHING, .channel = CHANNEL_API};
  struct outcome outcome = {0};
  json_t *body = request_body(request);
  int64_t bits = 0;
  if (!body) return;
  if (!channels_read(body, &bits)) {
    answer_problem(request, 400, "malformed",
                   (struct label){"channels 应是名称的列表，如 [\"mail\"] 或 []。",
                                  "channels must be a list of names such as [\"mail\"], or []."});
    return;
  }
  own.user = request->authority->user;
  struct value value = value_integer(USER_CHANNELS, bits);
  struct change change =
      {.type = record_type(RECORD_USER), .id = own.user, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &value, .value_count = 1};
  enum store_error error = change_run(request->house->writer, &context, &change, 1, request->arena, &outcome);
  if (error) answer_store_error(request, error);
  else if (outcome.verdict > VERDICT_REPEATED)
    answer_problem(request, 409, "not_now",
                   outcome.finding_count ? outcome.findings[0].sentence : (struct label){"没有改成。", "it was not changed."});
  else answer_empty(request, 204);
}
