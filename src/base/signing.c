/* The signing key beside a store or a portal, and texts sealed for its holder: Curve25519 from the Ed25519 key (libsodium's sealed
   boxes). */
#include "base/signing.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/log.h"

#define SEALED_BASE64 sodium_base64_VARIANT_ORIGINAL

static bool key_read(const char *path, uint8_t *key, size_t size) {
  char line[2 * SECRET_KEY_SIZE + 2] = "";
  FILE *file = fopen(path, "re");
  if (!file) return false;
  bool read = fgets(line, sizeof line, file) != NULL;
  fclose(file);
  if (!read) return false;
  line[strcspn(line, "\r\n")] = 0;
  return hex_read(line, key, size);
}

/* Writes a new file whole or not at all: of two processes that make keys at once, one wins and the other reads the winner's. */
static bool key_write(struct arena *arena, const char *path, unsigned mode, const void *key, size_t size) {
  const char *draft = arena_print(arena, "%s.%s", path, random_word(arena, 8)),
             *line = arena_print(arena, "%s\n", hex_write(arena, key, size));
  int file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  bool done = file >= 0 && write(file, line, strlen(line)) == (ssize_t)strlen(line) && fsync(file) == 0;
  if (file >= 0 && close(file) != 0) done = false;
  if (done && link(draft, path) != 0 && errno != EEXIST) done = false;
  if (file >= 0) unlink(draft);
  return done && folder_sync_above(path); /* also when the other won: it may not have got that far */
}

bool signing_public_read(const char *path, uint8_t public_key[PUBLIC_KEY_SIZE]) { return key_read(path, public_key, PUBLIC_KEY_SIZE); }

/* The public half is the second half of an Ed25519 secret key as kept, so signing.key alone decides. */
bool signing_key_open(const char *data, uint8_t secret_key[SECRET_KEY_SIZE]) {
  struct arena *arena = arena_new();
  const char *folder = arena_print(arena, "%s/keys", data);
  const char *secret = arena_print(arena, "%s/signing.key", folder), *open_half = arena_print(arena, "%s/signing.pub", folder);
  uint8_t public_key[PUBLIC_KEY_SIZE];
  bool done = true;
  if (access(secret, F_OK) != 0) {
    uint8_t fresh[SECRET_KEY_SIZE];
    sign_new_keys(public_key, fresh);
    done = folder_make(data) && folder_make(folder) && key_write(arena, secret, 0600, fresh, sizeof fresh);
    explicit_bzero(fresh, sizeof fresh);
  }
  if (done) done = key_read(secret, secret_key, SECRET_KEY_SIZE);
  memcpy(public_key, secret_key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE, PUBLIC_KEY_SIZE);
  if (done && access(open_half, F_OK) != 0) done = key_write(arena, open_half, 0644, public_key, sizeof public_key);
  if (!done) log_line(LOG_ERROR, "keys", "the signing key in %s can be neither read nor made: check the folder's owner and rights", folder);
  arena_free(arena);
  return done;
}

char *sealed_for(struct arena *arena, const uint8_t public_key[PUBLIC_KEY_SIZE], const char *plain, size_t size) {
  uint8_t curve[crypto_box_PUBLICKEYBYTES];
  size_t sealed_size = size + crypto_box_SEALBYTES, room = sodium_base64_encoded_len(sealed_size, SEALED_BASE64);
  unsigned char *sealed = arena_alloc(arena, sealed_size);
  char *text = arena_alloc(arena, room);
  if (crypto_sign_ed25519_pk_to_curve25519(curve, public_key) != 0 ||
      crypto_box_seal(sealed, (const unsigned char *)plain, size, curve) != 0)
    return NULL;
  sodium_bin2base64(text, room, sealed, sealed_size, SEALED_BASE64);
  return text;
}

char *sealed_open(struct arena *arena, const uint8_t secret_key[SECRET_KEY_SIZE], const char *text, size_t *size) {
  uint8_t secret[crypto_box_SECRETKEYBYTES], open_half[crypto_box_PUBLICKEYBYTES];
  size_t room = strlen(text), sealed_size = 0;
  unsigned char *sealed = arena_alloc(arena, room + 1);
  char *plain = NULL;
  if (sodium_base642bin(sealed, room, text, room, NULL, &sealed_size, NULL, SEALED_BASE64) != 0 || sealed_size < crypto_box_SEALBYTES)
    return NULL;
  if (crypto_sign_ed25519_sk_to_curve25519(secret, secret_key) == 0 &&
      crypto_sign_ed25519_pk_to_curve25519(open_half, secret_key + SECRET_KEY_SIZE - PUBLIC_KEY_SIZE) == 0) {
    *size = sealed_size - crypto_box_SEALBYTES;
    plain = arena_alloc(arena, *size + 1);
    if (crypto_box_seal_open((unsigned char *)plain, sealed, sealed_size, open_half, secret) != 0) plain = NULL;
  }
  explicit_bzero(secret, sizeof secret);
  return plain;
}
