/* What goes over the wire to PostgreSQL: statements sent in pipeline mode without waiting, their answers taken later
   in the same order, prepared statements by text. Every wait has an end: a server that is stopped or cut off counts as
   gone. Knows nothing of transactions or of what the statements mean; logs no parameter and no message of the server
   that might quote one. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "store/postgres.h"

enum { PATIENCE_SHORT = 6000, PATIENCE_LONG = 1800 * 1000 }; /* milliseconds of silence */

/* ---- errors ---- */

/* By the beginning of SQLSTATE; the first that fits. */
enum store_error postgres_error(const PGresult *result) {
  static const struct { const char *state; enum store_error error; } errors[] = {
    {"23", STORE_CLASH}, {"40", STORE_BUSY}, {"55P03", STORE_BUSY}, {"57014", STORE_BUSY}, {"53100", STORE_FULL}, {"53", STORE_BUSY},
    {"57P", STORE_GONE}, {"08", STORE_GONE}, {"25P03", STORE_GONE}, {"25006", STORE_REFUSED}, {"42501", STORE_REFUSED}, {"3F000", STORE_REFUSED},
  };
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (!state) return STORE_GONE; /* libpq's own: the connection broke */
  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
    if (strncmp(state, errors[i].state, strlen(errors[i].state)) == 0) return errors[i].error;
  log_line(LOG_ERROR, "store", "postgresql refuses a statement: SQLSTATE %s", state);
  return STORE_BROKEN;
}

/* The connection cannot be used again; what was under way has no answer. */
static enum store_error lost(struct postgres_connection *connection) {
  connection->base.broken = true;
  connection->queue_count = 0;
  connection->unsynced = connection->patient = false;
  return STORE_GONE;
}

/* ---- the queue of answers ---- */

static struct waiting *queue_at(struct postgres_connection *connection, size_t at) {
  return &connection->queue[(connection->queue_first + at) % connection->queue_room];
}

static void queue_add(struct postgres_connection *connection, struct waiting waiting) {
  if (connection->queue_count == connection->queue_room) {
    size_t room = connection->queue_room ? 2 * connection->queue_room : 64;
    struct waiting *wider = calloc(room, sizeof *wider);
    if (!wider) abort();
    for (size_t i = 0; i < connection->queue_count; i++) wider[i] = *queue_at(connection, i);
    free(connection->queue);
    connection->queue = wider;
    connection->queue_first = 0;
    connection->queue_room = room;
  }
  connection->queue_count++;
  *queue_at(connection, connection->queue_count - 1) = waiting;
}

void postgres_spurn(struct postgres_connection *connection) {
  for (size_t i = 0; i < connection->queue_count; i++) {
    struct waiting *waiting = queue_at(connection, i);
    if (waiting->answer != ANSWER_SYNC) waiting->answer = ANSWER_SPURNED;
  }
}

bool postgres_sync(struct postgres_connection *connection) {
  if (connection->unsynced) {
    if (!PQpipelineSync(connection->link)) return lost(connection), false;
    queue_add(connection, (struct waiting){.answer = ANSWER_SYNC});
    connection->unsynced = false;
  }
  if (PQflush(connection->link) < 0) return lost(connection), false;
  return true;
}

/* ---- waiting ---- */

static int64_t clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until the next result can be taken without blocking. Sends what is left to send meanwhile, so that neither side
   waits for the other to read. */
static bool arrive(struct postgres_connection *connection) {
  int64_t until = clock_now() + (connection->patient ? PATIENCE_LONG : PATIENCE_SHORT), left;
  while (PQisBusy(connection->link)) {
    int unsent = PQflush(connection->link);
    if (unsent < 0 || (left = until - clock_now()) <= 0) return false;
    struct pollfd wait = {.fd = PQsocket(connection->link), .events = (short)(POLLIN | (unsent ? POLLOUT : 0))};
    int ready = poll(&wait, 1, (int)left);
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0 && wait.revents & ~POLLOUT && !PQconsumeInput(connection->link)) return false;
  }
  return true;
}

static PGresult *take(struct postgres_connection *connection) {
  return arrive(connection) ? PQgetResult(connection->link) : NULL;
}

static bool take_sync(struct postgres_connection *connection) {
  PGresult *result = take(connection);
  bool synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
  PQclear(result);
  return synced;
}

