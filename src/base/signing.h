/* The signing key of a data folder: FOLDER/keys/signing.key, made at first use, and its public half beside it. */
#ifndef BIHUAN_BASE_SIGNING_H
#define BIHUAN_BASE_SIGNING_H

#include <stdbool.h>
#include "base/hash.h"

/* False: it can be neither read nor made (logged); errno may say why. */
bool signing_key_open(const char *folder, uint8_t secret_key[SECRET_KEY_SIZE]);
bool signing_public_read(const char *path, uint8_t public_key[PUBLIC_KEY_SIZE]); /* a line of hex */

/* Sealed for who holds the secret half of that key: nobody else opens it, not even who sealed it. Text in, base64 out. */
char *sealed_for(struct arena *arena, const uint8_t public_key[PUBLIC_KEY_SIZE], const char *plain, size_t size);
/* NULL: not for this key, or altered */
char *sealed_open(struct arena *arena, const uint8_t secret_key[SECRET_KEY_SIZE], const char *sealed, size_t *size);

#endif
