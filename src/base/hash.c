/* Hashes, signatures, random and sealed secrets: thin names over libsodium, so that no other file chooses
   an algorithm. Formats that leave the process (hex, sealed texts) are written down beside their writer. */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"

_Static_assert(HASH_SIZE == crypto_hash_sha256_BYTES && HASH_SIZE == crypto_auth_hmacsha256_BYTES, "SHA-256");
_Static_assert(KEY_SIZE == crypto_auth_hmacsha256_KEYBYTES && KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "keys");
_Static_assert(SIGNATURE_SIZE == crypto_sign_BYTES && PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES &&
                   SECRET_KEY_SIZE == crypto_sign_SECRETKEYBYTES, "Ed25519");

void base_start(void) {
  if (sodium_init() >= 0) return;
  fputs("the system gives no random numbers: libsodium cannot start\n", stderr);
  abort();
}

void hash_bytes(uint8_t out[HASH_SIZE], const void *bytes, size_t size) { crypto_hash_sha256(out, bytes, size); }

static void hash_part(crypto_hash_sha256_state *state, const void *bytes, size_t size) {
  if (size) crypto_hash_sha256_update(state, bytes, size);
}

void hash_two(uint8_t out[HASH_SIZE], const void *one, size_t one_size, const void *two, size_t two_size) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  hash_part(&state, one, one_size);
  hash_part(&state, two, two_size);
  crypto_hash_sha256_final(&state, out);
}

void hash_prefixed(uint8_t out[HASH_SIZE], uint8_t prefix, const void *one, size_t one_size, const void *two, size_t two_size) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  hash_part(&state, &prefix, 1);
  hash_part(&state, one, one_size);
  hash_part(&state, two, two_size);
  crypto_hash_sha256_final(&state, out);
}

/* SipHash-2-4 under a fixed key, little-endian: stored, so neither may ever change. */
uint64_t hash_fingerprint(const void *bytes, size_t size) {
  static const unsigned char key[crypto_shorthash_KEYBYTES] = {'b', 'i', 'h', 'u', 'a', 'n', '-', 'f',
                                                               'i', 'n', 'g', 'e', 'r', '-', '0', '1'};
  unsigned char hash[crypto_shorthash_BYTES];
  crypto_shorthash(hash, bytes, size, key);
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof hash; i++) value |= (uint64_t)hash[i] << (8 * i);
  return value;
}

void hash_keyed(uint8_t out[HASH_SIZE], const uint8_t key[KEY_SIZE], const void *bytes, size_t size) {
  crypto_auth_hmacsha256(out, bytes, size, key);
}

/* False leaves errno as the system set it. */
bool hash_file(uint8_t out[HASH_SIZE], const char *path, int64_t *size) {
  unsigned char piece[1 << 15];
  crypto_hash_sha256_state state;
  int64_t total = 0;
  ssize_t got = -1;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  crypto_hash_sha256_init(&state);
  while ((got = read(file, piece, sizeof piece)) != 0) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    hash_part(&state, piece, (size_t)got);
    total += got;
  }
  int kept_errno = errno;
  close(file);
  errno = kept_errno;
  if (got < 0) return false;
  crypto_hash_sha256_final(&state, out);
  if (size) *size = total;
  return true;
}

void random_bytes(void *out, size_t size) { randombytes_buf(out, size); }

char *random_word(struct arena *arena, size_t letters) {
  static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* no i, l, o, 0, 1 */
  char *word = arena_alloc(arena, letters + 1);
  for (size_t i = 0; i < letters; i++) word[i] = alphabet[randombytes_uniform(sizeof alphabet - 1)];
  return word;
}

char *hex_write(struct arena *arena, const void *bytes, size_t size) {
  static const char digits[] = "0123456789abcdef";
  const uint8_t *in = bytes;
  char *text = arena_alloc(arena, size * 2 + 1);
  for (size_t i = 0; i < size; i++) {
    text[2 * i] = digits[in[i] >> 4];
    text[2 * i + 1] = digits[in[i] & 15];
  }
  return text;
}

static int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

bool hex_read(const char *text, void *out, size_t size) {
  uint8_t *bytes = out;
  if (!text || strlen(text) != size * 2) return false;
  for (size_t i = 0; i < size; i++) {
    int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = (uint8_t)(high << 4 | low);
  }
  return true;
}

void sign_new_keys(uint8_t public_key[PUBLIC_KEY_SIZE], uint8_t secret_key[SECRET_KEY_SIZE]) {
  crypto_sign_keypair(public_key, secret_key);
}

void sign_bytes(uint8_t signature[SIGNATURE_SIZE], const void *bytes, size_t size, const uint8_t secret_key[SECRET_KEY_SIZE]) {
  crypto_sign_detached(signature, NULL, bytes, size, secret_key);
}

