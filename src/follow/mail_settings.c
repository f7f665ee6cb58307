/* The mail server's settings (mail_settings.h): one side value. */
#include "follow/mail.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"

#define SETTING "mail"

enum store_error mail_settings_read(struct store *store, struct arena *arena, struct mail_settings *settings) {
  char *text = NULL;
  enum store_error error = side_get(store, SIDE_SETTING, SETTING, arena, &text);
  *settings = (struct mail_settings){0};
  if (error) return error;
  json_t *json = json_loads(text, 0, NULL);
  const struct { const char *key; const char **into; } MEMBERS[] = {
    {"server", &settings->server}, {"from", &settings->from}, {"user", &settings->user}, {"password_file", &settings->password_file}, {"ca_file", &settings->ca_file}};
  for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
    const char *value = json_string_value(json_object_get(json, MEMBERS[i].key));
    *MEMBERS[i].into = value ? arena_text(arena, value) : NULL;
  }
  settings->tls_needed = json_is_true(json_object_get(json, "tls_needed"));
  json_decref(json);
  return settings->server && settings->from ? STORE_OK : STORE_BROKEN;
}

enum store_error mail_settings_write(struct store *store, const struct mail_settings *settings, struct arena *arena) {
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  json_open(&json, '{');
  json_pair(&json, "server", settings->server);
  json_pair(&json, "from", settings->from);
  json_pair(&json, "user", settings->user);
  json_pair(&json, "password_file", settings->password_file);
  json_pair(&json, "ca_file", settings->ca_file);
  json_pair_yes_no(&json, "tls_needed", settings->tls_needed);
  json_close(&json, '}');
  return side_put(store, SIDE_SETTING, SETTING, out.bytes, 0);
}

enum store_error mail_settings_remove(struct store *store) {
  enum store_error error = side_remove(store, SIDE_SETTING, SETTING);
  return error == STORE_ABSENT ? STORE_OK : error;
}

static bool server_right(const char *server) {
  const char *host = strncmp(server, "smtp://", 7) == 0 ? server + 7 : strncmp(server, "smtps://", 8) == 0 ? server + 8 : NULL;
  if (!host || !*host || strlen(server) > 200) return false;
  for (const char *at = host; *at; at++)
    if ((unsigned char)*at <= ' ' || strchr("/?#@\"<>\\", *at)) return false;
  return true;
}

struct label mail_settings_problem(struct arena *arena, const struct mail_settings *settings) {
  struct label problem = {0};
  if (!settings->server || !server_right(settings->server))
    return label_print(arena, "服务器应写成 smtp://主机:端口 或 smtps://主机:端口,不是“%s”。",
                       "the server is written smtp://host:port or smtps://host:port, not \"%s\".",
                       settings->server ? settings->server : "");
  if (!mail_address_right(settings->from))
    return label_print(arena, "发件地址“%s”不是一个邮箱地址。", "the sender \"%s\" is no mail address.",
                       settings->from ? settings->from : "");
  if (!settings->user != !settings->password_file)
    return (struct label){"账号和口令文件要一起给。", "an account and the file with its password are given together."};
  if (settings->ca_file && (settings->ca_file[0] != '/' || access(settings->ca_file, R_OK) != 0))
    return label_print(arena, "读不了根证书文件 %s(要写完整路径)。", "cannot read the file of certificates %s (its full path is wanted).",
                       settings->ca_file);
  if (settings->password_file) mail_password_read(arena, settings->password_file, &problem);
  return problem;
}

char *mail_password_read(struct arena *arena, const char *path, struct label *problem) {
  struct stat state;
  char line[512] = "";
  FILE *file = path[0] == '/' ? fopen(path, "r") : NULL;
  bool there = file && fstat(fileno(file), &state) == 0 && S_ISREG(state.st_mode);
  bool open_to_others = there && (state.st_mode & 077);
  if (there && !open_to_others && !fgets(line, sizeof line, file)) line[0] = 0;
  if (file) fclose(file);
  line[strcspn(line, "\r\n")] = 0;
  if (open_to_others)
    *problem = label_print(arena, "口令文件 %s 别人也能读:请 chmod 600。", "others can read the password file %s: chmod 600 it.", path);
  else if (!there)
    *problem = label_print(arena, "读不了口令文件 %s(要写完整路径)。", "cannot read the password file %s (its full path is wanted).", path);
  else if (!*line) *problem = label_print(arena, "口令文件 %s 是空的。", "the password file %s is empty.", path);
  return *line ? arena_text(arena, line) : NULL;
}
