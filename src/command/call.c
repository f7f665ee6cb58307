/* What the commands share: options, sentences, files, acting as somebody, and saying what went wrong. */
#include "command/program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *call_option(struct call *call, const char *name) { return words_option(&call->argc, call->argv, name); }
bool call_flag(struct call *call, const char *name) { return words_flag(&call->argc, call->argv, name); }
const char *call_say(const struct call *call, struct label label) { return label_in(label, call->language); }

const char *call_path(struct call *call, const char *path) {
  return *path == '/' ? path : arena_print(call->arena, "%s/%s", call->folder, path);
}

void call_print(struct call *call, const char *zh, const char *en, ...) {
  va_list arguments;
  va_start(arguments, en);
  const char *text = arena_vprint(call->arena, call->language == LANGUAGE_ZH ? zh : en, arguments);
  va_end(arguments);
  fprintf(call->out, "%s\n", text);
}

/* ---- JSON ---- */
struct json *call_json_open(struct call *call, struct call_json *out) {
  out->buffer = (struct buffer){.arena = call->arena};
  out->json = json_to(&out->buffer);
  json_open(&out->json, '{');
  return &out->json;
}

void call_json_close(struct call *call, struct call_json *out) {
  json_close(&out->json, '}');
  fprintf(call->out, "%s\n", out->buffer.bytes);
}

/* ---- failing ---- */
int call_fail(struct call *call, int status, struct label sentence) {
  fprintf(call->err, "bihuan: %s\n", call_say(call, sentence));
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "error", call_say(call, sentence));
    json_pair_integer(json, "status", status);
    call_json_close(call, &out);
  }
  return status;
}

int call_store_fail(struct call *call, enum store_error error) { return call_fail(call, EXIT_STORE, store_error_label(error)); }

bool call_words(struct call *call, int least, int most) {
  struct label wrong = {NULL, NULL};
  for (int i = 0; i < call->argc && !wrong.zh; i++)
    if (strncmp(call->argv[i], "--", 2) == 0)
      wrong = label_print(call->arena, "不认识选项“%s”,或它后面少了值。", "the option \"%s\" is unknown, or lacks its value.", call->argv[i]);
  if (!wrong.zh && call->argc < least) wrong = (struct label){"少了参数。", "something is missing."};
  if (!wrong.zh && call->argc > most) wrong = label_print(call->arena, "多了参数“%s”。", "\"%s\" is too much.", call->argv[most]);
  if (wrong.zh) call_usage(call, wrong);
  return !wrong.zh;
}

/* ---- the door ---- */
static void finding_print(struct call *call, const struct finding *finding) {
  const struct field *field = finding->type && finding->field ? record_field(finding->type, finding->field) : NULL;
  fprintf(call->err, "  %s%s%s\n", field ? call_say(call, field->label) : "", field ? ": " : "", call_say(call, finding->sentence));
}

int call_refused(struct call *call, const struct outcome *outcome) {
  struct label sentence = {"没有做成,原因如下。", "it was not done, for these reasons."};
  fprintf(call->err, "bihuan: %s\n", call_say(call, sentence));
  for (size_t i = 0; i < outcome->finding_count; i++) finding_print(call, &outcome->findings[i]);
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "error", call_say(call, sentence));
    json_key(json, "findings");
    json_open(json, '[');
    for (size_t i = 0; i < outcome->finding_count; i++) {
      const struct finding *finding = &outcome->findings[i];
      const struct field *field = finding->type && finding->field ? record_field(finding->type, finding->field) : NULL;
      json_open(json, '{');
      if (field) json_pair(json, "field", field->name);
      json_pair(json, "code", finding->code);
      json_pair(json, "sentence", call_say(call, finding->sentence));
      json_close(json, '}');
    }
    json_close(json, ']');
    call_json_close(call, &out);
  }
  return EXIT_WRONG;
}

int call_change(struct call *call, const struct authority *authority, const struct change *changes, size_t count, struct outcome *outcome) {
  struct context context = {.now = house_now(call->house),
                            .authority = authority,
                            .happened = NOTHING,
                            .channel = CHANNEL_COMMAND,
                            .contact_key = call->house->contact_key};
  enum store_error error = change_run(call->house->writer, &context, changes, count, call->arena, outcome);
  int status = EXIT_DONE;
  if (error) status = call_store_fail(call, error);
  else if (outcome->verdict > VERDICT_REPEATED) status = call_refused(call, outcome);
  return status;
}

/* ---- acting as somebody ---- */
int call_act_as(struct call *call, const char *account) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = authority_by_account(reader, account, house_now(call->house), call->arena, &call->authority);
  reader_release(reader);
  int status = EXIT_DONE;
  if (error == STORE_ABSENT)
    status = call_fail(call, EXIT_USE,
                       label_print(call->arena, "没有账号“%s”,或已停用。用 bihuan user list 看现有账号。",
                                   "there is no account \"%s\", or it is disabled. See bihuan user list.", account));
  else if (error) status = call_store_fail(call, error);
  return status;
}

int call_needs_account(struct call *call) {
  struct store_clock clock = {0};
  if (call->as) return EXIT_DONE; /* taken when the store was opened */
  enum store_error error = store_clock_read(call->house->store, &clock);
  if (error) return call_store_fail(call, error);
  if (clock.simulated) {
    struct reader *reader = NULL;
    struct authority office;
    error = store_reader(call->house->store, &reader);
    if (!error) error = authority_by_account(reader, DEMO_OFFICE, house_now(call->house), call->arena, &office);
    reader_release(reader);
    if (!error) { call->authority = office; call->as = DEMO_OFFICE; return EXIT_DONE; }
    if (error != STORE_ABSENT) return call_store_fail(call, error);
  }
  return call_usage(call, (struct label){"要说明以谁的身份做:加上 --as 账号。", "say as whom: add --as ACCOUNT."});
}

/* ---- files ---- */
static char *read_all(struct call *call, FILE *file, size_t *size) {
  struct buffer buffer = {.arena = call->arena};
  char block[65536];
  size_t got;
  while ((got = fread(block, 1, sizeof block, file)) > 0) buffer_add(&buffer, block, got);
  *size = buffer.size;
  if (!buffer.bytes) buffer_text(&buffer, "");
  return ferror(file) ? NULL : buffer.bytes;
}

char *call_read_file(struct call *call, const char *path, size_t *size) {
  bool standard = strcmp(path, "-") == 0;
  FILE *file = standard ? call->in : fopen(call_path(call, path), "rb");
  char *bytes = file ? read_all(call, file, size) : NULL;
  if (!bytes)
    call_fail(call, EXIT_USE, label_print(call->arena, "读不了文件“%s”:%s。", "cannot read the file \"%s\": %s.", path, strerror(errno)));
  if (file && !standard) fclose(file);
  return bytes;
}
