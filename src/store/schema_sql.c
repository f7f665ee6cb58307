/* The tables, made from declarations, and the additive migration of an older store: what is new is added, what
   would lose or reinterpret data is refused with its reason. What stands is known from the table store_catalogue,
   which indexes from store_index; the database's own catalogue is never asked. */
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "base/room.h"
#include "store/schema_sql.h"

struct standing { int64_t type, field; const char *name, *kind; bool met; };
struct standing_index { const char *name, *definition; bool met; };
struct migration {
  struct store *store; struct connection *connection; struct arena *arena; struct label *reason;
  struct standing *standing; size_t standing_count;
  struct standing_index *indexes; size_t index_count;
  enum store_error error;                       /* the first; nothing more is run after it */
};

static void run(struct migration *migration, const char *text, const struct parameter *parameters, size_t count) {
  if (migration->error) return;
  struct statement statement = statement_of(text, parameters, count);
  statement.once = count == 0;
  migration->error = migration->store->driver->execute(migration->connection, &statement, NULL);
}
#define RUN(migration, ...) run((migration), arena_print((migration)->arena, __VA_ARGS__), NULL, 0)

static void refuse(struct migration *migration, struct label reason) {
  if (migration->error) return;
  *migration->reason = reason;
  migration->error = STORE_REFUSED;
}

/* ---- the tables that every store has; I, T and B stand for the driver's words ---- */
static const char *const SYSTEM_TABLES[] = {
  "CREATE TABLE journal_head (one I PRIMARY KEY, number I NOT NULL, epoch I NOT NULL, schema_version I NOT NULL, last_moment I NOT NULL,"
  " store_id T NOT NULL, simulated I NOT NULL)",
  "CREATE TABLE journal (number I PRIMARY KEY, epoch I NOT NULL, moment I NOT NULL, happened I, actor I NOT NULL, behalf I NOT NULL, channel I NOT NULL,"
  " type I NOT NULL, record I NOT NULL, version I NOT NULL, set_number I NOT NULL, batch I NOT NULL, kind I NOT NULL, action I NOT NULL, state I NOT NULL,"
  " salt B, body T, commitment B NOT NULL, leaf B NOT NULL)",
  "CREATE INDEX i_journal_record ON journal (type, record, number)",
  "CREATE TABLE journal_node (level I NOT NULL, position I NOT NULL, hash B NOT NULL, PRIMARY KEY (level, position))",
  "CREATE TABLE idempotency (key T PRIMARY KEY, value T NOT NULL, expires I NOT NULL)",
  "CREATE INDEX i_idempotency_expires ON idempotency (expires)",
  "CREATE TABLE store_catalogue (type I NOT NULL, field I NOT NULL, name T NOT NULL, sql_type T NOT NULL, PRIMARY KEY (type, field, name))",
  "CREATE TABLE store_index (name T PRIMARY KEY, definition T NOT NULL)"};

char *schema_words(struct arena *arena, const struct store_driver *driver, const char *text) {
  struct buffer out = {.arena = arena};
  for (const char *at = text; *at; at++) {
    /* a word of one capital letter */
    bool alone = at > text && at[-1] == ' ' && (at[1] == ' ' || at[1] == ',' || at[1] == ')');
    if (alone && *at == 'I') buffer_text(&out, driver->integer_type);
    else if (alone && *at == 'T') buffer_text(&out, driver->text_type);
    else if (alone && *at == 'B') buffer_text(&out, driver->bytes_type);
    else buffer_byte(&out, *at);
  }
  return out.bytes;
}

static void make_system_tables(struct migration *migration) {
  for (size_t i = 0; i < sizeof SYSTEM_TABLES / sizeof *SYSTEM_TABLES; i++)
    run(migration, schema_words(migration->arena, migration->store->driver, SYSTEM_TABLES[i]), NULL, 0);
  uint8_t id[16];
  random_bytes(id, sizeof id);
  struct parameter parameters[] = {parameter_integer(migration->store->schema->version),
                                   parameter_text(hex_write(migration->arena, id, sizeof id))};
  run(migration, "INSERT INTO journal_head (one, number, epoch, schema_version, last_moment, store_id, simulated) VALUES (1, 0, 1, $1, 0, $2, 0)", parameters, 2);
}

