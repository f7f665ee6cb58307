/* Packages between two networks. The inner side writes what is released, the portal writes what came in; each signs with its own key and
   takes only what the key it was told to trust has signed. A package is one line, "bihuan-ferry-1 SIZE PUBLIC_KEY SIGNATURE", and JSON of
   SIZE bytes; the signature (Ed25519) is over "bihuan-ferry-1\n" and the JSON's SHA-256. Taken twice it changes nothing; what is missing
   before it is named. Nothing here knows the inner store. */
#ifndef BIHUAN_EXCHANGE_FERRY_H
#define BIHUAN_EXCHANGE_FERRY_H

#include "exchange/public_store.h"

struct ferry_told { int64_t number, items, pictures; bool whole, before /* it had been taken already */; };
/* `again`: the number of a package that did not arrive: everything from there on; 0: what is new since the last. False: *reason. */
bool ferry_contents_write(struct public_store *store, int64_t again, struct buffer *out, struct ferry_told *told, struct label *reason,
                          struct arena *arena);
bool ferry_contents_take(struct public_store *store, const char *bytes, size_t size, struct ferry_told *told, struct label *reason,
                         struct arena *arena);
/* All that the inner side has not told to have taken yet. */
bool ferry_inbox_write(struct public_store *store, struct buffer *out, struct ferry_told *told, struct label *reason, struct arena *arena);
bool ferry_inbox_take(struct public_store *store, const char *bytes, size_t size, struct ferry_told *told, struct label *reason,
                      struct arena *arena);

/* FOLDER/keys/trusted.pub: whose packages are taken. Text: 64 hex digits. */
bool ferry_trust(const char *folder, const char *text);

#endif
