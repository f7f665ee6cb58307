/* Private to records/: what the files of the record types share. A new type is a file, a line here and a line in schema.c. */
#ifndef BIHUAN_RECORDS_TYPES_H
#define BIHUAN_RECORDS_TYPES_H

#include "records/record.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FIELDS(array) .fields = (array), .field_count = COUNT_OF(array)
#define TRANSITIONS(array) .transitions = (array), .transition_count = COUNT_OF(array)
#define PERMISSIONS(array) .permissions = (array), .permission_count = COUNT_OF(array)
#define SORTS(array) .sorts = (array), .sort_count = COUNT_OF(array)
#define INDEXES(array) .indexes = (array), .index_count = COUNT_OF(array)

extern const struct choice COLOUR_CHOICES[], SOURCE_CHOICES[], ROUTE_CHOICES[], SECRECY_CHOICES[], RECORD_CHOICES[], ROLE_CHOICES[],
    STEP_CHOICES[], LANGUAGE_CHOICES[], WITHHOLD_CHOICES[], KIND_CHOICES[], CATEGORY_CHOICES[], EXCLUSION_CHOICES[];
extern const struct state_name FORCE_STATES[]; /* active, retired */

extern const struct record_type TYPE_UNIT, TYPE_USER, TYPE_GRANT, TYPE_CAMPAIGN, TYPE_POLICY, TYPE_CALENDAR_DAY, TYPE_IMPORT_MAPPING,
    TYPE_APPROVAL, TYPE_MESSAGE, TYPE_TOPIC, TYPE_PROBLEM, TYPE_CYCLE, TYPE_MEASURE, TYPE_APPEAL, TYPE_EVIDENCE, TYPE_LINK, TYPE_ROUND,
    TYPE_ROUND_ANSWER, TYPE_FROZEN_TABLE, TYPE_CORRECTION, TYPE_PLAN, TYPE_STAGE, TYPE_INDICATOR, TYPE_INDICATOR_VALUE, TYPE_SITE,
    TYPE_RESULT, TYPE_TRANSFER, TYPE_RULING, TYPE_HOLDING, TYPE_HAND_OVER, TYPE_CRITERION, TYPE_OBJECTION, TYPE_SAVED_VIEW,

    TYPE_CHASE, TYPE_CLASS, TYPE_GROUPING_DECISION, TYPE_ALERT, TYPE_CALL_BACK, TYPE_EXCLUSION,

    TYPE_RELEASE, TYPE_EVALUATION, TYPE_SUBMISSION,

    TYPE_CATEGORY, TYPE_GUIDANCE_GROUP, TYPE_TOPIC_TASK, TYPE_MECHANISM,

    TYPE_CHECK, TYPE_CASE, TYPE_SELF_CHECK, TYPE_DRAW;

#endif
