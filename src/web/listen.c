/* Listening, and what both servers hear the same way: addresses, percent signs, the library's own log. */
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

#define PORTS_TRIED 100

static int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  letter |= 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

size_t listen_unescape(void *with, struct MHD_Connection *connection, char *text) {
  char *out = text;
  (void)with;
  (void)connection;
  for (const char *in = text; *in; in++) {
    int high = *in == '%' ? hex_digit(in[1]) : -1, low = high < 0 ? -1 : hex_digit(in[2]);
    if (low >= 0 && (high || low)) {
      *out++ = (char)(high << 4 | low);
      in += 2;
    } else *out++ = *in;
  }
  *out = 0;
  return (size_t)(out - text);
}

void listen_log(void *with, const char *format, va_list arguments) {
  char line[300];
  (void)with;
  vsnprintf(line, sizeof line, format, arguments);
  line[strcspn(line, "\n")] = 0;
  log_line(LOG_DEBUG, "web", "%s", line); /* mostly clients that went away */
}

static int listen_at(const struct addrinfo *address, uint16_t port) {
  struct sockaddr_storage where;
  int file = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (file < 0) return -1;
  memcpy(&where, address->ai_addr, address->ai_addrlen);
  if (address->ai_family == AF_INET6) ((struct sockaddr_in6 *)(void *)&where)->sin6_port = htons(port);
  else ((struct sockaddr_in *)(void *)&where)->sin_port = htons(port);
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(file, (struct sockaddr *)&where, address->ai_addrlen) == 0 && listen(file, 1024) == 0) return file;
  int why = errno;
  close(file);
  errno = why;
  return -1;
}

uint16_t listen_port(int file) {
  struct sockaddr_storage where;
  socklen_t size = sizeof where;
  if (getsockname(file, (struct sockaddr *)&where, &size)) return 0;
  return ntohs(where.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&where)->sin6_port
                                           : ((struct sockaddr_in *)(void *)&where)->sin_port);
}

int listen_somewhere(const char *host, uint16_t port, bool search, struct label *reason, struct arena *arena) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | AI_PASSIVE}, *found = NULL;
  int file = -1, problem = getaddrinfo(host, "0", &hints, &found);
  if (problem) {
    *reason = label_print(arena, "不能解析监听地址“%s”：%s。", "cannot find the address \"%s\" to listen on: %s.", host, gai_strerror(problem));
    return -1;
  }
  unsigned most = search && port ? PORTS_TRIED : 1;
  for (unsigned i = 0; file < 0 && i < most && port + i <= 65535; i++) {
    file = listen_at(found, (uint16_t)(port + i));
    if (file < 0 && errno != EADDRINUSE) break;
  }
  if (file < 0)
    *reason = label_print(arena, "不能在 %s:%u 上监听：%s。请换一个端口。", "cannot listen on %s:%u: %s. Try another port.", host,
                          (unsigned)port, strerror(errno));
  freeaddrinfo(found);
  return file;
}

/* ---- what headers say ---- */

struct framing {
  unsigned lengths, codings, hosts;
  bool chunked, broken /* a blank in a name, a line's end in a value: others may read another header there */;
};

static enum MHD_Result framing_header(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  struct framing *framing = with;
  (void)kind;
  if (name[strcspn(name, " \t\r\n")] || (value && value[strcspn(value, "\r\n")])) framing->broken = true;
  if (strcasecmp(name, "Content-Length") == 0) framing->lengths++;
  if (strcasecmp(name, "Host") == 0) framing->hosts++;
  if (strcasecmp(name, "Transfer-Encoding") != 0) return MHD_YES;
  framing->codings++;
  framing->chunked = value && strcasecmp(value, "chunked") == 0;
  return MHD_YES;
}

bool listen_framed(struct MHD_Connection *connection) {
  struct framing framing = {0};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, framing_header, &framing);
  return !framing.broken && framing.lengths + framing.codings <= 1 && framing.hosts <= 1 && (!framing.codings || framing.chunked);
}

/* A proxy may add a line of its own below the one that the client made up: the last one counts. */
static enum MHD_Result forwarded_header(void *with, enum MHD_ValueKind kind, const char *name, const char *value) {
  const char **last = with;
  (void)kind;
  if (strcasecmp(name, "X-Forwarded-For") == 0 && value) *last = value;
  return MHD_YES;
}

char *listen_address(struct MHD_Connection *connection, bool behind_proxy, struct arena *arena) {
  char text[INET6_ADDRSTRLEN] = "?";
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const char *forwarded = NULL;
  if (behind_proxy) MHD_get_connection_values(connection, MHD_HEADER_KIND, forwarded_header, &forwarded);
  if (forwarded) {
    const char *last = strrchr(forwarded, ',');
    last = last ? last + 1 : forwarded;
    last += strspn(last, " ");
    return arena_copy(arena, last, strnlen(last, 64));
  }
  if (info && info->client_addr->sa_family == AF_INET)
    inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, sizeof text);
  else if (info && info->client_addr->sa_family == AF_INET6)
    inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text, sizeof text);
  return arena_text(arena, text);
}
