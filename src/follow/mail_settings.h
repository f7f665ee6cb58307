/* The mail server, as it was set by `bihuan mail set`: beside the journal, never in it. The password stands in a file that only its owner
   can read, and is read for each letter. */
#ifndef BIHUAN_FOLLOW_MAIL_SETTINGS_H
#define BIHUAN_FOLLOW_MAIL_SETTINGS_H

#include "follow/house.h"

struct mail_settings {
  const char *server /* smtp://host:port or smtps:// */, *from, *user, *password_file /* NULL none */,
      *ca_file /* whose certificates are trusted instead of the system's; NULL the system's */;
  bool tls_needed;
};
/* ABSENT: none was set. */
enum store_error mail_settings_read(struct store *store, struct arena *arena, struct mail_settings *settings);
enum store_error mail_settings_write(struct store *store, const struct mail_settings *settings, struct arena *arena);
enum store_error mail_settings_remove(struct store *store);
struct label mail_settings_problem(struct arena *arena, const struct mail_settings *settings); /* no text: they are right */
/* The password of the file; NULL: *problem says why. */
char *mail_password_read(struct arena *arena, const char *path, struct label *problem);
/* A letter to this address, now, for who sets it up. False: *why. */
bool mail_try(const struct mail_settings *settings, const char *address, int64_t now, struct arena *arena, const char **why);

/* What waits, and what became of the last ones. */
struct delivery_state { int64_t waiting, uncertain, given_up /* in the last days */; int64_t oldest /* moment; NOTHING none */; };
enum store_error delivery_state_read(struct store *store, struct delivery_state *state);

#endif
