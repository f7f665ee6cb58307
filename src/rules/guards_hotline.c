/* Guards of what goes outside over Open311, and of the services offered there. Pure: facts in, a sentence out; no text means that the guard
   holds. */
#include <string.h>

#include "base/text.h"
#include "rules/guards.h"
#include "rules/service.h"

/* ---- what must not stand in a text that anybody may read ---- */

/* Seven digits and more in a row, with blanks or hyphens between, are a phone, an identity card or an account, but for a date. */
static size_t digits_at(const char *text, size_t *size) {
  size_t digits = 0, at = 0;
  while (text[at]) {
    if (text[at] >= '0' && text[at] <= '9') digits++;
    else if (!digits || (text[at] != '-' && text[at] != ' ')) break;
    at++;
  }
  *size = at;
  return digits;
}

static bool is_date(const char *text, size_t size) {
  int64_t date;
  char copy[11] = {0};
  if (size < 10) return false;
  memcpy(copy, text, 10);
  return date_parse(copy, &date) && (size == 10 || text[10] == ' ');
}

static bool holds_number(const char *text) {
  for (const char *at = text; *at;) {
    size_t size, digits = digits_at(at, &size);
    if (digits >= 7 && !(is_date(at, size) && digits <= 12)) return true;
    at += size ? size : 1;
  }
  return false;
}

static bool holds_mail(const char *text) {
  const char *at = strchr(text, '@');
  for (; at; at = strchr(at + 1, '@'))
    if (at > text && at[-1] > ' ' && at[1] > ' ' && strchr(at + 1, '.')) return true;
  return false;
}

static struct label text_shown(const struct row *row, uint16_t which, uint16_t *field) {
  const char *text = row_text(row, which), *person = row_text(row, APPEAL_PERSON);
  *field = which;
  if (!text) return HOLDS;
  if (holds_number(text))
    return (struct label){"含有像电话、证件或账户的号码,公开前应去掉",
                          "it holds a number like that of a phone, an identity card or an account; take it out before it is shown"};
  if (holds_mail(text)) return (struct label){"含有邮箱地址,公开前应去掉", "it holds an address of mail; take it out before it is shown"};
  if (person && text_length(person) >= 2 && strstr(text, person))
    return (struct label){"含有诉求人的姓名,公开前应去掉", "it holds the name of who appealed; take it out before it is shown"};
  return HOLDS;
}

/* Only what is open, never a whistle-blower's (PRACTICE.md: default is not public until somebody has reviewed it). */
struct label guard_may_show(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  (void)arena;
  *field = APPEAL_SECRECY;
  if (row_integer(after, APPEAL_SECRECY) != SECRECY_OPEN)
    return (struct label){"知悉范围是“可公开”的诉求才能对外公开", "only an appeal whose secrecy is open may be shown outside"};
  *field = APPEAL_WHISTLE;
  if (row_integer(after, APPEAL_WHISTLE) == 1 || row_integer(after, APPEAL_KIND) == APPEAL_KIND_REPORT)
    return (struct label){"举报不对外公开", "a whistle-blower's appeal is never shown outside"};
  struct label why = text_shown(after, APPEAL_PUBLIC_TEXT, field);
  if (!why.zh) why = text_shown(after, APPEAL_PUBLIC_ANSWER, field);
  return why.zh ? why : text_shown(after, APPEAL_PUBLIC_PLACE, field);
}

struct label guard_is_shown(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = 0;
  if (row_integer(facts->after, APPEAL_SHOWN) == 1) return HOLDS;
  return (struct label){"这条诉求没有对外公开", "this appeal is not shown outside"};
}

/* What a service asks can be read: a client gets it as it stands. */
struct label guard_service_asks(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct service_question *questions;
  struct label wrong = HOLDS;
  size_t count;
  *field = CATEGORY_QUESTIONS;
  service_questions(arena, row_text(facts->after, CATEGORY_QUESTIONS), &questions, &count, &wrong);
  return wrong;
}
