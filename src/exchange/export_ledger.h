/* Problems on the forms that offices hand in: the ledger of 22 columns and the audit list of 52, with their headers as they stand in the
   notices (domain facts, section 4); and any list as the screen shows it. A ledger handed out is read back as unchanged. */
#ifndef BIHUAN_EXCHANGE_EXPORT_LEDGER_H
#define BIHUAN_EXCHANGE_EXPORT_LEDGER_H

#include "exchange/export.h"
#include "exchange/table.h"

enum ledger_form { FORM_NONE, FORM_LEDGER22, FORM_AUDIT52, FORM_SCREEN };
enum ledger_form ledger_form_named(const char *name); /* "ledger22", "audit52", "screen" */
struct form_options {
  struct export_options list;
  enum ledger_form form;
  const char *path, *who;
  int64_t now;
  int definitions;
  struct label title; /* zh NULL: the form's own */
};
/* A column that a form of ours reckons from the tree of units, whatever a record keeps under that header from a file of others. */
bool form_reckons(const char *header);
/* Writes the file at `path`. STORE_FULL: it could not be written whole. */
enum store_error export_form(struct reader *reader, const struct form_options *options, int64_t *rows);

#endif
