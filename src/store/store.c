/* Opening and closing a store, its connections, and what has no better place. Chooses the driver by URL; after
   that nobody asks which one it is. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "base/folder.h"
#include "base/log.h"
#include "store/memo.h"

struct label store_error_label(enum store_error error) {
  static const struct label LABELS[] = {
    [STORE_OK] = {"完成", "done"},
    [STORE_ABSENT] = {"所要的内容不存在", "what was asked for is not there"},
    [STORE_BUSY] = {"另一个程序正在写库,请稍后重试", "somebody else is writing to the store; try again shortly"},
    [STORE_FULL] = {"磁盘已满或不能写,本次没有写入任何内容", "the disk is full or cannot be written; nothing was written"},
    [STORE_GONE] = {"数据库没有应答,本次没有写入任何内容,请稍后重试", "the database does not answer; nothing was written, try again shortly"},
    [STORE_UNCERTAIN] = {"提交时连接中断,不能确定是否已写入,请用同一幂等键再问一次", "the connection broke during commit; ask again with the same idempotency key"},
    [STORE_REFUSED] = {"本程序不能打开此库", "this program must not open this store"},
    [STORE_CLASH] = {"此值已被另一条记录占用", "another record holds this value already"},
    [STORE_BROKEN] = {"数据库内部出错,详情见运行日志", "the database reports an internal error; see the process log"}};
  _Static_assert(sizeof LABELS / sizeof *LABELS == STORE_BROKEN + 1, "every error has its label");
  return LABELS[error];
}

/* ---- small helpers ---- */
struct statement statement_of(const char *text, const struct parameter *parameters, size_t count) {
  return (struct statement){.text = text, .size = strlen(text), .parameters = parameters, .count = count};
}
struct parameter parameter_integer(int64_t value) {
  return value == NOTHING ? (struct parameter){.kind = PARAMETER_NOTHING} : (struct parameter){.kind = PARAMETER_INTEGER, .integer = value};
}
struct parameter parameter_text(const char *text) {
  return text ? (struct parameter){.kind = PARAMETER_TEXT, .bytes = text, .size = strlen(text)}
              : (struct parameter){.kind = PARAMETER_NOTHING};
}
struct parameter parameter_bytes(const void *bytes, size_t size) {
  return bytes ? (struct parameter){.kind = PARAMETER_BYTES, .bytes = bytes, .size = size} : (struct parameter){.kind = PARAMETER_NOTHING};
}
enum store_error store_run(struct connection *connection, const char *text, const struct parameter *parameters, size_t count) {
  struct statement statement = statement_of(text, parameters, count);
  return connection->driver->execute(connection, &statement, NULL);
}

/* ---- opening ---- */
static bool is_postgres(const char *url) { return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0; }

/* In one transaction: makes what is missing, or refuses. A store opened for reading must need nothing. */
static enum store_error prepare_tables(struct store *store, bool create, struct arena *arena, struct label *reason) {
  enum store_error error = store->driver->connect(store, store->read_only ? FOR_READING : FOR_WRITING, &store->writer);
  if (error) return error;
  error = store->driver->begin(store->writer, !store->read_only);
  if (!error) error = schema_apply(store, store->writer, create, arena, reason);
  if (!error && !store->read_only) error = store->driver->commit(store->writer);
  else store->driver->rollback(store->writer);
  return error;
}

