/* What a service that is offered over Open311 asks of who sends something in: the questions of a category, as people wrote them down. */
#ifndef BIHUAN_RULES_SERVICE_H
#define BIHUAN_RULES_SERVICE_H

#include "base/text.h"

/* GeoReport v2, service definition: the kinds of answer. */
enum service_datatype { SERVICE_STRING, SERVICE_NUMBER, SERVICE_DATETIME, SERVICE_TEXT, SERVICE_ONE, SERVICE_SEVERAL, SERVICE_DATATYPES };
extern const char *const SERVICE_DATATYPE_NAMES[SERVICE_DATATYPES]; /* "string" … as the standard spells them */
struct service_value { const char *key, *name; };
struct service_question {
  const char *code, *text, *hint; /* hint may be "" */
  enum service_datatype datatype; bool required, notice /* is only shown, asks for nothing */;
  const struct service_value *values; size_t value_count; /* of SERVICE_ONE and SERVICE_SEVERAL */
};
#define SERVICE_QUESTIONS_MOST 40
#define SERVICE_VALUES_MOST 200
/* [{"code","datatype","required","description","datatype_description","variable","values":[{"key","name"}]}]. NULL or "" is no question.
   False: *wrong says what cannot be read. */
bool service_questions(struct arena *arena, const char *json, const struct service_question **questions, size_t *count,
                       struct label *wrong);

#endif
