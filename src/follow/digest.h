/* Messages in sum: once a day to each unit's people and the office, once a week to the leaders. Run by the clock beside the daily check; a day and a week are told once,
   whoever looks and how often. */
#ifndef BIHUAN_FOLLOW_DIGEST_H
#define BIHUAN_FOLLOW_DIGEST_H

#include "store/store.h"

struct house;
enum store_error digest_run(struct house *house, int64_t now);

#endif
