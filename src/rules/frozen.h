/* The lines of frozen tables. At freezing, the figures of every admitted problem of a campaign at one journal number are written as text,
   a line each, and kept as side values under the table's hash, a thousand lines a piece; so they are in every backup and the same on both
   databases.

   The format, for ever. Piece 0 is a JSON object:
   {"format":1,"figure":1,"campaign":9,"journal":5321,"count":1858,"members":["id","entry",…],
   "pieces":[first id of each piece…]}. A line is the members of the figure in that order, joined by commas; nothing is empty, a list is joined by
   blanks; then a blank, "s:" and the salt in hex, which is the salt of the figure's journal entry:
     1853,1861,9,12,,… s:0123456789abcdef0123456789abcdef
   Its digest is SHA-256 of salt and the text before " s:". The table's hash is SHA-256 of the seal line
   "bihuan-frozen-1 FIGURE CAMPAIGN JOURNAL COUNT\n" and all digests in order of id. When a record is destroyed its line becomes
   "1853 d:DIGEST": the salt goes with the journal entry, so the digest tells nothing, and the hash of the whole still holds. */
#ifndef BIHUAN_RULES_FROZEN_H
#define BIHUAN_RULES_FROZEN_H

#include "rules/definitions.h"
#include "store/seal.h"

enum { FROZEN_FORMAT_1 = 1, FROZEN_PIECE = 1000 };
#define FROZEN_SALT 16

/* One line, parsed. destroyed: only id and digest are known. */
struct frozen_line { struct figure figure; bool destroyed; uint8_t digest[HASH_SIZE]; };
/* Adds a line with its line end, and its digest. */
void frozen_line_write(struct buffer *out, const struct figure *figure, unsigned version /* of the figure */,
                       const uint8_t salt[FROZEN_SALT], uint8_t digest[HASH_SIZE]);
void frozen_line_destroy(struct buffer *out, int64_t id, const uint8_t digest[HASH_SIZE]);
/* The line at *text, which moves behind it. digest: reckon it too. False: it is no such line. */
bool frozen_line_read(const char **text, unsigned version, bool digest, struct frozen_line *line);

struct frozen_seal { unsigned figure_version; int64_t campaign, journal; size_t count; };
/* Digests are HASH_SIZE bytes each, in order of id. */
void frozen_hash(const struct frozen_seal *seal, const uint8_t *digests, uint8_t hash[HASH_SIZE]);

/* ---- making ---- */

struct frozen_made { struct frozen_seal seal; int64_t cutoff; char hash[2 * HASH_SIZE + 1]; char *totals; /* JSON */ };
/* The figures of `campaign` as at the moment (NOTHING: as they stand now) into side values. Nothing else is written: the record follows by
   the door. Figures that were never admitted stay out. */
enum store_error frozen_make(struct reader *reader, int64_t campaign, int64_t cutoff, int64_t now, struct figures *figures, struct arena *arena, struct frozen_made *made);
/* The hash of given figures under the seal's version, campaign and number; kept when asked. */
enum store_error frozen_make_at(struct reader *reader, const struct frozen_seal *like, const struct figures *figures, bool keep, struct arena *arena, char hash[2 * HASH_SIZE + 1]);
/* Figures true at one number that were never admitted are taken out. */
void frozen_choose(struct figures *figures);

/* Makes the table of a round and leaves it prepared for the door, which writes the record: a pass over the journal is no work for the
   writer. Good for an hour. refused.zh: why it cannot be frozen (the identities do not balance: the records are named). */
enum store_error frozen_prepare(struct reader *reader, const struct row *round, int64_t now, struct arena *arena, struct label *refused);
#define FROZEN_PREPARED "prepared:%lld" /* key of the side value, by round */

/* ---- reading ---- */

/* The whole table. Destroyed ones are left out and counted. ABSENT: a piece is not there; BROKEN: one cannot be read. */
enum store_error frozen_read(struct store *store, const char *hash, struct figures *figures, int64_t *destroyed);
/* One line of it. ABSENT: no such line. */
enum store_error frozen_find(struct store *store, const char *hash, int64_t problem, struct frozen_line *line);
/* A figure's member as people write it: choices and states by name, dates as dates. NULL: no such member. */
char *frozen_text(struct arena *arena, const struct figure *figure, const char *member);

/* ---- destroying and proving ---- */

/* Tables that hold the contents of a problem's line, in the arena. */
enum store_error frozen_holding(struct reader *reader, int64_t problem, struct arena *arena, struct row ***tables, size_t *count);
/* In all of them the line becomes its digest. May be done again. */
enum store_error frozen_forget(struct reader *reader, int64_t problem);
/* Every frozen table of the store against its lines and against the journal at its number; what is wrong is named. Reads only. */
enum store_error frozen_verify(struct store *store, struct reader *reader, struct arena *arena, damage_sink *sink, void *with, int64_t *tables);
/* Tables whose lines are not there at all (frozen while a backup was made) get them from the journal; *lost: those it cannot give. */
enum store_error frozen_mend(struct reader *reader, int64_t *mended, int64_t *lost);

#endif
