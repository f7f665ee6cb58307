/* A message as a letter: to the user's own address, in his language. Words of what is restricted stay here: its number goes, its title does
   not. */
#include "base/log.h"
#include "follow/delivery_parts.h"
#include "follow/mail.h"

bool mail_ready(struct store *store, struct arena *arena) {
  struct mail_settings settings;
  return mail_settings_read(store, arena, &settings) == STORE_OK;
}

bool mail_reaches(const struct row *user) {
  const char *sealed = row_text(user, USER_EMAIL);
  return sealed && *sealed;
}

/* Titles of the problems that the message speaks of, in this person's scope as it is now. */
static enum store_error titles_write(struct delivering *delivering, const struct authority *authority, struct buffer *out) {
  const struct value *problems = row_value(delivering->message, MESSAGE_PROBLEMS);
  const struct record_type *type = record_type(RECORD_PROBLEM);
  const struct scope *scope = scope_for(delivering->arena, authority, type, MAY_READ);
  enum store_error error = STORE_OK;
  for (size_t i = 0; problems->kind == VALUE_MANY && i < problems->count && !error; i++) {
    struct row *problem = NULL;
    error = reader_get(delivering->reader, type, scope, problems->many[i], delivering->arena, &problem);
    if (error == STORE_OK) {
      int64_t secrecy = row_integer(problem, PROBLEM_SECRECY);
      bool open = secrecy == NOTHING || secrecy <= SECRECY_INTERNAL;
      const char *number = row_text(problem, PROBLEM_NUMBER), *title = row_text(problem, PROBLEM_TITLE);
      const char *shown = open && title
                              ? title
                              : label_in((struct label){"(限定知悉，请登录查看)", "(restricted: sign in to see it)"}, authority->language);
      buffer_print(out, "\r\n%s  %s", number ? number : "-", shown);
    }
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

static void lines_write(struct buffer *out, const char *lines) {
  for (; lines && *lines; lines++) {
    if (*lines == '\n') buffer_text(out, "\r\n");
    else buffer_byte(out, *lines);
  }
}

static const char *text_of(struct delivering *delivering, const struct authority *authority, enum store_error *error) {
  struct buffer out = {.arena = delivering->arena};
  const char *lines = row_text(delivering->message, MESSAGE_LINES), *text = row_text(delivering->message, MESSAGE_TEXT);
  if (text) buffer_print(&out, "%s\r\n", text);
  lines_write(&out, lines);
  buffer_text(&out, "\r\n");
  *error = titles_write(delivering, authority, &out);
  buffer_print(&out, "\r\n\r\n%s\r\n",
               label_in((struct label){"请登录闭环办理。此信由系统发出，请勿回复。",
                                       "Sign in to Bihuan to act. Sent by the system; please do not answer."},
                        authority->language));
  buffer_byte(&out, 0);
  return out.bytes;
}

enum delivered mail_deliver(struct delivering *delivering) {
  static const enum delivered AS[] = {[MAIL_SENT] = DELIVERED, [MAIL_LATER] = DELIVER_LATER, [MAIL_REFUSED] = DELIVER_REFUSED, [MAIL_UNCERTAIN] = DELIVER_UNCERTAIN};
  struct arena *arena = delivering->arena;
  struct mail_settings settings;
  struct authority authority;
  struct head head = {0};
  const char *sealed = row_text(delivering->user, USER_EMAIL), *address = sealed ? secret_open_any(arena, delivering->house->contact_key, sealed) : NULL;
  enum store_error error = mail_settings_read(delivering->house->store, arena, &settings);
  if (!error) error = authority_load(delivering->reader, delivering->user->id, delivering->now, arena, &authority);
  if (error == STORE_ABSENT) return DELIVER_NOT;
  if (!error) error = reader_head(delivering->reader, &head);
  delivering->why = "the address cannot be opened or is none";
  if (!error && !mail_address_right(address)) return DELIVER_REFUSED;
  const char *text = error ? NULL : text_of(delivering, &authority, &error);
  delivering->why = "the store did not answer";
  reader_release(delivering->reader); /* no snapshot is held while the server is waited for */
  delivering->reader = NULL;
  if (error) return DELIVER_LATER;
  struct letter letter = {address, row_text(delivering->message, MESSAGE_TITLE), text, arena_print(arena, "bihuan-%.8s-%lld", head.store_id, (long long)delivering->message->id), delivering->message->created};
  const struct mail_watch watch = {delivering->ends, delivering->stops, delivering->with};
  return AS[mail_send(&settings, &letter, &watch, arena, &delivering->why)];
}
