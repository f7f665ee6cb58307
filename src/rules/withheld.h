/* How many problems are withheld from the public, and for which legal reason (政府信息公开条例 Art. 14–16, the Party's rules): counts that may be
   told. A number below the policy's least might say of somebody's own matter why it is withheld: such reasons are told together, and no
   difference of what is told gives one of them away. */
#ifndef BIHUAN_RULES_WITHHELD_H
#define BIHUAN_RULES_WITHHELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WITHHELD_REASONS 16 /* codes are below it */
struct withheld {
  int64_t total;              /* 0 when it is too small to be told: then `few` */
  int64_t reasons[WITHHELD_REASONS]; /* by code; 0: none, or told together with others */
  int64_t others;             /* of the reasons that are not told by themselves */
  bool few;                   /* there are some, fewer than the least */
};
/* counts: by code, as they are. */
struct withheld withheld_told(const int64_t counts[WITHHELD_REASONS], int64_t least);

#endif
