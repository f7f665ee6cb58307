/* Private to store/: the members of an entry as a proof file names them. */
#ifndef BIHUAN_STORE_PROOF_H
#define BIHUAN_STORE_PROOF_H

#include "store/seal.h"

#define PROOF_FORMAT "bihuan-proof-1"
#define PROOF_ALGORITHM "sha-256"

/* One integer of the header: its name, where it stands in struct entry, its width in bytes, its bounds. */
struct proof_part { const char *name; size_t offset, size; int64_t least, most; };
enum { PROOF_PARTS = 15 };
extern const struct proof_part proof_parts[PROOF_PARTS];

#endif
