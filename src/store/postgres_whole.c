/* A PostgreSQL store as a whole: its address, bare connections with our settings, backup by pg_dump, scrubbing after a
   destruction. The tables live in the first schema of the search path the address gives (public by default). The
   password in the address never reaches a log or another process's arguments. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "store/postgres.h"

extern char **environ;

/* The first line of a message, without its end. */
static char *first_line(struct arena *arena, const char *message) {
  return arena_copy(arena, message, strcspn(message, "\r\n"));
}

/* ---- opening ---- */

enum store_error postgres_open(struct store *store, bool create, struct arena *arena, struct label *reason) {
  char *wrong = NULL;
  PQconninfoOption *options = PQconninfoParse(store->url, &wrong);
  if (!options) {
    const char *line = first_line(arena, wrong ? wrong : "?");
    *reason = label_print(arena, "数据库地址写法不对：%s。应如 postgresql://用户:口令@主机:5432/库名", "the address of the database is badly written: %s. It should be like postgresql://user:password@host:5432/name", line);
    PQfreemem(wrong);
    return STORE_REFUSED;
  }
  PQconninfoFree(options);
  struct postgres_store *own = ARENA_NEW(store->arena, struct postgres_store);
  own->url = store->url;
  store->own = own;
  return STORE_OK;
}

void postgres_close(struct store *store) {
  store->own = NULL; /* it lives in the store's arena */
}

static void no_notice(void *with, const PGresult *result) {}

/* Settings that answers or durability depend on. A writer must not wait long for another server's head row, nor hold
   it when its own process hangs; a query whose asker has given up must end. */
static const char settings[] =
  "SET synchronous_commit = on; SET jit = off; SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '60s';"
  "SET client_connection_check_interval = '2s';"
  "SET timezone = 'UTC'; SET standard_conforming_strings = on; SET client_min_messages = error";

/* Under load every request would say it: once in five seconds is enough. */
static void complain(struct postgres_store *own, const char *wrong) {
  int64_t now = moment_system(), last = own->complained;
  if (now - last > 5 * MOMENT_SECOND || now < last) {
    own->complained = now;
    log_line(LOG_WARNING, "store", "postgresql: no connection: %s", wrong);
  }
}

PGconn *postgres_link(struct postgres_store *own) {
  const char *const names[] = {"connect_timeout", "fallback_application_name", "client_encoding", "dbname", NULL};
  const char *const values[] = {"2", "bihuan", "UTF8", own->url, NULL};
  struct arena *arena = arena_new();
  PGconn *link = PQconnectdbParams(names, values, 1);
  const char *encoding = link ? PQparameterStatus(link, "server_encoding") : NULL, *wrong = NULL;
  if (!link || PQstatus(link) != CONNECTION_OK) wrong = link ? first_line(arena, PQerrorMessage(link)) : "out of memory";
  else if (!text_equal(encoding, "UTF8")) wrong = "the database's encoding is not UTF8";
  if (!wrong) {
    PQsetNoticeReceiver(link, no_notice, NULL);
    PGresult *result = PQexec(link, settings);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) wrong = "the settings were not accepted";
    PQclear(result);
  }
  if (wrong) {
    complain(own, wrong);
    PQfinish(link);
    link = NULL;
  }
  arena_free(arena);
  return link;
}

/* ---- backup ---- */

/* The address as key words, the password left out; *password gets it (NULL: none). */
static char *address_without_password(struct arena *arena, const char *url, char **password) {
  struct buffer out = {.arena = arena};
  PQconninfoOption *options = PQconninfoParse(url, NULL);
  *password = NULL;
  for (PQconninfoOption *option = options; option && option->keyword; option++) {
    if (!option->val) continue;
    if (strcmp(option->keyword, "password") == 0) {
      *password = arena_text(arena, option->val);
      continue;
    }
    buffer_print(&out, "%s='", option->keyword);
    for (const char *at = option->val; *at; at++) {
      if (*at == '\'' || *at == '\\') buffer_byte(&out, '\\');
      buffer_byte(&out, *at);
    }
    buffer_text(&out, "' ");
  }
  PQconninfoFree(options);
  return out.size ? out.bytes : arena_text(arena, "");
}

static char **environment_with(struct arena *arena, const char *password) {
  size_t count = 0;
  while (environ[count]) count++;
  char **own = ARENA_ARRAY(arena, char *, count + 3);
  memcpy(own, environ, count * sizeof *own);
  own[count++] = arena_text(arena, "LC_ALL=C");
  if (password) own[count++] = arena_print(arena, "PGPASSWORD=%s", password);
  return own;
}