/* ---- what stands ---- */
static void load_catalogue(struct migration *migration) {
  const struct store_driver *driver = migration->store->driver;
  struct statement statement = statement_of("SELECT type, field, name, sql_type FROM store_catalogue ORDER BY type, field, name", NULL, 0);
  struct cursor *cursor = NULL;
  size_t room = 0;
  if (migration->error) return;
  enum store_error error = driver->query(migration->connection, &statement, &cursor);
  while (!error && (error = driver->next(cursor)) == STORE_OK) {
    ARENA_ROOM(migration->arena, migration->standing, migration->standing_count, room, 256);
    migration->standing[migration->standing_count++] = (struct standing){.type = driver->integer(cursor, 0),
                                                                         .field = driver->integer(cursor, 1),
                                                                         .name = arena_text(migration->arena,
                                                                                            driver->bytes(cursor, 2, NULL)),
                                                                         .kind = arena_text(migration->arena,
                                                                                            driver->bytes(cursor, 3, NULL))};
  }
  driver->finish(cursor);
  migration->error = error == STORE_ABSENT ? STORE_OK : error;
}

static struct standing *find_standing(struct migration *migration, int64_t type, int64_t field, const char *name) {
  struct standing *found = NULL;
  for (size_t i = 0; i < migration->standing_count && !found; i++) {
    struct standing *one = &migration->standing[i];
    if (one->type == type && one->field == field && strcmp(one->name, name) == 0) found = one;
  }
  return found;
}

static void note(struct migration *migration, const struct record_type *type, int64_t field, const char *name, const char *kind) {
  struct parameter parameters[] = {parameter_integer(type->id), parameter_integer(field), parameter_text(name), parameter_text(kind)};
  run(migration, "INSERT INTO store_catalogue (type, field, name, sql_type) VALUES ($1, $2, $3, $4)", parameters, 4);
}

/* ---- columns ---- */
static const char *sql_type(const struct migration *migration, const struct column *column) {
  bool text = column->field && field_is_text(column->field);
  return text ? migration->store->driver->text_type : migration->store->driver->integer_type;
}
static const char *kind_of(const struct column *column) {
  return column->place == PLACE_MANY ? "many" : column->place == PLACE_LONG ? "long" : field_is_text(column->field) ? "text" : "integer";
}

/* True when it stands already; refuses when it stands otherwise. */
static bool stands(struct migration *migration, const struct type_texts *texts, const struct column *column, const char *name,
                   const char *kind) {
  const struct record_type *type = texts->type;
  struct standing *there = find_standing(migration, type->id, column->id, name);
  if (there == NULL) return false;
  there->met = true;
  if (strcmp(there->kind, kind) != 0)
    refuse(migration, label_print(migration->arena,
      "库中字段“%s.%s”存为 %s,本程序声明为 %s。字段类型不能改变:请恢复原类型,另设新字段。",
      "the field \"%s.%s\" is stored as %s, this program declares %s. The type of a field cannot change: restore it and add a new field instead.",
      type->name, name, there->kind, kind));
  return true;
}

static void make_side(struct migration *migration, const struct column *column) {
  const char *integer = migration->store->driver->integer_type;
  RUN(migration, "CREATE TABLE %s (\"value\" %s NOT NULL, \"owner\" %s NOT NULL, \"position\" %s NOT NULL, PRIMARY KEY (\"owner\", \"position\"))",
      column->side, integer, integer, integer);
}

/* Copies of the listed columns in a holder's side table; what is new there is filled from the records, all of it in one pass. */
static void make_copies(struct migration *migration, const struct type_texts *texts, const struct column *holder, bool old) {
  struct buffer names = {.arena = migration->arena}, values = {.arena = migration->arena};
  for (size_t i = 0; i < texts->listed_count; i++) {
    const struct column *listed = texts->listed[i];
    const char *name = arena_print(migration->arena, "%s.%s", holder->field->name, listed->name);
    if (stands(migration, texts, listed, name, "copy")) continue;
    RUN(migration, "ALTER TABLE %s ADD COLUMN %s %s", holder->side, listed->name, sql_type(migration, listed));
    buffer_print(&names, "%s%s", names.size ? ", " : "", listed->name);
    buffer_print(&values, "%st.%s", values.size ? ", " : "", listed->name);
    note(migration, texts->type, listed->id, name, "copy");
  }
  if (old && names.size)
    RUN(migration, "UPDATE %s SET (%s) = (SELECT %s FROM %s t WHERE t.\"id\" = \"owner\")", holder->side, names.bytes, values.bytes,
        texts->table);
}

static void make_table(struct migration *migration, const struct type_texts *texts) {
  RUN(migration, "CREATE TABLE %s (\"id\" %s PRIMARY KEY)", texts->table, migration->store->driver->integer_type);
  for (size_t i = 1; i < SYSTEM_COLUMNS; i++)
    RUN(migration, "ALTER TABLE %s ADD COLUMN %s %s", texts->table, texts->columns[i].name, migration->store->driver->integer_type);
  note(migration, texts->type, 0, texts->type->name, "type");
}

