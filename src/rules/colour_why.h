/* Private to rules/: what the problem's row keeps of its last judgement in PROBLEM_COLOUR_WHY, short JSON:
     {"n":[5,20775,3800,null],"x":[3,5],"d":20775,"c":1,"b":[20744,20750,3800],"f":"9c0f…"}
   n: numbers of the sentence; x: colour and rule that come next with time; d: the due date judged by; c: the cycle; b: a due date that
   was broken and then moved, when, and the accepted weight then; f: fingerprint of the facts, so that new facts are journalled even
   when the colour stays. */
#ifndef BIHUAN_RULES_COLOUR_WHY_H
#define BIHUAN_RULES_COLOUR_WHY_H

#include "rules/colour.h"

/* Into the facts: the broken date that the row remembers, unless it is of another cycle or has been made good. */
void colour_why_recall(const struct row *problem, struct colour_facts *facts);
/* Has the date been moved on since the row was judged, after it was broken? Then the facts remember it. */
void colour_why_notice(const struct row *problem, int64_t today, struct colour_facts *facts);

#endif
