/* Counts of what is withheld, made fit to be told (withheld.h). */
#include "rules/withheld.h"

static int smallest(const int64_t reasons[WITHHELD_REASONS]) {
  int found = 0;
  for (int i = 1; i < WITHHELD_REASONS; i++)
    if (reasons[i] && (!found || reasons[i] < reasons[found])) found = i;
  return found;
}

/* What is too small is put together; as long as that sum is itself too small, total less the rest would tell it: then the next smallest
   reason goes in as well. */
struct withheld withheld_told(const int64_t counts[WITHHELD_REASONS], int64_t least) {
  struct withheld told = {0};
  for (int i = 1; i < WITHHELD_REASONS; i++) {
    told.total += counts[i];
    if (counts[i] < least) told.others += counts[i];
    else told.reasons[i] = counts[i];
  }
  for (int next; told.others && told.others < least && (next = smallest(told.reasons)) != 0;) {
    told.others += told.reasons[next];
    told.reasons[next] = 0;
  }
  if (told.total >= least) return told;
  return (struct withheld){.few = told.total > 0};
}
