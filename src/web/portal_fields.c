/* The fields of the portal's forms. What was refused is shown again as it was typed, with what is wrong told above the form and beside its
   field: nobody writes anything twice. */
#include "web/portal_parts.h"

#include <string.h>

struct wrong { const char *name; /* of the field; NULL: of the form as a whole */ struct label text; struct wrong *next; };

void visit_wrong(struct visit *visit, unsigned status, const char *name, struct label text) {
  struct wrong *wrong = ARENA_NEW(visit->arena, struct wrong), **last = &visit->wrongs;
  while (*last) last = &(*last)->next;
  *wrong = (struct wrong){.name = name, .text = text};
  *last = wrong;
  visit->status = status;
  visit->private_page = true;
}

static const struct wrong *wrong_with(const struct visit *visit, const char *name) {
  const struct wrong *wrong = visit->wrongs;
  while (wrong && !(wrong->name && strcmp(wrong->name, name) == 0)) wrong = wrong->next;
  return wrong;
}

void page_wrongs(struct visit *visit) {
  if (!visit->wrongs) return;
  page_add(visit, "<div class=\"bad\" role=\"alert\"><p><b>%w</b></p><ul>",
           W("没有成功，您写的都还在：", "That did not work; what you wrote is still here:"));
  for (const struct wrong *wrong = visit->wrongs; wrong; wrong = wrong->next) {
    if (wrong->name) page_add(visit, "<li><a href=\"#%s\">%w</a></li>", wrong->name, wrong->text);
    else page_add(visit, "<li>%w</li>", wrong->text);
  }
  page_add(visit, "</ul></div>");
}

static void beside(struct visit *visit, const char *name) {
  const struct wrong *wrong = wrong_with(visit, name);
  if (wrong) page_add(visit, "<p class=\"bad\" id=\"e-%s\">%w</p>", name, wrong->text);
}

/* aria-describedby: the hint below, and what is wrong. */
static void described(struct visit *visit, const char *name, bool hint) {
  bool wrong = wrong_with(visit, name) != NULL;
  if (wrong)
    page_add(visit, " aria-invalid=\"true\" aria-describedby=\"%s%s%s\"", arena_print(visit->arena, "e-%s", name), hint ? " " : "",
             hint ? arena_print(visit->arena, "h-%s", name) : "");
  else if (hint) page_add(visit, " aria-describedby=\"h-%s\"", name);
}

void field_write(struct visit *visit, const struct form_field *field) {
  const char *typed = visit_value(visit, field->name), *value = typed ? typed : field->value ? field->value : "";
  page_add(visit, "<div class=\"fld\"><label for=\"%s\">%w</label>", field->name, field->label);
  beside(visit, field->name);
  page_add(visit,
           field->rows ? "<textarea class=\"in-s\" id=\"%s\" name=\"%s\" maxlength=\"%i\""
                       : "<input class=\"in-s\" id=\"%s\" name=\"%s\" maxlength=\"%i\"",
           field->name, field->name, (long long)field->most);
  if (field->required) page_add(visit, " required");
  if (field->attributes) page_add(visit, field->attributes);
  described(visit, field->name, field->hint.zh != NULL);
  if (field->rows) page_add(visit, " rows=\"%i\">%s</textarea>", (long long)field->rows, value);
  else page_add(visit, " value=\"%s\">", value);
  if (field->hint.zh) page_add(visit, "<p class=\"sub\" id=\"h-%s\">%w</p>", field->name, field->hint);
  page_add(visit, "</div>");
}

/* What was chosen is not kept: a browser does not let a page choose a file. */
void picture_write(struct visit *visit, const char *name, struct label label, struct label hint) {
  page_add(visit, "<div class=\"fld\"><label for=\"%s\">%w</label>", name, label);
  beside(visit, name);
  page_add(visit, "<input id=\"%s\" name=\"%s\" type=\"file\" accept=\"image/jpeg,image/png\"", name, name);
  described(visit, name, true);
  page_add(visit, "><p class=\"sub\" id=\"h-%s\">%w</p></div>", name, hint);
}

void choices_write(struct visit *visit, const char *name, struct label legend, const struct form_choice *choices, size_t count,
                   bool required) {
  const char *chosen = visit_value(visit, name);
  page_add(visit, "<fieldset class=\"q\"><legend>%w</legend>", legend);
  beside(visit, name);
  page_add(visit, "<div class=\"opts%s\">", count == 3 ? " three" : "");
  for (size_t i = 0; i < count; i++) {
    page_add(visit, "<label><input type=\"radio\" name=\"%s\" value=\"%s\"", name, choices[i].value);
    if (!i) page_add(visit, " id=\"%s\"", name);
    if (!i && wrong_with(visit, name)) page_add(visit, " aria-describedby=\"e-%s\"", name);
    if (required) page_add(visit, " required");
    if (chosen && strcmp(chosen, choices[i].value) == 0) page_add(visit, " checked");
    page_add(visit, ">%w</label>", choices[i].label);
  }
  page_add(visit, "</div></fieldset>");
}