static void add_field(struct migration *migration, const struct type_texts *texts, const struct column *column, bool *long_table) {
  if (column->place == PLACE_LONG && !*long_table) {
    RUN(migration, "CREATE TABLE %s (\"id\" %s PRIMARY KEY)", texts->long_table, migration->store->driver->integer_type);
    *long_table = true;
  }
  if (column->place == PLACE_MANY) make_side(migration, column);
  else
    RUN(migration, "ALTER TABLE %s ADD COLUMN %s %s", column->place == PLACE_LONG ? texts->long_table : texts->table, column->name,
        sql_type(migration, column));
  note(migration, texts->type, column->id, column->field->name, kind_of(column));
}

static void migrate_type(struct migration *migration, const struct type_texts *texts) {
  struct standing *there = find_standing(migration, texts->type->id, 0, texts->type->name);
  bool long_table = false;
  if (there) there->met = true; else make_table(migration, texts);
  for (size_t i = 0; i < migration->standing_count; i++)
    long_table = long_table || (migration->standing[i].type == texts->type->id && strcmp(migration->standing[i].kind, "long") == 0);
  for (size_t i = SYSTEM_COLUMNS; i < texts->count; i++)
    if (!stands(migration, texts, &texts->columns[i], texts->columns[i].field->name, kind_of(&texts->columns[i])))
      add_field(migration, texts, &texts->columns[i], &long_table);
  for (size_t i = SYSTEM_COLUMNS; i < texts->count; i++)
    if (texts->columns[i].copies) make_copies(migration, texts, &texts->columns[i], there != NULL);
}

/* What stands and is declared no more. Copies are dropped (they can be made again); anything else is refused. */
static void settle_rest(struct migration *migration) {
  for (size_t i = 0; i < migration->standing_count; i++) {
    const struct standing *one = &migration->standing[i];
    if (one->met) continue;
    const struct type_texts *texts = texts_by_id(migration->store, (enum record_id)one->type);
    const char *type = texts ? texts->type->name : one->field == 0 ? one->name : "?";
    if (texts && strcmp(one->kind, "copy") == 0) {
      const char *dot = strchr(one->name, '.');
      RUN(migration, "ALTER TABLE \"%s_%.*s\" DROP COLUMN %s", type, (int)(dot - one->name), one->name, dot + 1);
      struct parameter parameters[] = {parameter_integer(one->type), parameter_integer(one->field), parameter_text(one->name)};
      run(migration, "DELETE FROM store_catalogue WHERE type = $1 AND field = $2 AND name = $3", parameters, 3);
    } else if (one->field == 0)
      refuse(migration, label_print(migration->arena,
        "库中有记录类型“%s”(编号 %lld),本程序的声明中没有或改了名。类型不能删除或改名:请恢复其声明,或使用声明了它的版本。",
        "the store has the record type \"%s\" (number %lld), which this program does not declare under that name. A type cannot be removed or renamed: restore its declaration, or use a version that has it.",
        one->name, (long long)one->type));
    else
      refuse(migration, label_print(migration->arena,
        "库中有字段“%s.%s”(编号 %lld),本程序的声明中没有或改了名。字段不能删除或改名:请恢复其声明(不用的字段标为 FIELD_RETIRED)。",
        "the store has the field \"%s.%s\" (number %lld), which this program does not declare under that name. A field cannot be removed or renamed: restore its declaration (mark a field no longer used FIELD_RETIRED).",
        type, one->name, (long long)one->field));
  }
}

/* ---- indexes ---- */
static void load_indexes(struct migration *migration) {
  const struct store_driver *driver = migration->store->driver;
  struct statement statement = statement_of("SELECT name, definition FROM store_index", NULL, 0);
  struct cursor *cursor = NULL;
  size_t room = 0;
  if (migration->error) return;
  enum store_error error = driver->query(migration->connection, &statement, &cursor);
  while (!error && (error = driver->next(cursor)) == STORE_OK) {
    ARENA_ROOM(migration->arena, migration->indexes, migration->index_count, room, 128);
    migration->indexes[migration->index_count++] = (struct standing_index){
      .name = arena_text(migration->arena, driver->bytes(cursor, 0, NULL)), .definition = arena_text(migration->arena, driver->bytes(cursor, 1, NULL))};
  }
  driver->finish(cursor);
  migration->error = error == STORE_ABSENT ? STORE_OK : error;
}

