/* Private to follow/: one letter by SMTP. Composing it is pure; sending it speaks to the server that was set, over TLS where that offers
   it. */
#ifndef BIHUAN_FOLLOW_MAIL_H
#define BIHUAN_FOLLOW_MAIL_H

#include "follow/mail_settings.h"

struct letter { const char *to, *subject, *text /* lines */, *key /* the same letter has the same one: its Message-ID */; int64_t moment; };
/* As RFC 5322 and 2045–2047 want it: the subject in encoded words, the text as UTF-8 in base64. */
char *letter_print(struct arena *arena, const char *from, const struct letter *letter);
/* An address that may stand in a header and a command: one @, no blanks, controls, brackets, quotes; at most 254 bytes. */
bool mail_address_right(const char *address);

enum mail_outcome {
  MAIL_SENT,
  MAIL_LATER,      /* the server was not there, or asked to try again: nothing was taken */
  MAIL_REFUSED,    /* the server will not have this letter or its recipient */
  MAIL_UNCERTAIN   /* the line broke after the last byte: taken or not */
};
/* ends: called right before the server is given the end of the letter; from then on it may have it. False stops there, and nothing was
   taken. stops: asked now and then before that; true gives it up for now. */
struct mail_watch { bool (*ends)(void *with); bool (*stops)(void *with); void *with; };
/* *why: in a few words, without addresses; NULL when it was sent. */
enum mail_outcome mail_send(const struct mail_settings *settings, const struct letter *letter, const struct mail_watch *watch, struct arena *arena, const char **why);

#endif
