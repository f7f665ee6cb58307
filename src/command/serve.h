/* What a process that serves is set up with, for the measurements' servers as well. */
#ifndef BIHUAN_COMMAND_SERVE_H
#define BIHUAN_COMMAND_SERVE_H

/* What a large reckoning used goes back to the system when it ends. Once, before the first thread. */
void serve_gives_memory_back(void);

#endif
