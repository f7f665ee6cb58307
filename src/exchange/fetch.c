/* One GET by libcurl (fetch.h). Certificates are checked, redirections stay within http and https, three at most. */
#include "exchange/fetch.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

#include "base/moment.h"

enum { CONNECT_SECONDS = 15, ALL_SECONDS = 120, REDIRECTS = 3 };

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static void curl_begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

struct taking { struct fetched *fetched; fetch_stops *stops; void *with; };

static size_t take(char *bytes, size_t size, size_t count, void *with) {
  struct taking *taking = with;
  size_t more = size * count;
  taking->fetched->too_large = taking->fetched->body.size + more > FETCH_MOST;
  if (taking->fetched->too_large) return 0;
  buffer_add(&taking->fetched->body, bytes, more);
  return more;
}

static int look_up(void *with, curl_off_t to_come, curl_off_t come, curl_off_t to_go, curl_off_t gone) {
  struct taking *taking = with;
  (void)to_come, (void)come, (void)to_go, (void)gone;
  return taking->stops && taking->stops(taking->with);
}

static void options_set(CURL *curl, const char *url, struct curl_slist *headers, struct taking *taking) {
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, strncasecmp(url, "https:", 6) == 0 ? "https" : "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "bihuan");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, taking);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, taking);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

static bool is_refusal(CURLcode code) {
  return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_SSL_CACERT_BADFILE;
}

enum fetch_outcome fetch(const char *url, const char *accept, struct arena *arena, fetch_stops *stops, void *with, struct fetched *fetched) {
  struct taking taking = {.fetched = fetched, .stops = stops, .with = with};
  *fetched = (struct fetched){.retry_after = NOTHING, .body = {.arena = arena}};
  pthread_once(&curl_once, curl_begin);
  CURL *curl = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, arena_print(arena, "Accept: %s", accept));
  CURLcode code = CURLE_OUT_OF_MEMORY;
  curl_off_t wait = 0;
  if (curl && headers) {
    options_set(curl, url, headers, &taking);
    code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &fetched->status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
  }
  if (wait > 0) fetched->retry_after = wait;
  if (code != CURLE_OK) fetched->why = fetched->too_large ? "the answer is larger than 8 MiB" : curl_easy_strerror(code);
  curl_slist_free_all(headers);
  if (curl) curl_easy_cleanup(curl);
  return code == CURLE_OK ? FETCH_ANSWERED : fetched->too_large || is_refusal(code) ? FETCH_REFUSED : FETCH_FAILED;
}

char *fetch_escape(struct arena *arena, const char *text) {
  struct buffer out = {.arena = arena};
  for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
    bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') || strchr("-._~", *at);
    if (plain) buffer_byte(&out, (char)*at);
    else buffer_print(&out, "%%%02X", *at);
  }
  return out.bytes ? out.bytes : arena_text(arena, "");
}
