/* Seals: the Merkle tree over the journal (RFC 6962), its signed heads, proofs, and verifying that the tables
   are what the journal adds up to. */
#ifndef BIHUAN_STORE_SEAL_H
#define BIHUAN_STORE_SEAL_H

#include "store/store.h"

/* The header bytes of an entry: fixed layout, big-endian, specified in seal.c; then salt stays out of it. */
void seal_entry(struct entry *entry); /* from salt, body and header: fills commitment and leaf */

/* The growing tree: one hash per complete subtree on the right edge. */
struct frontier { int64_t size; uint8_t node[64][HASH_SIZE]; };
void frontier_add(struct frontier *frontier, const uint8_t leaf[HASH_SIZE],
                  void (*complete)(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]), void *with);
void frontier_root(const struct frontier *frontier, uint8_t root[HASH_SIZE]);

struct tree_head { int64_t size, epoch, moment; uint8_t root[HASH_SIZE], signature[SIGNATURE_SIZE]; char store_id[33]; };
/* One line of text: "bihuan-tree-head-1 STORE EPOCH SIZE MOMENT ROOT SIGNATURE"; what leaves the house. */
char *tree_head_print(struct arena *arena, const struct tree_head *head);
bool tree_head_parse(const char *line, struct tree_head *head);
/* Keys in DATA/keys (made at first use): signing.key, signing.pub */
enum store_error tree_head_sign(struct store *store, struct reader *reader, struct tree_head *head);
/* Signs now and keeps it among the side values. The follower does it within a second of a change. */

struct proof { struct entry entry; size_t path_count; uint8_t path[64][HASH_SIZE]; struct tree_head head; };
enum store_error proof_make(struct store *store, struct reader *reader, int64_t number, int64_t size, struct arena *arena, struct proof *proof);
char *proof_print(struct arena *arena, const struct proof *proof);                    /* JSON */
bool proof_parse(struct arena *arena, const char *text, struct proof *proof, struct label *reason);
/* Without a store: body and salt give the commitment, header the leaf, path the root, key the signature. */
bool proof_holds(const struct proof *proof, const struct tree_head *head, const uint8_t *public_key /* NULL: do not check the signature */, struct label *reason, struct arena *arena);

/* One thing found wrong. number: lowest altered entry, or 0; type and record: the altered row, or 0. */
struct damage { int64_t number; enum record_id type; int64_t record; struct label sentence; };
typedef bool damage_sink(void *with, const struct damage *damage);
/* Checks: entries dense, commitments, leaves, tree nodes, signed heads, `since` (may be NULL), then replays the
   journal against every table in constant memory. *entries and *records count what was checked. */
enum store_error seal_verify(struct store *store, struct reader *reader, const struct tree_head *since, struct arena *arena,
                             damage_sink *sink, void *with, int64_t *entries, int64_t *records);

/* Entry bodies: JSON {"f":{"3":["old","new"]…},"s":[from,to],"r":"reason", …} by permanent codes; written by rules/, folded here. */
void body_write(struct buffer *out, const struct row *before, const struct row *after, const char *reason, const char *extra_json);
/* Applies a body to a row (NULL before creation: pass a new row). False when the bytes are not such a body. */
bool body_apply(struct arena *arena, const struct entry *entry, struct row *row);
#endif
