/* Sending one letter, by libcurl. Decides nothing about who gets what; knows no record. */
#include "follow/mail.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { CONNECT_SECONDS = 10, ALL_SECONDS = 20 };

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static void curl_begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

struct giving { const char *bytes; size_t size, at; bool ended, stopped; const struct mail_watch *watch; };

/* At the end libcurl says so to the server: what `ends` writes stands before that. */
static size_t give(char *into, size_t size, size_t count, void *with) {
  struct giving *giving = with;
  size_t room = size * count, rest = giving->size - giving->at, some = rest < room ? rest : room;
  if (!some && !giving->ended) {
    giving->stopped = !giving->watch->ends(giving->watch->with);
    if (giving->stopped) return CURL_READFUNC_ABORT;
    giving->ended = true;
  }
  memcpy(into, giving->bytes + giving->at, some);
  giving->at += some;
  return some;
}

static int look_up(void *with, curl_off_t to_come, curl_off_t come, curl_off_t to_go, curl_off_t gone) {
  struct giving *giving = with;
  (void)to_come, (void)come, (void)to_go, (void)gone;
  if (!giving->ended) giving->stopped = giving->stopped || giving->watch->stops(giving->watch->with);
  return giving->stopped;
}

static enum mail_outcome outcome_of(CURLcode code, long reply, const struct giving *giving) {
  if (code == CURLE_OK) return MAIL_SENT;
  if (giving->ended && reply < 400) return MAIL_UNCERTAIN; /* no word came back after the end */
  return reply >= 500 && reply < 600 && code != CURLE_LOGIN_DENIED ? MAIL_REFUSED : MAIL_LATER;
}

static const char *why_of(CURLcode code, long reply, struct arena *arena) {
  if (code == CURLE_OK) return NULL;
  return reply >= 400 ? arena_print(arena, "%s (reply %ld)", curl_easy_strerror(code), reply) : arena_text(arena, curl_easy_strerror(code));
}

static void options_set(CURL *curl, const struct mail_settings *settings, const char *password) {
  curl_easy_setopt(curl, CURLOPT_URL, settings->server);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  /* a password never goes in the clear */
  curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(settings->tls_needed || settings->user ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (settings->ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  if (settings->user) curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
  if (password) curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
}

enum mail_outcome mail_send(const struct mail_settings *settings, const struct letter *letter, const struct mail_watch *watch, struct arena *arena, const char **why) {
  struct label problem = {0};
  char *password = settings->password_file ? mail_password_read(arena, settings->password_file, &problem) : NULL;
  const char *bytes = letter_print(arena, settings->from, letter);
  struct giving giving = {.bytes = bytes, .size = strlen(bytes), .watch = watch};
  long reply = 0;
  pthread_once(&curl_once, curl_begin);
  *why = problem.en;
  if (settings->password_file && !password) return MAIL_LATER;
  CURL *curl = curl_easy_init();
  struct curl_slist *to = curl_slist_append(NULL, arena_print(arena, "<%s>", letter->to));
  *why = "out of memory";
  if (!curl || !to) {
    curl_slist_free_all(to);
    if (curl) curl_easy_cleanup(curl);
    return MAIL_LATER;
  }
  options_set(curl, settings, password);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_print(arena, "<%s>", settings->from));
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &giving);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &giving);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  CURLcode code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
  *why = giving.stopped ? "given up for now: the program stops, or the store did not answer" : why_of(code, reply, arena);
  curl_slist_free_all(to);
  curl_easy_cleanup(curl);
  return giving.stopped ? MAIL_LATER : outcome_of(code, reply, &giving);
}

/* ---- trying it ---- */

static bool ends_simply(void *with) { return with == NULL; }
static bool never_stops(void *with) { return with != NULL; }

bool mail_try(const struct mail_settings *settings, const char *address, int64_t now, struct arena *arena, const char **why) {
  struct letter letter = {address, "闭环测试邮件 Bihuan test",
                          "收到这封信，说明邮件已设好。\r\nThat you read this means that mail is set up.\r\n",
                          arena_print(arena, "test-%lld", (long long)now), now};
  const struct mail_watch watch = {ends_simply, never_stops, NULL};
  return mail_send(settings, &letter, &watch, arena, why) == MAIL_SENT;
}
