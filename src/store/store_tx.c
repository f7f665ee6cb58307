/* Writing: one transaction holds many change sets. Numbers entries densely, grows the tree, writes what differs
   between two rows with its long texts, its references to several and their copies. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "store/memo.h"

/* Remembers the first failure of a set: what comes after it in the set cannot be trusted. */
static enum store_error noted(struct tx *tx, enum store_error error) {
  if (error && !tx->failed) { tx->failed = true; tx->error = error; }
  return error;
}

static enum store_error run(struct tx *tx, const char *text, const struct parameter *parameters, size_t count) {
  tx->wrote = true;
  return noted(tx, store_run(tx->connection, text, parameters, count));
}

/* ---- begin, commit ---- */
static enum store_error read_head(struct connection *connection, const char *suffix, struct head *head) {
  const struct store_driver *driver = connection->driver;
  char text[160];
  snprintf(text, sizeof text, "SELECT number, epoch, schema_version, last_moment, store_id FROM journal_head%s", suffix);
  struct statement statement = statement_of(text, NULL, 0);
  struct cursor *cursor = NULL;
  enum store_error error = driver->query(connection, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) {
    *head = (struct head){.number = driver->integer(cursor, 0), .epoch = driver->integer(cursor, 1),
      .schema_version = (uint32_t)driver->integer(cursor, 2), .last_moment = driver->integer(cursor, 3)};
    const char *id = driver->bytes(cursor, 4, NULL);
    snprintf(head->store_id, sizeof head->store_id, "%s", id ? id : "");
  }
  driver->finish(cursor);
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}

struct store *reader_store(const struct reader *reader) { return reader->store; }

enum store_error reader_head(struct reader *reader, struct head *head) {
  struct connection *connection = reader->connection;
  if (reader->tx) { *head = reader->tx->head; return STORE_OK; }
  enum store_error error = STORE_OK;
  if (!connection->head_known) error = read_head(connection, "", &connection->head);
  connection->head_known = error == STORE_OK && (connection->driver->abilities & ABILITY_RESTS_OPEN); /* a server that went away is noticed */
  if (!error) *head = connection->head;
  return error;
}

static enum store_error open_writer(struct store *store) {
  const struct store_driver *driver = store->driver;
  enum store_error error = STORE_OK;
  if (store->writer && store->writer->broken) { driver->disconnect(store->writer); store->writer = NULL; }
  if (store->writer == NULL) error = driver->connect(store, FOR_WRITING, &store->writer);
  return error ? error : driver->begin(store->writer, true);
}

/* The tree must stand at the head: another server may have moved it on PostgreSQL. */
static enum store_error take_head(struct tx *tx) {
  struct store *store = tx->store;
  enum store_error error = read_head(tx->connection, store->driver->lock_suffix, &tx->head);
  if (!error && tx->head.schema_version > store->schema->version) {
    log_line(LOG_ERROR, "store", "a newer program (schema version %u) has taken this store over", (unsigned)tx->head.schema_version);
    error = STORE_REFUSED;
  }
  if (!error && store->frontier.size != tx->head.number) error = reader_frontier(&tx->reader, tx->head.number, &store->frontier);
  if (!error) memo_begin(store->memo, tx->head.number);
  return error;
}

static void tx_end(struct tx *tx) {
  struct store *store = tx->store;
  arena_free(tx->arena);
  free(tx);
  pthread_mutex_unlock(&store->write_lock);
}

enum store_error store_begin_at(struct store *store, struct tx **out, const char *file, int line) {
  *out = NULL;
  if (store->read_only) return STORE_REFUSED;
  pthread_mutex_lock(&store->write_lock);
  enum store_error error = open_writer(store);
  if (error) { pthread_mutex_unlock(&store->write_lock); return error; }
  struct tx *tx = calloc(1, sizeof *tx);
  if (tx == NULL) abort();
  *tx = (struct tx){.store = store, .connection = store->writer, .salt_next = 64, .arena = arena_new(), .file = file, .line = line};
  tx->reader = (struct reader){.store = store, .connection = store->writer, .tx = tx};
  error = take_head(tx);
  if (error) { store->driver->rollback(tx->connection); tx_end(tx); return error; }
  tx->begun_at = tx->head.number;
  tx->frontier_at_begin = store->frontier;
  *out = tx;
  return STORE_OK;
}

