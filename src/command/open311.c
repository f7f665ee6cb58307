/* bihuan open311: turns the GeoReport v2 server on for one campaign, or off. It is off until somebody does: taking appeals in from outside
   is the hotline's business first. */
#include "command/program.h"

#include <string.h>

#include "exchange/open311.h"

static int may_set(struct call *call) {
  int status = call_needs_account(call);
  if (status || call->authority.roles & (ROLE(ROLE_OFFICE) | ROLE(ROLE_CLOCK))) return status;
  return call_fail(call, EXIT_WRONG, (struct label){"Open311 由整改办开通。", "Open311 is turned on by the coordinating office."});
}

static int told(struct call *call, const char *what, int64_t campaign) {
  struct audit audit = {.moment = house_now(call->house),
                        .actor = call->authority.user,
                        .what = what,
                        .detail = arena_print(call->arena, "{\"campaign\":%lld}", (long long)campaign)};
  enum store_error error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static bool campaign_take(void *with, const struct row *row) {
  *(int64_t *)with = row->id;
  return false;
}

static int campaign_find(struct call *call, struct reader *reader, const char *code, int64_t *id) {
  struct value is = value_text(CAMPAIGN_CODE, code);
  struct condition coded = {.field = CAMPAIGN_CODE, .how = C_IS, .values = &is, .count = 1};
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .conditions = &coded, .condition_count = 1, .limit = 1, .expected = -1};
  *id = 0;
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, call->arena, campaign_take, id);
  if (error) return call_store_fail(call, error);
  return *id ? EXIT_DONE
             : call_fail(call, EXIT_WRONG,
                         label_print(call->arena, "没有代码为“%s”的专项工作。", "there is no campaign of the code \"%s\".", code));
}

static int on(struct call *call) {
  const char *code = call_option(call, "campaign");
  struct open311_settings settings = {.jurisdiction = call_option(call, "jurisdiction"), .batch = call_flag(call, "batch")};
  struct open311_services services = {0};
  struct reader *reader = NULL;
  int status = call_words(call, 1, 1) ? may_set(call) : EXIT_USE;
  if (!status && !code) status = call_usage(call, (struct label){"少了 --campaign 专项工作的代码。", "--campaign, the campaign's code, is missing."});
  if (status) return status;
  enum store_error error = store_reader(call->house->store, &reader);
  status = error ? call_store_fail(call, error) : campaign_find(call, reader, code, &settings.campaign);
  if (!status && (error = open311_services(reader, &settings, call->arena, &services))) status = call_store_fail(call, error);
  reader_release(reader);
  if (!status && (error = open311_settings_write(call->house->store, &settings, call->arena))) status = call_store_fail(call, error);
  if (!status) status = told(call, "open311_on", settings.campaign);
  if (!status)
    call_print(call, "已开通,对外受理 %lld 类(专项类别里勾选“对外受理”)。",
               "it is served, with %lld services (categories that are offered as a service).", (long long)services.count);
  return status;
}

static int show(struct call *call) {
  struct open311_settings settings;
  if (!call_words(call, 1, 1)) return EXIT_USE;
  enum store_error error = open311_settings_read(call->house->store, call->arena, &settings);
  if (error && error != STORE_ABSENT) return call_store_fail(call, error);
  struct call_json out;
  if (call->json) {
    struct json *json = call_json_open(call, &out);
    json_pair_yes_no(json, "on", !error);
    json_pair_integer(json, "campaign", settings.campaign);
    json_pair(json, "jurisdiction", settings.jurisdiction);
    json_pair_yes_no(json, "batch", settings.batch);
    call_json_close(call, &out);
  } else if (error) call_print(call, "没有开通。", "it is not served.");
  else
    call_print(call, "已开通:专项工作 %lld,jurisdiction_id %s,%s。", "it is served: campaign %lld, jurisdiction_id %s, %s.",
               (long long)settings.campaign, settings.jurisdiction ? settings.jurisdiction : "-",
               call_say(call, settings.batch ? (struct label){"先给 token", "a token first"}
                                             : (struct label){"当场给编号", "the number at once"}));
  return EXIT_DONE;
}

static int off(struct call *call) {
  int status = call_words(call, 1, 1) ? may_set(call) : EXIT_USE;
  enum store_error error = status ? STORE_OK : open311_settings_remove(call->house->store);
  if (error) return call_store_fail(call, error);
  if (!status) status = told(call, "open311_off", 0);
  if (!status) call_print(call, "已关闭。", "it is served no more.");
  return status;
}

int command_open311(struct call *call) {
  static const struct { const char *name; int (*run)(struct call *call); } WORDS[] = {{"on", on}, {"show", show}, {"off", off}};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS && call->argc; i++)
    if (strcmp(call->argv[0], WORDS[i].name) == 0) return WORDS[i].run(call);
  return call_usage(call, (struct label){"用法:open311 on、show 或 off。", "it is open311 on, show or off."});
}
