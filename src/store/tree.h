/* Private to store/: hashes of any part of the tree, and the keys heads are signed with. */
#ifndef BIHUAN_STORE_TREE_H
#define BIHUAN_STORE_TREE_H

#include "store/seal.h"

/* Of the subtree over the leaves begin … end - 1, split as RFC 6962 does; reads kept nodes and at most 255 leaves
   an edge. begin must be a multiple of the largest power of two below end - begin. */
enum store_error tree_part(struct reader *reader, int64_t begin, int64_t end, uint8_t hash[HASH_SIZE]);
/* The side value a head is kept under: its size in twenty digits, so that they sort. */
#define TREE_KEY_SIZE 21
void tree_key(char key[TREE_KEY_SIZE], int64_t size);
/* The head of `size` that is kept: ABSENT when none is, BROKEN when the value is no head. */
enum store_error tree_head_kept(struct store *store, int64_t size, struct tree_head *head);

#endif
