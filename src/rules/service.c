/* Questions of a service, read from the JSON that the office keeps with a category. Pure. */
#include "rules/service.h"

#include <jansson.h>
#include <string.h>

const char *const SERVICE_DATATYPE_NAMES[SERVICE_DATATYPES] = {
  [SERVICE_STRING] = "string", [SERVICE_NUMBER] = "number", [SERVICE_DATETIME] = "datetime", [SERVICE_TEXT] = "text",
  [SERVICE_ONE] = "singlevaluelist", [SERVICE_SEVERAL] = "multivaluelist"};

static bool refuse(struct label *wrong, struct label why) {
  *wrong = why;
  return false;
}

static const char *member(struct arena *arena, const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text_clean(arena, text, false) : "";
}

/* A code goes into the address of an answer, attribute[CODE]. */
static bool code_good(const char *code) {
  return *code && strlen(code) <= 40 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(code);
}

static bool datatype_of(const char *name, enum service_datatype *datatype) {
  for (int i = 0; i < SERVICE_DATATYPES; i++)
    if (strcmp(name, SERVICE_DATATYPE_NAMES[i]) == 0) return *datatype = (enum service_datatype)i, true;
  return false;
}

static bool values_read(struct arena *arena, const json_t *list, struct service_question *question, struct label *wrong) {
  bool lists = question->datatype == SERVICE_ONE || question->datatype == SERVICE_SEVERAL;
  size_t count = json_array_size(list);
  if (!lists && count == 0) return true;
  if (!lists) return refuse(wrong, label_print(arena, "“%s”不是清单,不应有 values", "\"%s\" is no list and has no values", question->code));
  if (count == 0 || count > SERVICE_VALUES_MOST)
    return refuse(wrong, label_print(arena, "“%s”是清单,应有 1 至 %d 个 values", "\"%s\" is a list: it has 1 to %d values", question->code,
                                     SERVICE_VALUES_MOST));
  struct service_value *values = ARENA_ARRAY(arena, struct service_value, count);
  for (size_t i = 0; i < count; i++) {
    values[i] = (struct service_value){member(arena, json_array_get(list, i), "key"), member(arena, json_array_get(list, i), "name")};
    if (!*values[i].key || !*values[i].name)
      return refuse(wrong,
                    label_print(arena, "“%s”的每个可选值都要有 key 和 name", "every value of \"%s\" has a key and a name", question->code));
    for (size_t k = 0; k < i; k++)
      if (strcmp(values[k].key, values[i].key) == 0)
        return refuse(wrong,
                      label_print(arena, "“%s”的 key “%s”重复", "the key of \"%s\", \"%s\", stands twice", question->code, values[i].key));
  }
  question->values = values;
  question->value_count = count;
  return true;
}

static bool question_read(struct arena *arena, const json_t *object, struct service_question *question, struct label *wrong) {
  *question = (struct service_question){.code = member(arena, object, "code"),
                                        .text = member(arena, object, "description"),
                                        .hint = member(arena, object, "datatype_description"),
                                        .required = json_is_true(json_object_get(object, "required")),
                                        .notice = json_is_false(json_object_get(object, "variable"))};
  if (!code_good(question->code))
    return refuse(wrong, (struct label){"每个追问都要有 code,由字母、数字、_ 和 - 组成,最多 40 个",
                                        "every question has a code of letters, digits, _ and -, at most 40"});
  if (!*question->text) return refuse(wrong, label_print(arena, "“%s”没有写 description", "\"%s\" has no description", question->code));
  if (!datatype_of(member(arena, object, "datatype"), &question->datatype))
    return refuse(wrong, label_print(arena, "“%s”的 datatype 应为 string、number、datetime、text、singlevaluelist、multivaluelist 之一",
                                     "the datatype of \"%s\" is one of string, number, datetime, text, singlevaluelist, multivaluelist", question->code));
  return values_read(arena, json_object_get(object, "values"), question, wrong);
}

static bool list_read(struct arena *arena, const json_t *list, struct service_question *questions, size_t count, struct label *wrong) {
  for (size_t i = 0; i < count; i++) {
    if (!question_read(arena, json_array_get(list, i), &questions[i], wrong)) return false;
    for (size_t k = 0; k < i; k++)
      if (strcmp(questions[k].code, questions[i].code) == 0)
        return refuse(wrong, label_print(arena, "追问的 code “%s”重复", "the code \"%s\" stands twice", questions[i].code));
  }
  return true;
}

bool service_questions(struct arena *arena, const char *json, const struct service_question **out, size_t *out_count, struct label *wrong) {
  *out = NULL;
  *out_count = 0;
  if (!json || !*json) return true;
  json_t *list = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
  size_t count = json_array_size(list);
  struct service_question *questions = ARENA_ARRAY(arena, struct service_question, count + 1);
  bool good = json_is_array(list) && count <= SERVICE_QUESTIONS_MOST;
  if (!good) *wrong = label_print(arena, "追问应为 JSON 数组,最多 %d 项,如 [{\"code\":\"size\",\"datatype\":\"string\",\"description\":\"多大\"}]",
                                  "the questions are a JSON array of at most %d, such as [{\"code\":\"size\",\"datatype\":\"string\",\"description\":\"how large\"}]", SERVICE_QUESTIONS_MOST);
  else good = list_read(arena, list, questions, count, wrong);
  json_decref(list);
  *out = questions;
  *out_count = good ? count : 0;
  return good;
}