static enum store_error write_head(struct tx *tx) {
  if (tx->head.number == tx->begun_at) return STORE_OK;
  struct parameter parameters[] = {parameter_integer(tx->head.number), parameter_integer(tx->head.last_moment),
                                   parameter_integer(tx->head.epoch)};
  return run(tx, "UPDATE journal_head SET number = $1, last_moment = $2, epoch = $3", parameters, 3);
}

enum store_error tx_commit(struct tx *tx) {
  struct store *store = tx->store;
  if (tx->marked) tx_end_set(tx, false);
  enum store_error error = tx->failed ? tx->error : write_head(tx);
  if (error) store->driver->rollback(tx->connection);
  else {
    snapshots_end(store, true);
    error = store->driver->commit(tx->connection);
    atomic_fetch_add(&store->commits, 1); /* before anybody is told */
    snapshots_may_rest(store);
  }
  /* Uncertain: the head that the next begin reads tells which tree is right */
  if (error) store->frontier = tx->frontier_at_begin;
  if (error) memo_forget(store->memo);
  else memo_commit(store->memo, tx->head.number);
  tx_end(tx);
  return error;
}

void tx_abandon(struct tx *tx) {
  struct store *store = tx->store;
  store->driver->rollback(tx->connection);
  store->frontier = tx->frontier_at_begin;
  memo_forget(store->memo);
  tx_end(tx);
}

struct reader *tx_reader(struct tx *tx) { return &tx->reader; }
struct store *tx_store(const struct tx *tx) { return tx->store; }
struct head tx_head(const struct tx *tx) { return tx->head; }
void tx_new_epoch(struct tx *tx) { tx->head.epoch++; }

/* ---- sets ---- */
static enum store_error set_mark(struct tx *tx, bool bare) {
  if (tx->marked) {
    log_line(LOG_ERROR, "store", "a change set was begun within another; the transaction is from %s:%d", tx->file, tx->line);
    return STORE_BROKEN;
  }
  enum store_error error = bare ? STORE_OK : tx->store->driver->mark(tx->connection);
  if (error) return error;
  tx->bare = bare;
  tx->marked = true;
  tx->failed = tx->wrote = false;
  tx->error = STORE_OK;
  tx->head_at_mark = tx->head;
  tx->frontier_at_mark = tx->store->frontier;
  return STORE_OK;
}

enum store_error tx_mark(struct tx *tx) { return set_mark(tx, false); }
enum store_error tx_mark_lightly(struct tx *tx) { return set_mark(tx, (tx->store->driver->abilities & ABILITY_MARKS_COPY) != 0); }
bool tx_spoilt(const struct tx *tx) { return tx->spoilt; }

/* What was written under a bare mark cannot be taken back alone. */
static enum store_error undo_set(struct tx *tx) {
  if (!tx->bare) return tx->store->driver->undo(tx->connection);
  tx->spoilt = tx->spoilt || tx->wrote;
  return tx->spoilt ? STORE_BROKEN : STORE_OK;
}

enum store_error tx_end_set(struct tx *tx, bool keep) {
  if (!tx->marked) return STORE_BROKEN;
  enum store_error told = keep && tx->failed ? tx->error : STORE_OK, error = STORE_OK;
  bool undone = !keep || told;
  if (undone) error = undo_set(tx);
  else if (!tx->bare) {
    told = tx->store->driver->keep(tx->connection);
    undone = told != STORE_OK;
  }
  if (undone) { tx->head = tx->head_at_mark; tx->store->frontier = tx->frontier_at_mark; }
  memo_end_set(tx->store->memo);
  tx->marked = false;
  tx->failed = error != STORE_OK; /* a set that could not be taken back spoils the transaction */
  tx->error = error;
  return told ? told : error;
}

