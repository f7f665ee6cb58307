/* The process's own log on standard error: one line an event, `time level room: sentence`. No record's
   contents and no contact ever go in here, only numbers and names of things. */
#ifndef BIHUAN_BASE_LOG_H
#define BIHUAN_BASE_LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

void log_threshold(enum log_level least); /* INFO at start */
void log_line(enum log_level level, const char *room, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
