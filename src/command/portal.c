/* bihuan portal: the public's pages as a process of its own, for the outer network. It opens a folder with a public store and an inbox;
   there is no inner store near it. */
#include "command/program.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/folder.h"
#include "base/log.h"
#include "base/signing.h"

enum { PORT_USUAL = 8090 };

static int read_options(struct call *call, struct portal_options *options) {
  const char *host = call_option(call, "host"), *port = call_option(call, "port");
  int64_t number = PORT_USUAL;
  *options = (struct portal_options){.host = host ? host : "127.0.0.1",
                                     .search = port == NULL,
                                     .behind_proxy = call_flag(call, "behind-proxy"),
                                     .threads = 4};
  if (!call_words(call, 0, 0)) return EXIT_USE;
  if (port && (!text_to_integer(port, &number) || number < 0 || number > 65535))
    return call_usage(call, label_print(call->arena, "端口“%s”不对,应为 0 至 65535。", "the port \"%s\" is none; 0 to 65535.", port));
  options->port = (uint16_t)number;
  return EXIT_DONE;
}

static int serve(struct call *call, const struct portal_options *options, const sigset_t *signals) {
  struct portal *portal = NULL;
  struct label reason = {NULL, NULL};
  uint16_t port = 0;
  int signal = 0;
  if (!portal_start(call->data, options, &portal, &port, &reason, call->arena)) return call_fail(call, EXIT_STORE, reason);
  call_print(call, "公众门户已就绪:http://%s:%u/public/", "the portal is ready: http://%s:%u/public/", options->host, (unsigned)port);
  fflush(call->out);
  while (sigwait(signals, &signal) != 0) continue;
  log_line(LOG_INFO, "portal", "signal %d: finishing", signal);
  portal_stop(portal);
  return EXIT_DONE;
}

int command_portal(struct call *call) {
  struct portal_options options;
  sigset_t signals, before;
  int status = read_options(call, &options);
  if (status) return status;
  if (!folder_make(call->data))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "无法建立数据文件夹“%s”:%s。", "cannot make the data folder \"%s\": %s.", call->data,
                                 strerror(errno)));
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  status = serve(call, &options, &signals);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}
