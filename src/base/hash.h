/* Hashes, signatures, random and secret-keeping, over libsodium; call base_start() once before any of it. */
#ifndef BIHUAN_BASE_HASH_H
#define BIHUAN_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

#define HASH_SIZE 32      /* SHA-256 */
#define KEY_SIZE 32
#define SIGNATURE_SIZE 64 /* Ed25519 */
#define PUBLIC_KEY_SIZE 32
#define SECRET_KEY_SIZE 64

void base_start(void); /* idempotent, any thread */

void hash_bytes(uint8_t out[HASH_SIZE], const void *bytes, size_t size);
void hash_two(uint8_t out[HASH_SIZE], const void *one, size_t one_size, const void *two, size_t two_size);
/* prefix byte, then two pieces: what Merkle leaves and nodes are made of */
void hash_prefixed(uint8_t out[HASH_SIZE], uint8_t prefix, const void *one, size_t one_size, const void *two, size_t two_size);
uint64_t hash_fingerprint(const void *bytes, size_t size); /* 64 bits for comparing rows, not for secrets */
void hash_keyed(uint8_t out[HASH_SIZE], const uint8_t key[KEY_SIZE], const void *bytes, size_t size);
bool hash_file(uint8_t out[HASH_SIZE], const char *path, int64_t *size);

void random_bytes(void *out, size_t size);
char *random_word(struct arena *arena, size_t letters); /* a-z2-9 without look-alikes */

char *hex_write(struct arena *arena, const void *bytes, size_t size);
bool hex_read(const char *text, void *out, size_t size); /* exactly `size` bytes */

void sign_new_keys(uint8_t public_key[PUBLIC_KEY_SIZE], uint8_t secret_key[SECRET_KEY_SIZE]);
void sign_bytes(uint8_t signature[SIGNATURE_SIZE], const void *bytes, size_t size, const uint8_t secret_key[SECRET_KEY_SIZE]);
bool sign_holds(const uint8_t signature[SIGNATURE_SIZE], const void *bytes, size_t size, const uint8_t public_key[PUBLIC_KEY_SIZE]);

/* Argon2id, about 19 MiB and tens of milliseconds; at most two run at once, further callers wait. */
char *password_seal(struct arena *arena, const char *password);
bool password_holds(const char *sealed, const char *password);

/* Authenticated encryption of short texts (contacts); the result is text: key id, nonce, cipher in base64. */
char *secret_seal(struct arena *arena, const uint8_t key[KEY_SIZE], unsigned key_id, const char *plain);
char *secret_open(struct arena *arena, const uint8_t key[KEY_SIZE], const char *sealed); /* NULL when it does not open */
unsigned secret_key_id(const char *sealed); /* which key sealed it; 0 when it is no sealed text */
/* Keys by number, from 1 on: the newest seals, each that is held opens what names it. */
#define SECRET_KEYS_MOST 16
struct secret_keys {
  uint8_t keys[SECRET_KEYS_MOST][KEY_SIZE]; /* number n at n - 1 */
  bool held[SECRET_KEYS_MOST];
  unsigned newest; /* 0: none yet */
};
bool secret_keys_seal(const struct secret_keys *keys); /* can they? NULL: no */
char *secret_seal_newest(struct arena *arena, const struct secret_keys *keys, const char *plain);
/* NULL when it does not open, or its key is not held */
char *secret_open_any(struct arena *arena, const struct secret_keys *keys, const char *sealed);

#endif
