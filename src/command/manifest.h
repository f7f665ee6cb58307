/* Private to command/: MANIFEST.json of a backup. */
#ifndef BIHUAN_COMMAND_MANIFEST_H
#define BIHUAN_COMMAND_MANIFEST_H

#include "store/seal.h"

#define MANIFEST_FORMAT "bihuan-backup-1"
#define MANIFEST_FILE "MANIFEST.json"
struct manifest_file { const char *path; int64_t size; uint8_t hash[HASH_SIZE]; };
struct manifest {
  const char *store /* "sqlite" … */, *store_id, *tree_head, *contact_fingerprint, *signing_public;
  int64_t epoch, journal;
  unsigned contact_number;      /* of the newest contact key; the older ones may be needed too */
  struct manifest_file *files; size_t file_count;
};
bool manifest_parse(struct arena *arena, const char *text, struct manifest *manifest, struct label *reason);
/* 16 hexadecimal digits that tell one contact key from another and say nothing of it. */
char *contact_fingerprint(struct arena *arena, const uint8_t key[KEY_SIZE]);
#endif
