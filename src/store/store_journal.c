/* Reading the journal and what is kept of its tree. */
#include <string.h>
#include "store/compose.h"

#define ENTRY_COLUMNS "number, epoch, moment, happened, actor, behalf, channel, type, record, version, set_number, batch, kind, action, state, salt, body, commitment, leaf"

static void copy_bytes(struct cursor *cursor, int column, uint8_t *out, size_t size) {
  size_t there = 0;
  const char *bytes = cursor->connection->driver->bytes(cursor, column, &there);
  memset(out, 0, size);
  if (bytes && there == size) memcpy(out, bytes, size);
}

/* The body points into the cursor: it lives until the next row. */
static struct entry entry_from(struct cursor *cursor) {
  const struct store_driver *driver = cursor->connection->driver;
  struct entry entry = {
    .number = driver->integer(cursor, 0), .epoch = driver->integer(cursor, 1), .moment = driver->integer(cursor, 2), .happened = driver->integer(cursor, 3),
    .actor = driver->integer(cursor, 4), .behalf = driver->integer(cursor, 5), .channel = (uint8_t)driver->integer(cursor, 6),
    .type = (uint16_t)driver->integer(cursor, 7), .record = driver->integer(cursor, 8), .version = driver->integer(cursor, 9),
    .set = driver->integer(cursor, 10), .batch = driver->integer(cursor, 11), .kind = (uint8_t)driver->integer(cursor, 12),
    .action = (uint16_t)driver->integer(cursor, 13), .state = (state_code)driver->integer(cursor, 14)};
  copy_bytes(cursor, 15, entry.salt, sizeof entry.salt);
  entry.body = driver->bytes(cursor, 16, &entry.body_size);
  copy_bytes(cursor, 17, entry.commitment, HASH_SIZE);
  copy_bytes(cursor, 18, entry.leaf, HASH_SIZE);
  return entry;
}

static enum store_error give_entries(struct reader *reader, const struct statement *statement, entry_sink *sink, void *with) {
  const struct store_driver *driver = reader->connection->driver;
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(reader, statement, &cursor);
  bool more = true;
  while (!error && more && (error = driver->next(cursor)) == STORE_OK) {
    struct entry entry = entry_from(cursor);
    more = sink(with, &entry);
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error reader_journal(struct reader *reader, int64_t after, size_t most, entry_sink *sink, void *with) {
  int64_t limit = most > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)most;
  struct parameter parameters[] = {parameter_integer(after), parameter_integer(limit)};
  struct statement statement = statement_of("SELECT " ENTRY_COLUMNS " FROM journal WHERE number > $1 ORDER BY number LIMIT $2", parameters, 2);
  statement.stream = most > 1000;
  return give_entries(reader, &statement, sink, with);
}

enum store_error reader_history(struct reader *reader, enum record_id type, int64_t record, entry_sink *sink, void *with) {
  struct parameter parameters[] = {parameter_integer(type), parameter_integer(record)};
  struct statement statement = record
    ? statement_of("SELECT " ENTRY_COLUMNS " FROM journal WHERE type = $1 AND record = $2 ORDER BY number", parameters, 2)
    : statement_of("SELECT " ENTRY_COLUMNS " FROM journal WHERE type = $1 ORDER BY record, number", parameters, 1);
  statement.stream = record == 0;
  return give_entries(reader, &statement, sink, with);
}

enum store_error reader_history_until(struct reader *reader, enum record_id type, int64_t last, entry_sink *sink, void *with) {
  struct parameter parameters[] = {parameter_integer(type), parameter_integer(last)};
  struct statement statement = statement_of("SELECT " ENTRY_COLUMNS " FROM journal WHERE type = $1 AND number <= $2 ORDER BY record, number", parameters, 2);
  statement.stream = true;
  return give_entries(reader, &statement, sink, with);
}

/* ---- the tree ---- */
enum store_error reader_node(struct reader *reader, unsigned level, int64_t position, uint8_t hash[HASH_SIZE]) {
  const struct store_driver *driver = reader->connection->driver;
  struct parameter parameters[] = {parameter_integer(level), parameter_integer(position)};
  struct statement statement = statement_of("SELECT hash FROM journal_node WHERE level = $1 AND position = $2", parameters, 2);
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(reader, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) copy_bytes(cursor, 0, hash, HASH_SIZE);
  driver->finish(cursor);
  return error;
}

enum store_error reader_leaves(struct reader *reader, int64_t first, int64_t count, leaf_sink *sink, void *with) {
  const struct store_driver *driver = reader->connection->driver;
  struct parameter parameters[] = {parameter_integer(first), parameter_integer(count)};
  struct statement statement = statement_of("SELECT number, leaf FROM journal WHERE number >= $1 ORDER BY number LIMIT $2", parameters, 2);
  statement.stream = count > 1000;
  struct cursor *cursor = NULL;
  enum store_error error = reader_query(reader, &statement, &cursor);
  bool more = true;
  while (!error && more && (error = driver->next(cursor)) == STORE_OK) {
    uint8_t leaf[HASH_SIZE];
    copy_bytes(cursor, 1, leaf, HASH_SIZE);
    more = sink(with, driver->integer(cursor, 0), leaf);
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* The edge at one band of eight levels: at most 255 hashes of its lowest level, joined upwards. */
static void no_node(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]) {}
struct band { struct frontier edge; };
static bool add_leaf(void *with, int64_t number, const uint8_t leaf[HASH_SIZE]) {
  frontier_add(&((struct band *)with)->edge, leaf, no_node, NULL);
  return true;
}

enum store_error reader_frontier(struct reader *reader, int64_t size, struct frontier *frontier) {
  enum store_error error = STORE_OK;
  memset(frontier, 0, sizeof *frontier);
  for (unsigned level = 0; level < 56 && (size >> level) > 0 && !error; level += 8) {
    int64_t first = (size >> (level + 8)) << 8, end = size >> level;
    struct band band = {{0}};
    if (level == 0) error = reader_leaves(reader, first + 1, end - first, add_leaf, &band);
    for (int64_t at = first; level > 0 && at < end && !error; at++) {
      uint8_t hash[HASH_SIZE];
      error = reader_node(reader, level, at, hash);
      if (!error) frontier_add(&band.edge, hash, no_node, NULL);
    }
    if (!error && band.edge.size != end - first) error = STORE_BROKEN; /* a leaf or node is missing */
    for (unsigned i = 0; i < 8; i++)
      if (((size >> level) >> i) & 1) memcpy(frontier->node[level + i], band.edge.node[i], HASH_SIZE);
  }
  frontier->size = size;
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}
