/* What GeoReport v2 servers answer, by table: read or refused, and the rows that come of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "json_peak.h" /* before base/json.h */

#include "exchange/georeport.h"

static bool read_text(struct arena *arena, const char *text, struct georeports *requests, struct label *wrong) {
  return georeport_read(arena, text, strlen(text), requests, wrong);
}

static void both_forms_of_the_standard_read_alike(void **state) {
  static const char *const FORMS[] = {
    "[{\"service_request_id\":638344,\"status\":\"closed\",\"status_notes\":\"Duplicate.\",\"service_code\":\"006\",\"description\":null,\"requested_datetime\":\"2010-04-14T06:37:38-08:00\",\"lat\":37.762221815,\"long\":-122.4651145,\"notes\":[{\"description\":\"x\"}]}]",
    "{\"service_requests\":[{\"service_request_id\":\"638344\",\"status\":\"closed\",\"status_notes\":\"Duplicate.\",\"service_code\":\"006\",\"requested_datetime\":\"2010-04-14T06:37:38-08:00\",\"lat\":\"37.762221815\",\"long\":\"-122.4651145\"}]}",
    ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests><request><service_request_id>638344</service_request_id><status>closed</status><status_notes>Duplicate.</status_notes><service_code>006</service_code>"
    "<description/><requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime><lat>37.762221815</lat><long>-122.4651145</long><notes><note><description>x</description></note></notes></request></service_requests>")};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
    struct georeports requests;
    struct label wrong = {0};
    assert_true(read_text(arena, FORMS[i], &requests, &wrong));
    assert_int_equal(requests.count, 1);
    const struct georeport *one = &requests.items[0];
    assert_string_equal(one->id, "638344");
    assert_string_equal(one->status, "closed");
    assert_string_equal(one->status_notes, "Duplicate.");
    assert_string_equal(one->service_code, "006");
    assert_string_equal(one->description, "");
    assert_string_equal(one->requested, "2010-04-14T06:37:38-08:00");
    assert_string_equal(one->latitude, "37.762221815");
    assert_string_equal(one->longitude, "-122.4651145");
  }
  arena_free(arena);
}

static void what_is_no_answer_is_refused_in_a_sentence(void **state) {
  static const char *const BAD[] = {"", "  \n", "{", "[1", "{\"a\":1}", "null", "<a>", "<a></b>", "<!DOCTYPE a [<!ENTITY b \"bb\">]><service_requests><request><description>&b;</description></request></service_requests>",
                                    "<service_requests><request><description>&nothing;</description></request></service_requests>"};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    struct georeports requests;
    struct label wrong = {0};
    assert_false(read_text(arena, BAD[i], &requests, &wrong));
    assert_non_null(wrong.zh);
    assert_non_null(wrong.en);
  }
  arena_free(arena);
}

static void dates_are_read_with_any_zone_that_servers_write(void **state) {
  static const struct { const char *text; int64_t seconds; /* since 1970, UTC; 0: none */ } DATES[] = {
    {"2010-04-14T06:37:38-08:00", 1271255858}, {"2010-04-14T14:37:38Z", 1271255858}, {"2010-04-14T06:37:38-0800", 1271255858}, {"2010-04-14 06:37:38 -0800", 1271255858},
    {"2010-04-14T14:37:38.000Z", 1271255858}, {"2010-04-14T22:37:38", 1271255858} /* the store's zone */, {"1271255858", 0}, {"soon", 0}, {"", 0}, {"2010-13-14T06:37:38Z", 0}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++) {
    int64_t moment = 0;
    assert_int_equal(georeport_moment(arena, DATES[i].text, &moment), DATES[i].seconds != 0);
    if (DATES[i].seconds) assert_int_equal(moment, DATES[i].seconds * MOMENT_SECOND);
  }
  arena_free(arena);
}