/* Runs a program to its end; what it says on standard error goes to `said`. Its exit status, or -1: not started. */
static int program_run(char *const *arguments, char *const *environment, struct buffer *said) {
  int ends[2], status = -1;
  pid_t child = 0;
  char bytes[1024];
  ssize_t got;
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  int started = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  while (started == 0 && ((got = read(ends[0], bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR)))
    if (got > 0) buffer_add(said, bytes, (size_t)got);
  close(ends[0]);
  if (started != 0) return -1;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static enum store_error schema_name(const struct store *store, struct arena *arena, char **name) {
  PGconn *link = postgres_link(store->own);
  if (!link) return STORE_GONE;
  PGresult *result = PQexec(link, "SELECT current_schema()");
  bool there = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 && !PQgetisnull(result, 0, 0);
  if (there) *name = arena_text(arena, PQgetvalue(result, 0, 0));
  PQclear(result);
  PQfinish(link);
  return there ? STORE_OK : STORE_REFUSED;
}

/* A file of its own rights before anything is in it. */
static bool file_make(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  return file >= 0 && close(file) == 0;
}

enum store_error postgres_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason) {
  char *schema = NULL, *password = NULL, *address = address_without_password(arena, store->url, &password);
  char *draft = arena_print(arena, "%s/store.dump.part", folder), *final = arena_print(arena, "%s/store.dump", folder);
  struct buffer said = {.arena = arena};
  enum store_error error = schema_name(store, arena, &schema);
  if (error != STORE_OK) return error;
  char *pattern = arena_print(arena, "--schema=\"%s\"", schema), *target = arena_print(arena, "--file=%s", draft), *source = arena_print(arena, "--dbname=%s", address);
  const char *arguments[] = {"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password", pattern, target, source, NULL};
  if (!file_make(draft)) {
    *reason = label_print(arena, "无法写备份文件“%s”：%s", "cannot write the backup file \"%s\": %s", draft, strerror(errno));
    return errno == ENOSPC ? STORE_FULL : STORE_REFUSED;
  }
  int status = program_run((char *const *)arguments, environment_with(arena, password), &said);
  if (status == 0 && rename(draft, final) == 0) return STORE_OK;
  unlink(draft);
  if (status < 0) *reason = label_print(arena, "无法启动 pg_dump：请安装 postgresql-client", "pg_dump cannot be started: install postgresql-client");
  else *reason = label_print(arena, "pg_dump 失败（%d）：%s", "pg_dump failed (%d): %s", status, first_line(arena, said.size ? said.bytes : "?"));
  return STORE_REFUSED;
}

/* ---- restore ---- */

static enum store_error schema_is_empty(struct postgres_store *own, struct arena *arena, char **schema) {
  PGconn *link = postgres_link(own);
  if (!link) return STORE_GONE;
  PGresult *result = PQexec(link, "SELECT current_schema(), (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema())");
  bool answered = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1 && !PQgetisnull(result, 0, 0);
  bool empty = answered && strcmp(PQgetvalue(result, 0, 1), "0") == 0;
  if (answered) *schema = arena_text(arena, PQgetvalue(result, 0, 0));
  PQclear(result);
  PQfinish(link);
  return empty ? STORE_OK : STORE_REFUSED;
}

/* The schema itself is there already; the dump must be of one of the same name. */
enum store_error postgres_restore(const char *url, const char *folder, struct arena *arena, struct label *reason) {
  struct postgres_store own = {.url = (char *)(uintptr_t)url};
  struct buffer said = {.arena = arena};
  char *schema = NULL, *password = NULL;
  enum store_error error = schema_is_empty(&own, arena, &schema);
  if (error == STORE_REFUSED) *reason = label_print(arena, "数据库里已经有表,不能恢复到这里。请给一个空的数据库。", "the database holds tables already; give an empty one.");
  if (error != STORE_OK) return error;
  char *address = address_without_password(arena, url, &password);
  char *source = arena_print(arena, "%s/store.dump", folder), *target = arena_print(arena, "--dbname=%s", address), *pattern = arena_print(arena, "--schema=%s", schema);
  const char *arguments[] = {"pg_restore", "--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction", pattern, target, source, NULL};
  int status = program_run((char *const *)arguments, environment_with(arena, password), &said);
  if (status == 0) return STORE_OK;
  if (status < 0) *reason = label_print(arena, "无法启动 pg_restore：请安装 postgresql-client", "pg_restore cannot be started: install postgresql-client");
  else *reason = label_print(arena, "pg_restore 失败（%d）：%s", "pg_restore failed (%d): %s", status, first_line(arena, said.size ? said.bytes : "?"));
  return STORE_REFUSED;
}

/* ---- scrubbing ---- */

static enum store_error run_bare(PGconn *link, const char *text) {
  PGresult *result = PQexec(link, text);
  ExecStatusType status = PQresultStatus(result);
  enum store_error error = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? STORE_OK : postgres_error(result);
  PQclear(result);
  return error;
}

enum { LOCK_TRIES = 60, LOCK_PAUSE = 250000 /* microseconds */ };

/* Whoever waits for a table's lock makes all that come later wait behind it, the writer too, for which a reader of that very table may be
   waiting: so it is asked for shortly, and again. */
static enum store_error vacuum_full(PGconn *link, struct arena *arena, const char *table) {
  const char *text = arena_print(arena, "VACUUM (FULL) %s", table);
  enum store_error error = run_bare(link, text);
  for (int i = 0; i < LOCK_TRIES && error == STORE_BUSY; i++) {
    usleep(LOCK_PAUSE);
    error = run_bare(link, text);
  }
  return error;
}

/* VACUUM FULL writes each table anew and gives the old file back: what was removed stands in none of ours any more.
   The server's own log of writes and its replicas are beyond us. */
enum store_error postgres_scrub(struct store *store) {
  PGconn *link = postgres_link(store->own);
  if (!link) return STORE_GONE;
  struct arena *arena = arena_new();
  enum store_error error = run_bare(link, "SET lock_timeout = '500ms'");
  PGresult *tables = PQexec(link, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");
  if (error == STORE_OK && PQresultStatus(tables) != PGRES_TUPLES_OK) error = postgres_error(tables);
  for (int i = 0; i < PQntuples(tables) && error == STORE_OK; i++) error = vacuum_full(link, arena, PQgetvalue(tables, i, 0));
  PQclear(tables);
  PQclear(PQexec(link, "CHECKPOINT")); /* only a privileged account may: its refusal does not matter */
  PQfinish(link);
  arena_free(arena);
  return error;
}

void postgres_optimize(struct store *store) {
  PGconn *link = postgres_link(store->own);
  if (link && run_bare(link, "ANALYZE") != STORE_OK)
    log_line(LOG_WARNING, "store", "postgresql: the tables' statistics could not be renewed");
  PQfinish(link);
}
