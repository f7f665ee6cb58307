/* A correction slip in words: which frozen figure is meant and what is right, as people write it (label or code), as programs keep it
   (code). */
#ifndef BIHUAN_RULES_SLIP_WORDS_H
#define BIHUAN_RULES_SLIP_WORDS_H

#include "records/record.h"

/* The code of a frozen figure of one problem, given its code or its label in either language. NULL: there is none of that name. */
const char *slip_figure(const char *given);
/* What is right as the frozen table would say it: a choice or state by code or label, a date, a whole number. NULL: it does not fit; `fits`
   says what would. */
const char *slip_value(struct arena *arena, const char *figure, const char *given, struct label *fits);
/* Figure and value for people; what has no label is told as it is. */
struct label slip_figure_label(const char *figure);
struct label slip_value_label(const char *figure, const char *value);

#endif