bool sign_holds(const uint8_t signature[SIGNATURE_SIZE], const void *bytes, size_t size, const uint8_t public_key[PUBLIC_KEY_SIZE]) {
  return crypto_sign_verify_detached(signature, bytes, size, public_key) == 0;
}

/* Password hashing is costly on purpose; two at once bound what sign-ins can take from the machine. */
enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 << 20, PASSWORDS_AT_ONCE = 2 };
static pthread_mutex_t password_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t password_free = PTHREAD_COND_INITIALIZER;
static int passwords_running;

static void password_enter(void) {
  pthread_mutex_lock(&password_lock);
  while (passwords_running == PASSWORDS_AT_ONCE) pthread_cond_wait(&password_free, &password_lock);
  passwords_running++;
  pthread_mutex_unlock(&password_lock);
}

static void password_leave(void) {
  pthread_mutex_lock(&password_lock);
  passwords_running--;
  pthread_cond_signal(&password_free);
  pthread_mutex_unlock(&password_lock);
}

char *password_seal(struct arena *arena, const char *password) {
  char sealed[crypto_pwhash_STRBYTES];
  password_enter();
  int failed = crypto_pwhash_str(sealed, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY);
  password_leave();
  if (failed) heap_exhausted(PASSWORD_MEMORY); /* its only reason to fail */
  return arena_text(arena, sealed);
}

bool password_holds(const char *sealed, const char *password) {
  if (!sealed || !password || strlen(sealed) >= crypto_pwhash_STRBYTES) return false;
  password_enter();
  bool holds = crypto_pwhash_str_verify(sealed, password, strlen(password)) == 0;
  password_leave();
  return holds;
}

/* A sealed text is "k", the key's id, ":" and base64url without padding of nonce and cipher of
   XChaCha20-Poly1305; the part up to the colon is authenticated too. */
enum { NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES };
#define SEALED_BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

char *secret_seal(struct arena *arena, const uint8_t key[KEY_SIZE], unsigned key_id, const char *plain) {
  size_t plain_size = strlen(plain), size = NONCE_SIZE + plain_size + TAG_SIZE;
  unsigned char *bytes = arena_alloc(arena, size);
  char *head = arena_print(arena, "k%u", key_id);
  random_bytes(bytes, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + NONCE_SIZE, NULL, (const unsigned char *)plain, plain_size,
                                             (const unsigned char *)head, strlen(head), NULL, bytes, key);
  size_t room = sodium_base64_encoded_len(size, SEALED_BASE64);
  char *text = arena_alloc(arena, room);
  sodium_bin2base64(text, room, bytes, size, SEALED_BASE64);
  return arena_print(arena, "%s:%s", head, text);
}

/* The size of "k17", or 0 when the text does not begin with such a thing and a colon. */
static size_t sealed_head(const char *sealed) {
  if (!sealed || sealed[0] != 'k') return 0;
  size_t digits = strspn(sealed + 1, "0123456789");
  return digits >= 1 && digits <= 9 && sealed[1 + digits] == ':' ? 1 + digits : 0;
}

unsigned secret_key_id(const char *sealed) {
  return sealed_head(sealed) ? (unsigned)strtoul(sealed + 1, NULL, 10) : 0;
}

char *secret_open(struct arena *arena, const uint8_t key[KEY_SIZE], const char *sealed) {
  size_t head = sealed_head(sealed), size = 0;
  if (!head) return NULL;
  const char *text = sealed + head + 1;
  size_t room = strlen(text);
  unsigned char *bytes = arena_alloc(arena, room + 1);
  if (sodium_base642bin(bytes, room, text, room, NULL, &size, NULL, SEALED_BASE64) != 0 || size < NONCE_SIZE + TAG_SIZE) return NULL;
  char *plain = arena_alloc(arena, size - NONCE_SIZE - TAG_SIZE + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)plain, NULL, NULL, bytes + NONCE_SIZE, size - NONCE_SIZE,
                                                 (const unsigned char *)sealed, head, bytes, key) != 0)
    return NULL;
  return plain;
}

bool secret_keys_seal(const struct secret_keys *keys) { return keys && keys->newest > 0 && keys->held[keys->newest - 1]; }

char *secret_seal_newest(struct arena *arena, const struct secret_keys *keys, const char *plain) {
  return secret_seal(arena, keys->keys[keys->newest - 1], keys->newest, plain);
}

char *secret_open_any(struct arena *arena, const struct secret_keys *keys, const char *sealed) {
  unsigned number = secret_key_id(sealed);
  bool held = keys && number > 0 && number <= SECRET_KEYS_MOST && keys->held[number - 1];
  return held ? secret_open(arena, keys->keys[number - 1], sealed) : NULL;
}