/* ---- append ---- */
struct growing { struct tx *tx; enum store_error error; };
static void node_complete(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]) {
  struct growing *growing = with;
  if (level == 0 || level % 8 != 0 || growing->error) return;
  struct parameter parameters[] = {parameter_integer(level), parameter_integer(position), parameter_bytes(hash, HASH_SIZE)};
  growing->error = run(growing->tx, "INSERT INTO journal_node (level, position, hash) VALUES ($1, $2, $3)", parameters, 3);
}

static void give_salt(struct tx *tx, struct entry *entry) {
  if (tx->salt_next == 64) { random_bytes(tx->salts, sizeof tx->salts); tx->salt_next = 0; }
  memcpy(entry->salt, tx->salts[tx->salt_next++], sizeof entry->salt);
}

static enum store_error insert_entry(struct tx *tx, const struct entry *entry) {
  struct parameter parameters[] = {parameter_integer(entry->number),
                                   parameter_integer(entry->epoch),
                                   parameter_integer(entry->moment),
                                   parameter_integer(entry->happened),
                                   parameter_integer(entry->actor),
                                   parameter_integer(entry->behalf),
                                   parameter_integer(entry->channel),
                                   parameter_integer(entry->type),
                                   parameter_integer(entry->record),
                                   parameter_integer(entry->version),
                                   parameter_integer(entry->set),
                                   parameter_integer(entry->batch),
                                   parameter_integer(entry->kind),
                                   parameter_integer(entry->action),
                                   parameter_integer(entry->state),
                                   parameter_bytes(entry->salt, sizeof entry->salt),
                                   {.kind = PARAMETER_TEXT, .bytes = entry->body, .size = entry->body_size},
                                   parameter_bytes(entry->commitment, HASH_SIZE),
                                   parameter_bytes(entry->leaf, HASH_SIZE)};
  return run(tx, "INSERT INTO journal (number, epoch, moment, happened, actor, behalf, channel, type, record, version, set_number, batch, kind, action, state,"
    " salt, body, commitment, leaf) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)", parameters, sizeof parameters / sizeof *parameters);
}

enum store_error tx_append(struct tx *tx, struct entry *entry) {
  if (tx->failed) return tx->error;
  entry->number = tx->head.number + 1;
  entry->epoch = tx->head.epoch;
  if (entry->moment < tx->head.last_moment) entry->moment = tx->head.last_moment;
  if (entry->set == 0) entry->set = entry->number;
  if (entry->record == 0 && entry->kind == ENTRY_CHANGE) entry->record = entry->number; /* it makes a record, whose id it is */
  if (entry->body == NULL) { entry->body = ""; entry->body_size = 0; }
  give_salt(tx, entry);
  seal_entry(entry);
  enum store_error error = insert_entry(tx, entry);
  struct growing growing = {.tx = tx, .error = error};
  if (!error) frontier_add(&tx->store->frontier, entry->leaf, node_complete, &growing);
  tx->head.number = entry->number;
  tx->head.last_moment = entry->moment;
  return growing.error;
}

/* ---- put ---- */
static enum store_error insert_row(struct tx *tx, const struct type_texts *texts, const struct row *row, bool long_texts) {
  struct parameter *parameters = ARENA_ARRAY(tx->arena, struct parameter, texts->count);
  size_t count = 0;
  bool filled = false;
  if (long_texts) parameters[count++] = parameter_integer(row->id);
  for (size_t i = 0; i < texts->count; i++) {
    const struct column *column = &texts->columns[i];
    if (long_texts ? column->place != PLACE_LONG : column->place > PLACE_ROW) continue;
    parameters[count] = parameter_of(texts, column, row);
    filled = filled || parameters[count].kind != PARAMETER_NOTHING;
    count++;
  }
  return filled ? run(tx, long_texts ? texts->insert_long : texts->insert, parameters, count) : STORE_OK;
}

static enum store_error run_sql(struct tx *tx, const struct sql *sql) {
  struct statement statement = sql_statement(sql);
  tx->wrote = true;
  return noted(tx, tx->store->driver->execute(tx->connection, &statement, NULL));
}

