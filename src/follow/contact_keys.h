/* The keys that seal contacts, in DATA/keys: contact.key is number 1, contact-2.key number 2 … */
#ifndef BIHUAN_FOLLOW_CONTACT_KEYS_H
#define BIHUAN_FOLLOW_CONTACT_KEYS_H

#include "follow/house.h"

const char *contact_key_file(struct arena *arena, unsigned number); /* its name in a folder of keys */
/* Fills house->contact_key. The first key is made at first use; with HOUSE_NEW_KEYS the next one, for those of before are not here. */
enum store_error contact_keys_open(struct house *house, unsigned flags, struct arena *arena, struct label *reason);
#endif
