/* Seals: the Merkle tree over the journal (RFC 6962), its signed heads, proofs, and verifying that the tables
   are what the journal adds up to. */
#ifndef BIHUAN_STORE_SEAL_H
#define BIHUAN_STORE_SEAL_H

#include "store/store.h"

struct json; /* base/json.h */

/* The header bytes of an entry: fixed layout, big-endian, specified in seal.c; then salt stays out of it. */
#define SEAL_HEADER_SIZE 90
void seal_header(const struct entry *entry, uint8_t header[SEAL_HEADER_SIZE]);
void seal_commitment(const struct entry *entry, uint8_t commitment[HASH_SIZE]); /* of salt and body; the body must be there */
void seal_leaf(const struct entry *entry, uint8_t leaf[HASH_SIZE]);             /* of header and entry->commitment */
void seal_entry(struct entry *entry); /* from salt, body and header: fills commitment and leaf */
void seal_node(const uint8_t left[HASH_SIZE], const uint8_t right[HASH_SIZE], uint8_t node[HASH_SIZE]); /* may be in place */

/* The growing tree: one hash per complete subtree on the right edge. Entry N is leaf N - 1. The node of `level` at
   `position` covers the leaves from position << level, 1 << level of them. The driver stores those with SEAL_KEEPS. */
#define SEAL_KEEPS(level) ((level) > 0 && (level) % 8 == 0)
struct frontier { int64_t size; uint8_t node[64][HASH_SIZE]; };
void frontier_add(struct frontier *frontier, const uint8_t leaf[HASH_SIZE],
                  void (*complete)(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]), void *with);
void frontier_root(const struct frontier *frontier, uint8_t root[HASH_SIZE]); /* of the empty tree: H("") */

struct tree_head { int64_t size, epoch, moment; uint8_t root[HASH_SIZE], signature[SIGNATURE_SIZE]; char store_id[33]; };
/* One line of text: "bihuan-tree-head-1 STORE EPOCH SIZE MOMENT ROOT SIGNATURE"; what leaves the house. */
char *tree_head_print(struct arena *arena, const struct tree_head *head);
bool tree_head_parse(const char *line, struct tree_head *head);
/* Keys in DATA/keys (made at first use): signing.key, signing.pub */
enum store_error tree_head_sign(struct store *store, struct reader *reader, struct tree_head *head);
/* Signs now and keeps it among the side values. The follower does it within a second of a change. Its moment is the
   last entry's. A head of that size that is kept already is answered again. */
bool tree_head_holds(const struct tree_head *head, const uint8_t public_key[PUBLIC_KEY_SIZE]); /* its signature */
/* DATA/keys/signing.pub: ABSENT before the first head was signed. */
enum store_error tree_public_key(const struct store *store, uint8_t public_key[PUBLIC_KEY_SIZE]);

/* Proof of entry `number` in the tree of `size` (0: as it is now, signed now). A size without a kept head gets one
   without signature: it then holds only against a head the reader has from elsewhere. */
struct proof { struct entry entry; size_t path_count; uint8_t path[64][HASH_SIZE]; struct tree_head head; };
enum store_error proof_make(struct store *store, struct reader *reader, int64_t number, int64_t size, struct arena *arena, struct proof *proof);
char *proof_print(struct arena *arena, const struct proof *proof);                    /* JSON */
bool proof_parse(struct arena *arena, const char *text, struct proof *proof, struct label *reason);
/* head NULL: the one in the proof. Without a store: body and salt give the commitment, header the leaf, path the root, key the
   signature. */
bool proof_holds(const struct proof *proof, const struct tree_head *head, const uint8_t *public_key /* NULL: do not check the signature */,
                 struct label *reason, struct arena *arena);

/* One thing found wrong. number: lowest altered entry, or 0; type and record: the altered row, or 0. */
struct damage { int64_t number; enum record_id type; int64_t record; struct label sentence; };
typedef bool damage_sink(void *with, const struct damage *damage);
/* Checks: entries dense, commitments, leaves, tree nodes, signed heads, `since` (may be NULL), then replays the
   journal against every table in constant memory. *entries and *records count what was checked. */
enum store_error seal_verify(struct store *store, struct reader *reader, const struct tree_head *since, struct arena *arena,
                             damage_sink *sink, void *with, int64_t *entries, int64_t *records);

/* What an entry's header alone says of its row: id and created (at the first entry), version, state, entry, voided,
   and `changed`, which derived entries leave alone. rules/ stamps its rows with it, the replay too: so they agree. */
void row_stamp(struct row *row, const struct entry *entry);
/* Entry bodies: JSON {"f":{"3":["old","new"]…},"s":[from,to],"r":"reason", …} by permanent codes; written by rules/, folded here.
   extra_json: NULL, or an object's text "{…}" whose members (named other than f, s, r) join the body's. */
/* as it stands in a body: a number, a text, a list of ids, null where there is none (NULL: likewise) */
void body_value(struct json *json, const struct value *value);
void body_write(struct buffer *out, const struct row *before, const struct row *after, const char *reason, const char *extra_json);
/* Applies a body to a row (before creation: pass a new row) and stamps it. False when the bytes are not such a body. */
bool body_apply(struct arena *arena, const struct entry *entry, struct row *row);
#endif