static bool long_filled(const struct type_texts *texts, const struct row *row) {
  bool filled = false;
  for (size_t i = SYSTEM_COLUMNS; i < texts->count && !filled; i++)
    filled = texts->columns[i].place == PLACE_LONG && row->values[texts->columns[i].slot].kind == VALUE_TEXT;
  return filled;
}

static enum store_error put_long(struct tx *tx, const struct type_texts *texts, const struct row *before, const struct row *after) {
  if (texts->long_count == 0) return STORE_OK;
  if (before == NULL || !long_filled(texts, before)) return insert_row(tx, texts, after, true);
  struct sql sql = sql_new(tx->arena);
  if (!long_filled(texts, after)) {
    sql_add(&sql, "DELETE FROM "); sql_add(&sql, texts->long_table); sql_add(&sql, " WHERE \"id\" = "); sql_integer(&sql, after->id);
    return run_sql(tx, &sql);
  }
  return compose_update_long(&sql, texts, before, after) ? run_sql(tx, &sql) : STORE_OK;
}

static enum store_error insert_member(struct tx *tx, const struct type_texts *texts, const struct column *column, const struct row *row,
                                      size_t position) {
  struct sql sql = sql_new(tx->arena);
  sql_add(&sql, "INSERT INTO "); sql_add(&sql, column->side); sql_add(&sql, " (\"value\",\"owner\",\"position\"");
  for (size_t i = 0; column->copies && i < texts->listed_count; i++) { sql_add(&sql, ","); sql_add(&sql, texts->listed[i]->name); }
  sql_add(&sql, ") VALUES (");
  sql_integer(&sql, row->values[column->slot].many[position]);
  sql_add(&sql, ","); sql_integer(&sql, row->id);
  sql_add(&sql, ","); sql_integer(&sql, (int64_t)position);
  for (size_t i = 0; column->copies && i < texts->listed_count; i++) {
    sql_add(&sql, ",");
    sql_parameter(&sql, parameter_of(texts, texts->listed[i], row));
  }
  sql_add(&sql, ")");
  return run_sql(tx, &sql);
}

/* The copies beside unchanged members. */
static enum store_error update_copies(struct tx *tx, const struct type_texts *texts, const struct column *column, const struct row *before,
                                      const struct row *after) {
  struct sql sql = sql_new(tx->arena);
  size_t changed = 0;
  for (size_t i = 0; i < texts->listed_count; i++) {
    const struct column *listed = texts->listed[i];
    struct parameter old = parameter_of(texts, listed, before), new = parameter_of(texts, listed, after);
    bool same = old.kind == new.kind &&
                (old.kind == PARAMETER_INTEGER ? old.integer == new.integer
                                               : old.size == new.size && (old.size == 0 || memcmp(old.bytes, new.bytes, old.size) == 0));
    if (same) continue;
    if (changed++) sql_add(&sql, ",");
    else { sql_add(&sql, "UPDATE "); sql_add(&sql, column->side); sql_add(&sql, " SET "); }
    sql_add(&sql, listed->name); sql_add(&sql, " = "); sql_parameter(&sql, new);
  }
  if (!changed) return STORE_OK;
  sql_add(&sql, " WHERE \"owner\" = ");
  sql_integer(&sql, after->id);
  return run_sql(tx, &sql);
}

static enum store_error put_many(struct tx *tx, const struct type_texts *texts, const struct column *column, const struct row *before,
                                 const struct row *after) {
  const struct value *new = &after->values[column->slot], *old = before ? &before->values[column->slot] : NULL;
  size_t had = old && old->kind == VALUE_MANY ? old->count : 0, has = new->kind == VALUE_MANY ? new->count : 0;
  if (before && had == has && (has == 0 || memcmp(old->many, new->many, has * sizeof *new->many) == 0))
    return has && column->copies ? update_copies(tx, texts, column, before, after) : STORE_OK;
  enum store_error error = STORE_OK;
  if (had) {
    struct sql sql = sql_new(tx->arena);
    sql_add(&sql, "DELETE FROM "); sql_add(&sql, column->side); sql_add(&sql, " WHERE \"owner\" = "); sql_integer(&sql, after->id);
    error = run_sql(tx, &sql);
  }
  for (size_t i = 0; i < has && !error; i++) error = insert_member(tx, texts, column, after, i);
  return error;
}

