/* Open311 GeoReport v2: a request comes in, as a form (application/x-www-form-urlencoded), with an api_key. It goes through the door as any
   appeal from elsewhere does: internal, not public, its contact sealed. What the form says wrong is told at once, all of it. */
#include <stdio.h>
#include <string.h>

#include "web/open311.h"

#define FIELDS_MOST 400
#define DESCRIPTION_MOST 4000 /* of the standard */

/* ---- the form ---- */

struct form_field { const char *name, *value; };
struct form { struct form_field *fields; size_t count; };

static int hex(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  letter |= 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* A text of the form; NULL: it is not UTF-8, or holds U+0000. */
static char *form_text(struct arena *arena, const char *from, size_t size) {
  char *text = arena_copy(arena, from, size), *out = text;
  for (size_t i = 0; i < size; i++) {
    /* behind its end stands a NUL, which is no digit */
    int high = text[i] == '%' ? hex(text[i + 1]) : -1, low = high < 0 ? -1 : hex(text[i + 2]);
    if (low >= 0) *out++ = (char)(high << 4 | low), i += 2;
    else *out++ = text[i] == '+' ? ' ' : text[i];
  }
  size_t length = (size_t)(out - text);
  *out = 0;
  return text_valid(text, length) && strlen(text) == length ? text : NULL;
}

static bool posted_read(struct request *request, struct form *form) {
  const char *at = request->body.size ? request->body.bytes : "", *end = at + request->body.size;
  *form = (struct form){.fields = ARENA_ARRAY(request->arena, struct form_field, FIELDS_MOST)};
  while (at < end) {
    const char *stop = memchr(at, '&', (size_t)(end - at)), *equals;
    if (!stop) stop = end;
    equals = memchr(at, '=', (size_t)(stop - at));
    if (!equals) equals = stop;
    struct form_field field = {form_text(request->arena, at, (size_t)(equals - at)),
                               equals < stop ? form_text(request->arena, equals + 1, (size_t)(stop - equals - 1)) : ""};
    if (form->count == FIELDS_MOST || !field.name || !field.value) return false;
    if (*field.name) form->fields[form->count++] = field;
    at = stop + 1;
  }
  return true;
}

/* The first of that name that is not empty; NULL. */
static const char *form_value(const struct form *form, const char *name) {
  for (size_t i = 0; i < form->count; i++)
    if (strcmp(form->fields[i].name, name) == 0 && *form->fields[i].value) return form->fields[i].value;
  return NULL;
}

/* ---- what is wrong, collected ---- */

struct wrongs { struct arena *arena; struct label items[60]; unsigned statuses[60]; size_t count; };

static void wrong(struct wrongs *wrongs, unsigned status, struct label why) {
  if (wrongs->count == sizeof wrongs->items / sizeof *wrongs->items) return;
  wrongs->items[wrongs->count] = why;
  wrongs->statuses[wrongs->count++] = status;
}

static void wrongs_answer(struct request *request, const struct wrongs *wrongs) {
  struct spark spark = open311_open(request);
  spark_list(&spark, "errors");
  for (size_t i = 0; i < wrongs->count; i++) {
    spark_object(&spark, "error");
    spark_integer(&spark, "code", wrongs->statuses[i]);
    spark_text(&spark, "description", request_label(request, wrongs->items[i]));
    spark_end(&spark);
  }
  spark_end(&spark);
  open311_close(request, wrongs->statuses[0]);
}

/* ---- where ---- */

static bool degrees(const char *text, int64_t most, int64_t *millionths) {
  char kept[32];
  const char *dot = strchr(text, '.');
  /* more than six decimals are less than a hand's breadth */
  size_t size = dot && strlen(dot) > 7 ? (size_t)(dot - text) + 7 : strlen(text);
  if (size >= sizeof kept || strspn(text, "+-0123456789.") != strlen(text)) return false;
  snprintf(kept, sizeof kept, "%.*s", (int)size, text + (*text == '+'));
  return text_to_decimal(kept, 6, millionths) && *millionths >= -most && *millionths <= most;
}

static void place_read(struct wrongs *wrongs, const struct form *form, struct open311_post *post) {
  const char *latitude = form_value(form, "lat"), *longitude = form_value(form, "long"), *address = form_value(form, "address_string"),
             *id = form_value(form, "address_id");
  if ((latitude != NULL) != (longitude != NULL)) wrong(wrongs, 400, (struct label){"lat 和 long 要一起给。", "lat and long are given together."});
  else if (latitude) {
    post->located = degrees(latitude, 90000000, &post->latitude) && degrees(longitude, 180000000, &post->longitude);
    if (!post->located)
      wrong(wrongs, 400,
            label_print(wrongs->arena, "坐标不对：lat “%s”、long “%s”。", "these are no coordinates: lat \"%s\", long \"%s\".", latitude,
                        longitude));
  } else if (!address && !id)
    wrong(wrongs, 400,
          (struct label){"缺少地点：请给 lat 和 long,或 address_string,或 address_id。",
                         "the location was not provided: lat and long, or address_string, or address_id."});
  post->address = address ? address : id ? arena_print(wrongs->arena, "address_id %s", id) : NULL;
}

/* ---- what the service asks ---- */

static const char *value_name(const struct service_question *question, const char *key) {
  for (size_t i = 0; i < question->value_count; i++)
    if (strcmp(question->values[i].key, key) == 0) return question->values[i].name;
  return NULL;
}

static bool answer_good(const struct service_question *question, const char *answer) {
  int64_t number;
  if (question->datatype == SERVICE_NUMBER) return text_to_decimal(answer, 9, &number);
  if (question->datatype == SERVICE_DATETIME) return strchr(answer, '-') && moment_parse(answer, &number);
  if (question->datatype == SERVICE_STRING) return !strchr(answer, '\n');
  return true;
}

/* attribute[CODE]=v, several by attribute[CODE][]=v. */
static void question_answered(struct wrongs *wrongs, const struct form *form, const struct service_question *question,
                              struct buffer *details) {
  const char *one = arena_print(wrongs->arena, "attribute[%s]", question->code),
             *several = arena_print(wrongs->arena, "attribute[%s][]", question->code);
  bool lists = question->datatype == SERVICE_ONE || question->datatype == SERVICE_SEVERAL;
  size_t found = 0;
  for (size_t i = 0; i < form->count; i++) {
    const char *answer = form->fields[i].value, *name = lists ? value_name(question, answer) : answer;
    if (!*answer || (strcmp(form->fields[i].name, one) != 0 && strcmp(form->fields[i].name, several) != 0)) continue;
    if (!name)
      wrong(wrongs, 400,
            label_print(wrongs->arena, "attribute[%s] 没有“%s”这个选项。", "attribute[%s] has no value \"%s\".", question->code, answer));
    else if (!answer_good(question, answer))
      wrong(wrongs, 400,
            label_print(wrongs->arena, "attribute[%s] 应为 %s。", "attribute[%s] is a %s.", question->code,
                        SERVICE_DATATYPE_NAMES[question->datatype]));
    else buffer_print(details, found ? "、%s" : "%s：%s", found ? name : question->text, name);
    found++;
  }
  if (found) buffer_byte(details, '\n');
  if (found > 1 && question->datatype != SERVICE_SEVERAL)
    wrong(wrongs, 400, label_print(wrongs->arena, "attribute[%s] 只能给一个值。", "attribute[%s] takes one value.", question->code));
  if (!found && question->required)
    wrong(wrongs, 400,
          label_print(wrongs->arena, "缺少 attribute[%s]（%s）。", "attribute[%s] was not provided (%s).", question->code, question->text));
}

static void details_read(struct wrongs *wrongs, const struct form *form, struct open311_post *post) {
  const char *media = form_value(form, "media_url");
  struct buffer details = {.arena = wrongs->arena};
  for (size_t i = 0; post->service && i < post->service->question_count; i++)
    if (!post->service->questions[i].notice) question_answered(wrongs, form, &post->service->questions[i], &details);
  bool web = media && (strncmp(media, "https://", 8) == 0 || strncmp(media, "http://", 7) == 0);
  if (media && (!web || strlen(media) > 1000))
    wrong(wrongs, 400,
          (struct label){"media_url 应为 http(s) 地址,最长 1000 字节。", "media_url is an http(s) address of at most 1000 bytes."});
  else if (media) buffer_print(&details, "media_url：%s\n", media);
  post->details = details.size ? details.bytes : NULL;
}

/* ---- who, and what was said ---- */

static void person_read(struct wrongs *wrongs, const struct form *form, struct open311_post *post) {
  const char *first = form_value(form, "first_name"), *last = form_value(form, "last_name"), *phone = form_value(form, "phone"),
             *email = form_value(form, "email");
  bool chinese = first && last && (unsigned char)*last >= 0xE3; /* the family name stands first, without a blank */
  if (chinese) post->person = arena_print(wrongs->arena, "%s%s", last, first);
  else if (first || last)
    post->person = arena_print(wrongs->arena, "%s%s%s", first ? first : "", first && last ? " " : "", last ? last : "");
  post->contact = phone ? phone : email;
  if (post->person && text_length(post->person) > 80)
    wrong(wrongs, 400, (struct label){"姓名最多 80 个字。", "a name has at most 80 characters."});
  if (post->contact && text_length(post->contact) > 40)
    wrong(wrongs, 400,
          (struct label){"phone（没有时用 email）最多 40 个字符。", "phone (or email where there is none) has at most 40 characters."});
  post->description = form_value(form, "description");
  if (post->description && text_length(post->description) > DESCRIPTION_MOST)
    wrong(wrongs, 400,
          label_print(wrongs->arena, "description 最多 %d 个字。", "description has at most %d characters.", DESCRIPTION_MOST));
  if (post->address && text_length(post->address) > 200)
    wrong(wrongs, 400, (struct label){"地址最多 200 个字。", "an address has at most 200 characters."});
}

/* By the names of the standard: what the import would say of it names columns that nobody sent. */
static void controls_read(struct wrongs *wrongs, const struct form *form) {
  for (size_t i = 0; i < form->count; i++)
    if (form->fields[i].value && text_has_control(form->fields[i].value))
      wrong(wrongs, 400,
            label_print(wrongs->arena, "%s 含有控制字符，请删去（只可用换行和制表符）。",
                        "%s has control characters; remove them (line ends and tabs may stand).", form->fields[i].name));
}

static void post_read(struct wrongs *wrongs, const struct form *form, const struct open311_services *services, struct open311_post *post) {
  const char *code = form_value(form, "service_code");
  controls_read(wrongs, form);
  post->service = code ? open311_service(services, code) : NULL;
  if (!code) wrong(wrongs, 400, (struct label){"缺少 service_code。", "service_code was not provided."});
  else if (!post->service) wrong(wrongs, 404, label_print(wrongs->arena, "没有这个 service_code：%s。", "service_code was not found: %s.", code));
  place_read(wrongs, form, post);
  details_read(wrongs, form, post);
  person_read(wrongs, form, post);
}

/* ---- taking it in ---- */

/* Sent again under the same Idempotency-Key, it is the same request. */
static const char *token_of(struct request *request) {
  const char *key = request_header(request, "Idempotency-Key");
  uint8_t hash[HASH_SIZE];
  if (!key || !*key) return random_word(request->arena, 20);
  const char *own = arena_print(request->arena, "%lld:%s", (long long)request->seat.user, key);
  hash_bytes(hash, own, strlen(own));
  return hex_write(request->arena, hash, 12);
}

static void answer_taken(struct request *request, const struct open311_settings *settings, const struct open311_post *post) {
  int64_t id = 0;
  bool taken_up;
  struct reader *reader = NULL;
  enum store_error error = store_reader(request->house->store, &reader);
  if (!error) request->reader = reader;
  if (!error) error = open311_by_token(reader, post->token, request->arena, &id, &taken_up);
  if (error) {
    open311_store_error(request, error);
    return;
  }
  struct spark spark = open311_open(request);
  spark_list(&spark, "service_requests");
  spark_object(&spark, "request");
  if (settings->batch) spark_text(&spark, "token", post->token);
  else spark_text(&spark, "service_request_id", arena_print(request->arena, "%lld", (long long)id));
  spark_text(&spark, "service_notice",
             request_label(request, (struct label){"已收到。内容不对外公开;经审核公开后可按编号查询。",
                                                   "It was received. It is not public; once released it can be looked up by its number."}));
  spark_text(&spark, "account_id", NULL);
  spark_end(&spark);
  spark_end(&spark);
  open311_close(request, 200);
}

/* False: answered. */
static bool post_write(struct request *request, const struct open311_post *post, struct wrongs *wrongs) {
  struct import_staged *staged = NULL;
  struct import_report report = {0};
  struct context context = request_context(request);
  enum store_error error = open311_stage(request->reader, request->authority, post, request->arena, &staged);
  reader_release(request->reader);
  request->reader = NULL;
  if (!error && !staged->errors_found) error = import_write(request->house->writer, &context, staged, request->arena, &report);
  if (error) return open311_store_error(request, error), false;
  const struct import_error *errors = staged->errors_found ? staged->errors : report.findings;
  size_t count = staged->errors_found ? staged->error_count : report.verdict > VERDICT_REPEATED ? report.finding_count : 0;
  for (size_t i = 0; i < count; i++) wrong(wrongs, 400, errors[i].sentence);
  if (!count && report.verdict > VERDICT_REPEATED) wrong(wrongs, 400, (struct label){"没有收下,请再报一次。", "it was not taken; send it again."});
  if (wrongs->count) wrongs_answer(request, wrongs);
  return wrongs->count == 0;
}

static bool is_form(const struct request *request) {
  const char *type = request_header(request, "Content-Type");
  return !type || strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0;
}

void open311_post(struct request *request) {
  struct open311_settings settings;
  struct open311_services services;
  struct open311_post post = {.now = request_now(request), .contact_key = request->house->contact_key};
  struct wrongs wrongs = {.arena = request->arena};
  struct store_clock clock;
  struct reader *reader;
  struct form form;
  if (!is_form(request))
    return open311_error(request, 400,
                         (struct label){"请用 application/x-www-form-urlencoded。", "use application/x-www-form-urlencoded."});
  if (!posted_read(request, &form))
    return open311_error(request, 400,
                         label_print(request->arena, "表单不是 UTF-8,或超过 %d 项。", "the form is not UTF-8, or has more than %d fields.",
                                     FIELDS_MOST));
  const char *jurisdiction = form_value(&form, "jurisdiction_id"), *key = form_value(&form, "api_key");
  if (!open311_begin(request, jurisdiction ? jurisdiction : open311_argument(request, "jurisdiction_id"), &settings)) return;
  if (!open311_sender(request, key ? key : open311_argument(request, "api_key"))) return;
  enum store_error error = store_clock_read(request->house->store, &clock);
  if (!error) error = store_reader(request->house->store, &reader);
  if (!error) request->reader = reader;
  if (!error) error = open311_services(reader, &settings, request->arena, &services);
  if (error) return open311_store_error(request, error);
  post.base_line = clock.base_line;
  post.user = request->seat.user;
  post.token = token_of(request);
  post_read(&wrongs, &form, &services, &post);
  if (wrongs.count) wrongs_answer(request, &wrongs);
  else if (post_write(request, &post, &wrongs)) answer_taken(request, &settings, &post);
}