static void a_request_becomes_a_row_and_what_is_wrong_in_it_stays_as_text(void **state) {
  static const struct { const char *json, *holds, *lacks; size_t left_out; } ROWS[] = {
    {"[{\"service_request_id\":\"1\",\"requested_datetime\":\"2026-01-02T03:04:05Z\",\"lat\":\"31.23041699\",\"long\":\"+121.5\",\"address\":\"A\"}]", "\"point\":\"31.230416,121.5\"", "（", 0},
    {"[{\"service_request_id\":\"1\",\"requested_datetime\":\"2026-01-02T03:04:05Z\",\"lat\":999,\"long\":\"abc\",\"address\":\"A\"}]", "\"place\":\"A（999,abc）\"", "\"point\":\"", 0},
    {"[{\"service_request_id\":\"1\",\"requested_datetime\":\"2026-01-02T03:04:05Z\",\"description\":\"a\\u0007b\"}]", "a\xEF\xBF\xBD" "b", "\\u0007", 0},
    {"[{\"service_request_id\":\"1\",\"updated_datetime\":\"2026-01-02T03:04:05Z\",\"service_name\":\"Pothole\"}]", "\"title\":\"Pothole\"", "null,\"title\"", 0},
    {"[{\"requested_datetime\":\"2026-01-02T03:04:05Z\"},{\"service_request_id\":\"2\"}]", "", "\"number\"", 2}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct georeports requests;
    struct label wrong = {0};
    struct buffer json = {.arena = arena};
    assert_true(read_text(arena, ROWS[i].json, &requests, &wrong));
    const struct georeport *all[2] = {&requests.items[0], requests.count > 1 ? &requests.items[1] : NULL};
    assert_int_equal(georeport_rows(arena, all, requests.count, &json), ROWS[i].left_out);
    const char *text = json.bytes ? json.bytes : "";
    assert_non_null(strstr(text, ROWS[i].holds));
    assert_null(strstr(text, ROWS[i].lacks));
  }
  arena_free(arena);
}

static void the_reason_of_a_refusal_is_found_in_both_forms(void **state) {
  struct arena *arena = arena_new();
  const char *json = "[{\"code\":403,\"description\":\"no key\"}]",
             *xml = "<errors><error><code>403</code><description>no key</description></error></errors>", *neither = "oops";
  (void)state;
  assert_string_equal(georeport_error(arena, json, strlen(json)), "no key");
  assert_string_equal(georeport_error(arena, xml, strlen(xml)), "no key");
  assert_null(georeport_error(arena, neither, strlen(neither)));
  assert_null(georeport_error(arena, "", 0));
  arena_free(arena);
}

/* Eight megabytes of what costs most to keep: refused, or read without what is nested in it, with one text of one request in memory at a
   time. */
static void what_is_sent_to_fill_memory_takes_a_small_part_of_it(void **state) {
  static const struct { const char *before, *each, *after, *says; size_t count; } HOSTILE[] = {
    {"[", "{}", "]", "too many requests", 0}, {"[", "[]", "]", "too many requests", 0}, {"{\"a\":[", "[]", "]}", "no list of requests", 0}, {"[{\"service_request_id\":\"1\",\"notes\":[", "{}", "]}]", NULL, 1},
    {"[{\"description\":[", "[]", "]}]", NULL, 1}, {"[{", "\"n\":1", "}]", NULL, 1}, {"[{\"description\":\"", "xxxxxxxx", "\"}]", "larger than 1024 KB", 0}, {"<r>", "<request/>", "</r>", "too many requests", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
    struct arena *arena = arena_new(), *text = arena_new();
    struct buffer file = {.arena = text};
    struct georeports requests;
    struct label wrong = {0};
    bool list = HOSTILE[i].before[0] != '<';
    buffer_text(&file, HOSTILE[i].before);
    buffer_text(&file, HOSTILE[i].each);
    while (file.size < (size_t)8 << 20) {
      if (list) buffer_byte(&file, ',');
      buffer_text(&file, HOSTILE[i].each);
    }
    buffer_text(&file, HOSTILE[i].after);
    json_peak_begin();
    bool read = georeport_read(arena, file.bytes, file.size, &requests, &wrong);
    size_t held = json_peak_end();
    if (read != !HOSTILE[i].says || (!read && !strstr(wrong.en, HOSTILE[i].says)))
      fail_msg("%s…%s: %s", HOSTILE[i].before, HOSTILE[i].each, read ? "read" : wrong.en);
    if (read) assert_int_equal(requests.count, HOSTILE[i].count);
    if (held > (size_t)64 << 10 || arena_size(arena) > (size_t)48 << 20)
      fail_msg("%s…%s: %zu bytes of JSON and %zu beside at once", HOSTILE[i].before, HOSTILE[i].each, held, arena_size(arena));
    json_peak_begin();
    assert_null(georeport_error(arena, file.bytes, file.size));
    assert_true(json_peak_end() < (size_t)64 << 10);
    arena_free(arena);
    arena_free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_sent_to_fill_memory_takes_a_small_part_of_it),
                                     cmocka_unit_test(both_forms_of_the_standard_read_alike),
                                     cmocka_unit_test(what_is_no_answer_is_refused_in_a_sentence),
                                     cmocka_unit_test(dates_are_read_with_any_zone_that_servers_write),
                                     cmocka_unit_test(a_request_becomes_a_row_and_what_is_wrong_in_it_stays_as_text),
                                     cmocka_unit_test(the_reason_of_a_refusal_is_found_in_both_forms)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