static void drop_index(struct migration *migration, const char *name) {
  RUN(migration, "DROP INDEX %s", name);
  struct parameter parameter = parameter_text(name);
  run(migration, "DELETE FROM store_index WHERE name = $1", &parameter, 1);
}

static void want_index(void *with, const char *name, const char *definition) {
  struct migration *migration = with;
  struct standing_index *there = NULL;
  for (size_t i = 0; i < migration->index_count && !there; i++)
    if (strcmp(migration->indexes[i].name, name) == 0) there = &migration->indexes[i];
  if (there) there->met = strcmp(there->definition, definition) == 0;
  if (there && there->met) return;
  if (there) { drop_index(migration, name); there->met = true; }
  run(migration, definition, NULL, 0);
  struct parameter parameters[] = {parameter_text(name), parameter_text(definition)};
  run(migration, "INSERT INTO store_index (name, definition) VALUES ($1, $2)", parameters, 2);
}

/* Before columns are dropped, the indexes that hold them must go: any whose definition is no longer wanted. */
static void meet_index(void *with, const char *name, const char *definition) {
  struct migration *migration = with;
  for (size_t i = 0; i < migration->index_count; i++)
    if (strcmp(migration->indexes[i].name, name) == 0 && strcmp(migration->indexes[i].definition, definition) == 0)
      migration->indexes[i].met = true;
}

static void migrate_indexes(struct migration *migration, bool drop) {
  const struct store *store = migration->store;
  for (size_t i = 0; i < store->schema->count; i++)
    schema_indexes(migration->arena, store->driver, &store->texts[i], drop ? meet_index : want_index, migration);
  size_t kept = 0;
  for (size_t i = 0; drop && i < migration->index_count; i++) {
    if (migration->indexes[i].met) migration->indexes[kept++] = migration->indexes[i];
    else drop_index(migration, migration->indexes[i].name);
  }
  if (drop) migration->index_count = kept;
}

/* ---- all of it ---- */
static bool table_there(struct migration *migration, const char *name) {
  const struct store_driver *driver = migration->store->driver;
  struct parameter parameter = parameter_text(name);
  struct statement statement = statement_of(driver->table_exists, &parameter, 1);
  struct cursor *cursor = NULL;
  enum store_error error = driver->query(migration->connection, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  driver->finish(cursor);
  if (error && error != STORE_ABSENT) migration->error = error;
  return error == STORE_OK;
}

static void check_version(struct migration *migration) {
  const struct store_driver *driver = migration->store->driver;
  struct statement statement = statement_of(arena_print(migration->arena, "SELECT schema_version FROM journal_head%s", driver->lock_suffix),
                                            NULL, 0);
  struct cursor *cursor = NULL;
  if (migration->error) return;
  enum store_error error = driver->query(migration->connection, &statement, &cursor);
  if (!error) error = driver->next(cursor);
  int64_t version = error ? 0 : driver->integer(cursor, 0);
  driver->finish(cursor);
  migration->error = error == STORE_ABSENT ? STORE_BROKEN : error;
  if (version > migration->store->schema->version)
    refuse(migration, label_print(migration->arena,
      "此库由更新的版本写成(库结构版本 %lld,本程序为 %lld)。请使用新版程序打开。",
      "this store was written by a newer version (schema version %lld, this program has %lld). Open it with the newer program.",
      (long long)version, (long long)migration->store->schema->version));
  else if (version < migration->store->schema->version) {
    struct parameter parameter = parameter_integer(migration->store->schema->version);
    run(migration, "UPDATE journal_head SET schema_version = $1", &parameter, 1);
  }
}

enum store_error schema_apply(struct store *store, struct connection *connection, bool create, struct arena *arena, struct label *reason) {
  struct migration migration = {.store = store, .connection = connection, .arena = arena, .reason = reason};
  bool there = table_there(&migration, "journal_head");
  if (!there && !create && !migration.error) {
    *reason = (struct label){"这里没有库。请检查位置,或先建立。", "there is no store here. Check the place, or make one first."};
    migration.error = STORE_ABSENT;
  }
  if (!there && !migration.error) make_system_tables(&migration);
  check_version(&migration);
  load_catalogue(&migration);
  load_indexes(&migration);
  migrate_indexes(&migration, true);
  for (size_t i = 0; i < store->schema->count; i++) migrate_type(&migration, &store->texts[i]);
  settle_rest(&migration);
  migrate_indexes(&migration, false);
  return migration.error;
}