/* One answer: its result, then the NULL that ends it. *error gets the first error that matters. */
static bool take_answer(struct postgres_connection *connection, const struct waiting *waiting, enum store_error *error) {
  PGresult *result = take(connection), *end = result ? take(connection) : NULL;
  ExecStatusType status = PQresultStatus(result);
  bool fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, spurned = waiting->answer == ANSWER_SPURNED;
  if (!fine && waiting->prepared && waiting->prepared->serial == waiting->serial) waiting->prepared->serial = 0;
  if (!fine && !spurned && *error == STORE_OK) /* skipped behind a spurned one that failed: it did not happen either */
    *error = status == PGRES_FATAL_ERROR ? postgres_error(result) : STORE_BROKEN;
  if (fine && waiting->answer == ANSWER_WANTED) {
    PQclear(connection->wanted);
    connection->wanted = result;
  } else {
    PQclear(result);
  }
  PQclear(end);
  return result && !end && PQstatus(connection->link) == CONNECTION_OK;
}

enum store_error postgres_settle(struct postgres_connection *connection) {
  enum store_error error = STORE_OK;
  PQclear(connection->wanted);
  connection->wanted = NULL;
  if (connection->base.broken || !postgres_sync(connection)) return STORE_GONE;
  while (connection->queue_count) {
    struct waiting waiting = *queue_at(connection, 0);
    connection->queue_first = (connection->queue_first + 1) % connection->queue_room;
    connection->queue_count--;
    bool taken = waiting.answer == ANSWER_SYNC ? take_sync(connection) : take_answer(connection, &waiting, &error);
    if (!taken) return lost(connection), error ? error : STORE_GONE;
  }
  connection->patient = false;
  return error;
}

/* ---- prepared statements ---- */

static struct prepared *kept_place(struct postgres_connection *connection, const struct statement *statement, uint64_t hash) {
  struct prepared *set = connection->kept[hash % KEPT_SETS], *oldest = set;
  for (int i = 0; i < KEPT_WAYS; i++) {
    if (set[i].text && set[i].hash == hash && set[i].size == statement->size && memcmp(set[i].text, statement->text, statement->size) == 0)
      return &set[i];
    if (set[i].used < oldest->used) oldest = &set[i];
  }
  return oldest;
}

static void name_of(unsigned serial, char name[16]) {
  snprintf(name, 16, "s%u", serial);
}

/* Frees the place for another text; the server's statement goes too. */
static void evict(struct postgres_connection *connection, struct prepared *place) {
  char name[16], text[32];
  if (place->serial) {
    name_of(place->serial, name);
    snprintf(text, sizeof text, "DEALLOCATE %s", name);
    postgres_send_plain(connection, text, ANSWER_SPURNED);
  }
  free(place->text);
  *place = (struct prepared){.text = NULL};
}

/* The place of the statement, prepared or sent to be. NULL: broken. */
static struct prepared *prepare(struct postgres_connection *connection, const struct statement *statement) {
  uint64_t hash = statement->hash ? statement->hash : hash_fingerprint(statement->text, statement->size);
  struct prepared *place = kept_place(connection, statement, hash);
  char name[16];
  bool same = place->text && place->hash == hash && place->size == statement->size &&
              memcmp(place->text, statement->text, statement->size) == 0;
  if (!same) {
    evict(connection, place);
    place->text = strndup(statement->text, statement->size);
    if (!place->text) abort();
    place->size = statement->size;
    place->hash = hash;
  }
  place->used = ++connection->tick;
  if (place->serial) return place;
  place->serial = ++connection->serial;
  name_of(place->serial, name);
  if (!PQsendPrepare(connection->link, name, place->text, 0, NULL)) return lost(connection), NULL;
  queue_add(connection, (struct waiting){.answer = ANSWER_PREPARE, .prepared = place, .serial = place->serial});
  return place;
}

/* ---- sending ---- */

static void parameters_room(struct postgres_connection *connection, size_t count) {
  if (count <= connection->parameter_room) return;
  connection->values = realloc(connection->values, count * sizeof *connection->values);
  connection->lengths = realloc(connection->lengths, count * sizeof *connection->lengths);
  connection->formats = realloc(connection->formats, count * sizeof *connection->formats);
  if (!connection->values || !connection->lengths || !connection->formats) abort();
  connection->parameter_room = count;
}