static enum store_error load_tree(struct store *store) {
  struct reader *reader = NULL;
  struct head head;
  enum store_error error = store_reader(store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (!error) error = reader_frontier(reader, head.number, &store->frontier);
  reader_release(reader);
  if (error == STORE_BROKEN) { /* tampered with: reading and verifying must go on; begin will refuse to write */
    log_line(LOG_ERROR, "store", "the journal's tree cannot be read: run verify");
    store->frontier.size = -1;
    error = STORE_OK;
  }
  return error;
}

static struct store *store_new(const struct store_options *options) {
  struct arena *own = arena_new();
  struct store *store = ARENA_NEW(own, struct store);
  store->arena = own;
  store->driver = is_postgres(options->url) ? &STORE_POSTGRES : &STORE_SQLITE;
  store->schema = options->schema;
  store->url = arena_text(own, options->url);
  store->data = arena_text(own, options->data ? options->data : options->url);
  store->read_only = options->read_only;
  store->draft = options->draft;
  store->texts = compose_types(own, store->driver, options->schema);
  store->memo = memo_new(options->schema);
  pthread_mutex_init(&store->pool_lock, NULL);
  pthread_mutex_init(&store->side_lock, NULL);
  pthread_mutex_init(&store->write_lock, NULL);
  return store;
}

enum store_error store_open(const struct store_options *options, struct store **out, struct arena *arena, struct label *reason) {
  base_start();
  struct store *store = store_new(options);
  *reason = (struct label){NULL, NULL};
  enum store_error error = STORE_OK;
  if (options->create && !folder_make(store->data)) {
    error = STORE_REFUSED;
    *reason = label_print(arena, "无法建立数据文件夹“%s”:%s。", "cannot make the data folder \"%s\": %s.", store->data, strerror(errno));
  }
  if (!error) error = store->driver->open(store, options->create, arena, reason);
  if (!error) error = prepare_tables(store, options->create, arena, reason);
  if (!error) error = load_tree(store);
  if (error && reason->zh == NULL) *reason = store_error_label(error);
  if (error) { store_close(store); store = NULL; }
  *out = store;
  return error;
}

static void disconnect_all(struct store *store) {
  const struct store_driver *driver = store->driver;
  for (struct connection *idle = store->idle, *next; idle; idle = next) { next = idle->next; driver->disconnect(idle); }
  if (store->side) driver->disconnect(store->side);
  if (store->writer) driver->disconnect(store->writer);
  store->idle = store->side = store->writer = NULL;
}

/* Connections are opened anew when they are needed, then as ones that sync. */
enum store_error store_settle(struct store *store) {
  if (!store->draft) return STORE_OK;
  pthread_mutex_lock(&store->write_lock);
  pthread_mutex_lock(&store->side_lock);
  disconnect_all(store);
  store->draft = false;
  enum store_error error = store->driver->settle ? store->driver->settle(store) : STORE_OK;
  pthread_mutex_unlock(&store->side_lock);
  pthread_mutex_unlock(&store->write_lock);
  return error;
}

void store_close(struct store *store) {
  if (store == NULL) return;
  const struct store_driver *driver = store->driver;
  disconnect_all(store);
  if (store->own) driver->close(store);
  memo_free(store->memo);
  pthread_mutex_destroy(&store->pool_lock);
  pthread_mutex_destroy(&store->side_lock);
  pthread_mutex_destroy(&store->write_lock);
  arena_free(store->arena);
}

const char *store_name(const struct store *store) { return store->driver->name; }
const struct schema *store_schema(const struct store *store) { return store->schema; }
const char *store_data(const struct store *store) { return store->data; }

/* ---- readers ---- */
static struct connection *rested(struct store *store) {
  pthread_mutex_lock(&store->pool_lock);
  struct connection *connection = store->idle;
  if (connection) store->idle = connection->next;
  pthread_mutex_unlock(&store->pool_lock);
  return connection;
}

static void put_to_rest(struct store *store, struct connection *connection) {
  connection->next = store->idle;
  store->idle = connection;
}

/* ---- snapshots that rest ----
   Beginning and ending a snapshot costs more than reading a row in it. Where only this process writes, a connection rests with its
   snapshot open and the next reader goes on in it, as long as nothing was committed. Each commit ends those that rest before it writes,
   so that none holds back the log. The age is bounded all the same, should somebody else have written. */
#define SNAPSHOT_SECONDS 1

static int64_t second_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return (int64_t)now.tv_sec;
}

static bool snapshot_is_fresh(struct store *store, const struct connection *connection) {
  return connection->snapshot && (store->driver->abilities & ABILITY_RESTS_OPEN) && connection->commits == atomic_load(&store->commits) &&
         second_now() - connection->since < SNAPSHOT_SECONDS;
}

static void snapshot_end(struct connection *connection) {
  connection->driver->rollback(connection);
  connection->snapshot = false;
}

/* The figure is taken first: what is committed meanwhile makes the snapshot look older than it is, never younger. */
static enum store_error snapshot_begin(struct store *store, struct connection *connection) {
  connection->commits = atomic_load(&store->commits);
  connection->since = second_now();
  connection->head_known = false;
  enum store_error error = store->driver->begin(connection, false);
  connection->snapshot = error == STORE_OK;
  return error;
}

void snapshots_end(struct store *store, bool committing) {
  pthread_mutex_lock(&store->pool_lock);
  store->committing = committing;
  for (struct connection *idle = store->idle; idle; idle = idle->next)
    if (idle->snapshot) snapshot_end(idle);
  pthread_mutex_unlock(&store->pool_lock);
}

void snapshots_may_rest(struct store *store) {
  pthread_mutex_lock(&store->pool_lock);
  store->committing = false;
  pthread_mutex_unlock(&store->pool_lock);
}

