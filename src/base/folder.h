/* Folders that are still there after the power has gone: what a sync of a file does not do for its name. */
#ifndef BIHUAN_BASE_FOLDER_H
#define BIHUAN_BASE_FOLDER_H

#include <stdbool.h>

/* Makes it (mode 0700) unless it is there. True: it is a folder, and its name in the folder above is on the disk. */
bool folder_make(const char *path);
/* The names in it are on the disk: those that were given, those that were taken away. */
bool folder_sync(const char *path);
/* The same of the folder that `path` lies in. */
bool folder_sync_above(const char *path);
/* The same of it and of every folder below it. */
bool folder_sync_all(const char *path);
/* All leave errno as the system set it when they fail. */

#endif
