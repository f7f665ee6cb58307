/* Private to command/: folders and files as backup and restore move them. errno says what went wrong. */
#ifndef BIHUAN_COMMAND_FILES_H
#define BIHUAN_COMMAND_FILES_H

#include <stdbool.h>
#include "base/arena.h"

bool folder_is_empty(const char *path);                        /* also when it is not there */
bool folders_make(struct arena *arena, const char *path);      /* those above the last name of `path`, mode 0700 */
bool copy_file(const char *from,
               const char *to); /* its contents are durable, its name once its folder is synced; `to` must not be there; mode 0600 */
void remove_tree(struct arena *arena, const char *path);       /* all below and the folder itself, as far as it goes */
#endif