enum store_error tx_put(struct tx *tx, const struct row *before, const struct row *after) {
  const struct type_texts *texts = texts_of(tx->store, after->type);
  enum store_error error = tx->failed ? tx->error : STORE_OK;
  arena_reset(tx->arena);
  memo_written(tx->store, texts);
  if (!error && before == NULL) error = insert_row(tx, texts, after, false);
  else if (!error) {
    struct sql sql = sql_new(tx->arena);
    if (compose_update(&sql, texts, before, after)) error = run_sql(tx, &sql);
  }
  if (!error) error = put_long(tx, texts, before, after);
  for (size_t i = SYSTEM_COLUMNS; i < texts->count && !error; i++)
    if (texts->columns[i].place == PLACE_MANY) error = put_many(tx, texts, &texts->columns[i], before, after);
  return error;
}

/* ---- destruction ---- */
/* The destruction's own entries keep their bodies: they say who destroyed what and why, not what it held. */
enum store_error tx_destroy(struct tx *tx, const struct record_type *type, int64_t id) {
  const struct type_texts *texts = texts_of(tx->store, type);
  struct parameter parameters[] = {parameter_integer(type->id), parameter_integer(id), parameter_integer(ENTRY_DESTRUCTION)}, owner = parameter_integer(id);
  arena_reset(tx->arena);
  memo_forget(tx->store->memo); /* nothing of it may be answered from memory */
  memo_written(tx->store, texts);
  enum store_error error = tx->failed ? tx->error : run(tx, "UPDATE journal SET body = NULL, salt = NULL WHERE type = $1 AND record = $2 AND kind <> $3", parameters, 3);
  if (!error) error = run(tx, arena_print(tx->arena, "DELETE FROM %s WHERE \"id\" = $1", texts->table), &owner, 1);
  if (!error && texts->long_count) error = run(tx, arena_print(tx->arena, "DELETE FROM %s WHERE \"id\" = $1", texts->long_table), &owner, 1);
  for (size_t i = SYSTEM_COLUMNS; i < texts->count && !error; i++)
    if (texts->columns[i].place == PLACE_MANY) error = run(tx, arena_print(tx->arena, "DELETE FROM %s WHERE \"owner\" = $1", texts->columns[i].side), &owner, 1);
  /* What is kept under idempotency keys holds numbers only and stays: else a request of anybody, asked again, would be done twice. */
  return error;
}

/* ---- idempotency keys ---- */
enum store_error tx_key_get(struct tx *tx, const char *key, struct arena *arena, char **value) {
  const struct store_driver *driver = tx->store->driver;
  struct parameter parameter = parameter_text(key);
  struct statement statement = statement_of("SELECT value FROM idempotency WHERE key = $1", &parameter, 1);
  struct cursor *cursor = NULL;
  size_t size = 0;
  *value = NULL;
  enum store_error error = driver->query(tx->connection, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  if (!error) {
    const char *bytes = driver->bytes(cursor, 0, &size);
    *value = arena_copy(arena, bytes ? bytes : "", size);
  }
  driver->finish(cursor);
  return error;
}

/* Now and then the expired ones go. */
enum store_error tx_key_put(struct tx *tx, const char *key, const char *value, int64_t expires) {
  struct parameter parameters[] = {parameter_text(key), parameter_text(value), parameter_integer(expires)};
  enum store_error error = run(tx, "INSERT INTO idempotency (key, value, expires) VALUES ($1, $2, $3)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires", parameters, 3);
  struct parameter now = parameter_integer(tx->head.last_moment);
  if (!error && tx->head.number % 1024 == 0) error = run(tx, "DELETE FROM idempotency WHERE expires > 0 AND expires < $1", &now, 1);
  return error;
}