/* Integers go as text, so that the server may take them for whatever width the statement implies; bytes as they are. */
static void parameters_lay(struct postgres_connection *connection, const struct statement *statement) {
  enum { WIDTH = 24 };
  static const char nothing[1];
  parameters_room(connection, statement->count);
  buffer_clear(&connection->digits);
  for (size_t i = 0; i < statement->count; i++) {
    char digits[WIDTH] = {0};
    if (statement->parameters[i].kind == PARAMETER_INTEGER)
      snprintf(digits, sizeof digits, "%lld", (long long)statement->parameters[i].integer);
    buffer_add(&connection->digits, digits, WIDTH);
  }
  for (size_t i = 0; i < statement->count; i++) {
    const struct parameter *parameter = &statement->parameters[i];
    const char *bytes = parameter->bytes ? parameter->bytes : nothing;
    connection->values[i] = parameter->kind == PARAMETER_NOTHING   ? NULL
                            : parameter->kind == PARAMETER_INTEGER ? connection->digits.bytes + i * WIDTH
                                                                   : bytes;
    connection->lengths[i] = (int)parameter->size;
    /* binary: bytes need no NUL behind them */
    connection->formats[i] = parameter->kind == PARAMETER_BYTES || parameter->kind == PARAMETER_TEXT;
  }
}

enum store_error postgres_send(struct postgres_connection *connection, const struct statement *statement, enum answer answer) {
  struct prepared *place = NULL;
  char name[16];
  int sent;
  if (connection->base.broken) return STORE_GONE;
  bool loose = statement->once || statement->stream;
  if (!loose && !(place = prepare(connection, statement))) return STORE_GONE;
  parameters_lay(connection, statement);
  if (loose) {
    char *text = strndup(statement->text, statement->size);
    if (!text) abort();
    sent = PQsendQueryParams(connection->link, text, (int)statement->count, NULL, connection->values, connection->lengths, connection->formats, 1);
    free(text);
  } else {
    name_of(place->serial, name);
    sent = PQsendQueryPrepared(connection->link, name, (int)statement->count, connection->values, connection->lengths, connection->formats, 1);
  }
  if (!sent) return lost(connection);
  queue_add(connection, (struct waiting){.answer = answer});
  connection->unsynced = true;
  connection->patient = connection->patient || loose;
  return STORE_OK;
}

enum store_error postgres_send_plain(struct postgres_connection *connection, const char *text, enum answer answer) {
  if (connection->base.broken) return STORE_GONE;
  if (!PQsendQueryParams(connection->link, text, 0, NULL, NULL, NULL, NULL, 1)) return lost(connection);
  queue_add(connection, (struct waiting){.answer = answer});
  connection->unsynced = true;
  return STORE_OK;
}

/* ---- connecting ---- */

void postgres_forget_all(struct postgres_connection *connection) {
  for (int i = 0; i < KEPT_SETS; i++)
    for (int j = 0; j < KEPT_WAYS; j++) free(connection->kept[i][j].text);
  memset(connection->kept, 0, sizeof connection->kept);
  free(connection->queue);
  connection->queue = NULL;
  connection->queue_first = connection->queue_count = connection->queue_room = 0;
  PQclear(connection->wanted);
  connection->wanted = NULL;
  connection->inside = connection->unsynced = connection->patient = false;
}

enum store_error postgres_dial(struct postgres_connection *connection) {
  PQfinish(connection->link);
  postgres_forget_all(connection);
  connection->link = postgres_link(connection->base.store->own);
  bool ready = connection->link && PQsetnonblocking(connection->link, 1) == 0 && PQenterPipelineMode(connection->link);
  connection->base.broken = !ready;
  return ready ? STORE_OK : STORE_GONE;
}

/* A server that went away has said so or closed the connection: both can be read without waiting. */
bool postgres_alive(struct postgres_connection *connection) {
  if (connection->base.broken || !connection->link) return false;
  for (int tries = 0; tries < 3 && PQstatus(connection->link) == CONNECTION_OK; tries++) {
    struct pollfd look = {.fd = PQsocket(connection->link), .events = POLLIN};
    if (poll(&look, 1, 0) <= 0) return true;
    if (!PQconsumeInput(connection->link)) return false;
  }
  return PQstatus(connection->link) == CONNECTION_OK;
}