static enum store_error snapshot_renew(struct store *store, struct connection *connection) {
  if (snapshot_is_fresh(store, connection)) return STORE_OK;
  if (connection->snapshot) snapshot_end(connection);
  return snapshot_begin(store, connection);
}

/* A rested connection may have died meanwhile: then a fresh one is tried once. */
enum store_error store_reader(struct store *store, struct reader **out) {
  *out = NULL;
  struct connection *connection = rested(store);
  enum store_error error = STORE_OK;
  if (connection && (error = snapshot_renew(store, connection)) != STORE_OK) {
    store->driver->disconnect(connection);
    connection = NULL;
  }
  if (connection == NULL) {
    error = store->driver->connect(store, FOR_READING, &connection);
    if (!error) error = snapshot_begin(store, connection);
    if (error && connection) { store->driver->disconnect(connection); connection = NULL; }
  }
  if (error) return error;
  struct reader *reader = calloc(1, sizeof *reader);
  if (reader == NULL) abort();
  *reader = (struct reader){.store = store, .connection = connection};
  *out = reader;
  return STORE_OK;
}

enum store_error store_reader_now(struct store *store, struct reader **out) {
  enum store_error error = store_reader(store, out);
  if (error) return error;
  snapshot_end((*out)->connection);
  error = snapshot_begin(store, (*out)->connection);
  if (!error) return STORE_OK;
  (*out)->connection->broken = true;
  reader_release(*out);
  *out = NULL;
  return error;
}

void reader_release(struct reader *reader) {
  if (reader == NULL || reader->tx) return;
  struct store *store = reader->store;
  struct connection *connection = reader->connection;
  free(reader);
  bool rests = !connection->broken && snapshot_is_fresh(store, connection);
  if (rests) {
    pthread_mutex_lock(&store->pool_lock);
    rests = !store->committing;
    if (rests) put_to_rest(store, connection);
    pthread_mutex_unlock(&store->pool_lock);
  }
  if (rests) return;
  snapshot_end(connection);
  if (connection->broken) {
    store->driver->disconnect(connection);
    return;
  }
  pthread_mutex_lock(&store->pool_lock);
  put_to_rest(store, connection);
  pthread_mutex_unlock(&store->pool_lock);
}

enum store_error reader_query(struct reader *reader, const struct statement *statement, struct cursor **cursor) {
  return reader->connection->driver->query(reader->connection, statement, cursor);
}

/* ---- the whole store ---- */
enum store_error store_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason) {
  *reason = (struct label){NULL, NULL};
  enum store_error error = STORE_OK;
  if (!folder_make(folder)) {
    error = STORE_REFUSED;
    *reason = label_print(arena, "无法建立备份文件夹“%s”:%s。", "cannot make the backup folder \"%s\": %s.", folder, strerror(errno));
  }
  if (!error) error = store->driver->backup(store, folder, arena, reason);
  if (error && reason->zh == NULL) *reason = store_error_label(error);
  return error;
}

enum store_error store_restore(const char *url, const char *folder, struct arena *arena, struct label *reason) {
  const struct store_driver *driver = is_postgres(url) ? &STORE_POSTGRES : &STORE_SQLITE;
  base_start();
  *reason = (struct label){NULL, NULL};
  enum store_error error = driver->restore(url, folder, arena, reason);
  if (error && reason->zh == NULL) *reason = store_error_label(error);
  return error;
}

/* Files that this process alone writes are scrubbed with everybody of it kept out. A database that others write as well has locks of its
   own: ours would only make a reader that waits for a side value keep its snapshot, for which the scrubbing waits in turn. */
enum store_error store_scrub(struct store *store) {
  if (!(store->driver->abilities & ABILITY_RESTS_OPEN)) return store->driver->scrub(store);
  pthread_mutex_lock(&store->write_lock);
  pthread_mutex_lock(&store->side_lock);
  snapshots_end(store, true);
  enum store_error error = store->driver->scrub(store);
  snapshots_may_rest(store);
  pthread_mutex_unlock(&store->side_lock);
  pthread_mutex_unlock(&store->write_lock);
  return error;
}

/* The memory goes back to the system too, as the C library would keep it for its own next use. */
void store_rest(struct store *store) {
  pthread_mutex_lock(&store->write_lock);
  if (store->writer && store->driver->rest) store->driver->rest(store->writer);
  pthread_mutex_unlock(&store->write_lock);
  malloc_trim(0);
}

void store_optimize(struct store *store) {
  snapshots_end(store, false);
  store->driver->optimize(store);
}
