/* The classifier: it learns what people decided and says how sure it is and why; near-equal texts are found; what it keeps holds no words
   and is read back the same, or refused. All texts are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "follow/classifier.h"

enum { EACH = 24, KINDS = 3 };
static const char *const LABELS[KINDS] = {"交通运输", "环境保护", "Education"};
static const char *const SUBJECTS[KINDS][6] = {
  {"公交车等候时间太长", "公交站台没有雨棚", "路口红绿灯时间太短", "公交线路绕行", "地铁站口停车混乱", "出租车拒载"},
  {"工地夜里施工噪声扰民", "河道污水气味很大", "垃圾站臭味难闻", "烧烤油烟污染", "工厂排放废气", "污水直排河道"},
  {"the school canteen is too small", "teachers of the primary school are missing", "school fees went up", "pupils wait before the school gate", "the kindergarten takes no children", "homework at the primary school"}};
static const char *const PLACES[4] = {"青禾苑", "望潮花园", "松影路", "白鹭街"};

struct made { struct classifier_example items[EACH * KINDS]; char texts[EACH * KINDS][200]; };
static void make(struct made *made) {
  for (int i = 0; i < EACH * KINDS; i++) {
    int kind = i % KINDS, turn = i / KINDS;
    snprintf(made->texts[i], sizeof made->texts[i], "%s第%d处 %s,希望尽快处理", PLACES[turn % 4], i, SUBJECTS[kind][turn % 6]);
    made->items[i] = (struct classifier_example){.title = SUBJECTS[kind][(turn + 1) % 6], .text = made->texts[i], .label = LABELS[kind]};
  }
}

static struct classifier *trained(void) {
  struct made made;
  struct label wrong;
  make(&made);
  struct classifier *classifier = classifier_train(made.items, EACH * KINDS, NULL, &wrong);
  assert_non_null(classifier);
  return classifier;
}

static void new_texts_get_the_class_they_are_like_with_certainty_and_words(void **state) {
  (void)state;
  static const struct { const char *title, *text; int kind; const char *word; } cases[] = {
    {"公交车太少", NULL, 0, "公交"}, {NULL, "锦溪小区旁边的河道污水又黑又臭", 1, "污水"}, {"Canteen", "lunch at the primary school", 2, "school"}};
  struct classifier *classifier = trained();
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct classifier_answer answer;
    struct classifier_text text = {cases[i].title, cases[i].text};
    bool told = false;
    classifier_judge(classifier, &text, arena, &answer);
    assert_int_equal(answer.count, KINDS);
    assert_string_equal(answer.choices[0].label, LABELS[cases[i].kind]);
    assert_true(answer.choices[0].certainty > 0.5 && answer.choices[0].certainty < 1);
    double sum = 0;
    for (size_t k = 0; k < answer.count; k++) sum += answer.choices[k].certainty;
    assert_true(sum > 0.999 && sum < 1.001);
    for (size_t k = 0; k < answer.word_count; k++) told = told || strcmp(answer.words[k].word, cases[i].word) == 0;
    assert_true(told);
  }
  arena_free(arena);
  classifier_free(classifier);
}

/* One class has as many examples before the others' as a training takes at most. */
static void of_many_classes_each_has_a_share_of_what_is_learnt_from(void **state) {
  (void)state;
  enum { CLASSES = 500, LARGEST = 2000, OTHERS = 5, ALL = LARGEST + (CLASSES - 1) * OTHERS };
  static struct classifier_example examples[ALL];
  static char texts[ALL][80], labels[CLASSES][16];
  struct label wrong;
  struct arena *arena = arena_new();
  for (int i = 0; i < ALL; i++) {
    int class = i < LARGEST ? 0 : 1 + (i - LARGEST) % (CLASSES - 1);
    snprintf(labels[class], sizeof labels[class], "k%d", class);
    snprintf(texts[i], sizeof texts[i], "word%d matter%d also%d", class, class, class * 7);
    examples[i] = (struct classifier_example){.text = texts[i], .label = labels[class]};
  }
  struct classifier *classifier = classifier_train(examples, ALL, NULL, &wrong);
  assert_non_null(classifier);
  assert_int_equal(classifier_examples(classifier), 2000);
  for (int class = 0; class < CLASSES; class += 83) {
    struct classifier_text text = {.text = arena_print(arena, "word%d matter%d", class, class)};
    struct classifier_answer answer;
    classifier_judge(classifier, &text, arena, &answer);
    assert_string_equal(answer.choices[0].label, labels[class]);
  }
  classifier_free(classifier);
  arena_free(arena);
}

/* The first `known` examples an earlier training had as well; behind them stand as many whose class `label` gives. */
static struct classifier_comparison beside(size_t count, const char *(*label)(int i)) {
  static char texts[EACH * KINDS][200];
  struct made made;
  struct classifier_example all[2 * EACH * KINDS];
  bool known[2 * EACH * KINDS] = {0};
  struct classifier_comparison comparison;
  struct label wrong;
  make(&made);
  for (size_t i = 0; i < count; i++) {
    all[i] = made.items[i];
    known[i] = true;
    snprintf(texts[i], sizeof texts[i], "%s附近%zu号%s,已经反映多次", PLACES[(i / 3) % 4], 500 + i, SUBJECTS[i % KINDS][(i / 2) % 6]);
    all[count + i] = (struct classifier_example){.title = SUBJECTS[i % KINDS][(i / 4) % 6], .text = texts[i], .label = label((int)i)};
  }
  struct classifier *classifier = classifier_train_beside(all, 2 * count, known, NULL, &comparison, &wrong);
  assert_non_null(classifier);
  classifier_free(classifier);
  return comparison;
}
static const char *right_label(int i) { return LABELS[i % KINDS]; }
static const char *any_label(int i) { return LABELS[((uint32_t)i * 2654435761u >> 9) % KINDS]; }
static const char *fourth_label(int i) { return i % KINDS ? LABELS[i % KINDS] : "城乡建设"; }

static void a_training_is_set_beside_what_an_earlier_one_knew_over_the_same_folds(void **state) {
  (void)state;
  struct classifier_comparison more = beside(EACH * KINDS, right_label), random = beside(EACH * KINDS, any_label),
                               other = beside(EACH * KINDS, fourth_label);
  assert_true(more.compared && random.compared && other.compared);
  assert_true(more.macro_f1 >= more.before - 0.01);
  assert_true(random.macro_f1 < random.before - 0.01);   /* decided at random: worse */
  assert_true(other.macro_f1 > other.before);            /* a class that the earlier one could not know */
  assert_true(more.macro_f1 > random.macro_f1);
}

static void a_text_of_which_nothing_is_known_gets_no_suggestion(void **state) {
  (void)state;
  static const char *const texts[] = {"", "😀😀", "\x01\x02", "zzz qqq", NULL};
  struct classifier *classifier = trained();
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct classifier_answer answer;
    classifier_judge(classifier, &(struct classifier_text){NULL, texts[i]}, arena, &answer);
    assert_int_equal(answer.count, 0);
    assert_int_equal(answer.word_count, 0);
  }
  arena_free(arena);
  classifier_free(classifier);
}

static void an_enormous_text_is_read_to_a_limit(void **state) {
  (void)state;
  struct classifier *classifier = trained();
  struct arena *arena = arena_new();
  struct buffer text = {.arena = arena};
  struct classifier_answer answer;
  for (int i = 0; i < 40000; i++) buffer_text(&text, "污水");
  classifier_judge(classifier, &(struct classifier_text){text.bytes, text.bytes}, arena, &answer);
  assert_string_equal(answer.choices[0].label, LABELS[1]);
  arena_free(arena);
  classifier_free(classifier);
}

static void too_few_examples_train_nothing_and_say_so(void **state) {
  (void)state;
  struct made made;
  struct label wrong = {NULL, NULL};
  make(&made);
  assert_null(classifier_train(made.items, 8, NULL, &wrong));
  assert_non_null(strstr(wrong.en, "at least two classes"));
  for (int i = 0; i < EACH * KINDS; i++) made.items[i].label = "one";
  assert_null(classifier_train(made.items, EACH * KINDS, NULL, &wrong));
}

static void texts_that_are_equal_or_nearly_so_are_one_group(void **state) {
  (void)state;
  struct classifier_example examples[] = {
    {NULL, "青禾苑三号楼电梯坏了半个月没有人修理,老人上下楼很不方便,请尽快维修", "a"}, {NULL, "望潮花园夜里施工吵得睡不着", "a"},
    {NULL, "青禾苑三号楼电梯坏了半个月没有人修理,老人上下楼很不方便,请尽快维修!", "a"}, {NULL, "青禾苑三号楼的电梯坏了半个月没有人修理,老人上下楼很不方便", "a"}};
  size_t groups[4];
  assert_int_equal(classifier_near_equal(examples, 4, groups), 2);
  assert_int_equal(groups[0], groups[2]);
  assert_int_equal(groups[0], groups[3]);
  assert_int_not_equal(groups[0], groups[1]);
}

/* Every text twice: were a copy left in training, each would be judged by the label of its copy. Labels are by chance, so nothing can be
   known. */
static void copies_of_a_text_are_never_divided_between_folds(void **state) {
  (void)state;
  struct classifier_example examples[80];
  char texts[40][200];
  struct arena *arena = arena_new();
  struct classifier_figures figures;
  struct label wrong;
  for (int i = 0; i < 40; i++) {
    char words[8][9];
    for (int k = 0; k < 8; k++)
      snprintf(words[k], sizeof words[k], "w%c%c%c", 'a' + (i * 7 + k * 3) % 26, 'a' + (i * 3 + k) % 26, 'a' + (i + k * 11) % 26);
    snprintf(texts[i], sizeof texts[i], "%s %s %s %s %s %s %s %s", words[0], words[1], words[2], words[3], words[4], words[5], words[6],
             words[7]);
    for (int copy = 0; copy < 2; copy++)
      examples[i * 2 + copy] = (struct classifier_example){NULL, texts[i], i * 37 % 11 < 5 ? "one" : "other"};
  }
  assert_true(classifier_validate(examples, 80, 5, arena, &figures, &wrong));
  assert_int_equal(figures.examples, 80);
  assert_true(figures.groups <= 40);
  assert_true(figures.accuracy < 0.8);
  arena_free(arena);
}

static void cross_validation_of_what_can_be_learnt_is_good(void **state) {
  (void)state;
  struct made made;
  struct arena *arena = arena_new();
  struct classifier_figures figures;
  struct label wrong;
  make(&made);
  assert_true(classifier_validate(made.items, EACH * KINDS, 5, arena, &figures, &wrong));
  assert_int_equal(figures.class_count, KINDS);
  assert_true(figures.macro_f1 > 0.9);
  arena_free(arena);
}

static void what_is_kept_is_read_back_the_same_and_holds_no_words(void **state) {
  (void)state;
  struct classifier *classifier = trained(), *again;
  struct arena *arena = arena_new();
  struct buffer bytes = {.arena = arena}, second = {.arena = arena};
  struct classifier_answer one, other;
  struct classifier_text text = {"公交车太少", "松影路"};
  struct label wrong;
  classifier_write(classifier, &bytes);
  again = classifier_read(bytes.bytes, bytes.size, &wrong);
  assert_non_null(again);
  classifier_judge(classifier, &text, arena, &one);
  classifier_judge(again, &text, arena, &other);
  assert_string_equal(one.choices[0].label, other.choices[0].label);
  assert_true(one.choices[0].certainty == other.choices[0].certainty);
  classifier_write(again, &second);
  assert_int_equal(bytes.size, second.size);
  assert_memory_equal(bytes.bytes, second.bytes, bytes.size);
  static const char *const words[] = {"公交", "污水", "school", "松影"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) assert_null(memmem(bytes.bytes, bytes.size, words[i], strlen(words[i])));
  arena_free(arena);
  classifier_free(classifier);
  classifier_free(again);
}

static void what_was_altered_cut_off_or_empty_is_refused(void **state) {
  (void)state;
  struct classifier *classifier = trained();
  struct buffer bytes = {0};
  struct label wrong;
  classifier_write(classifier, &bytes);
  for (size_t at = 0; at < bytes.size; at += bytes.size / 17) {
    bytes.bytes[at] ^= 1;
    assert_null(classifier_read(bytes.bytes, bytes.size, &wrong));
    bytes.bytes[at] ^= 1;
  }
  static const size_t sizes[] = {0, 10, 60, 1000};
  for (size_t i = 0; i < 4; i++) assert_null(classifier_read(bytes.bytes, sizes[i], &wrong));
  assert_null(classifier_read(bytes.bytes, bytes.size - 1, &wrong));
  bytes.bytes[8] ^= 1; /* another version, its hash put right */
  hash_bytes((uint8_t *)bytes.bytes + bytes.size - HASH_SIZE, bytes.bytes, bytes.size - HASH_SIZE);
  assert_null(classifier_read(bytes.bytes, bytes.size, &wrong));
  assert_non_null(strstr(wrong.en, "another version"));
  buffer_free(&bytes);
  classifier_free(classifier);
}

static void training_again_on_the_same_gives_the_same_bytes(void **state) {
  (void)state;
  struct classifier *one = trained(), *other = trained();
  struct buffer a = {0}, b = {0};
  classifier_write(one, &a);
  classifier_write(other, &b);
  assert_int_equal(a.size, b.size);
  assert_memory_equal(a.bytes, b.bytes, a.size);
  buffer_free(&a);
  buffer_free(&b);
  classifier_free(one);
  classifier_free(other);
}

int main(void) {
  base_start();
  const struct CMUnitTest tests[] = {cmocka_unit_test(new_texts_get_the_class_they_are_like_with_certainty_and_words),
                                     cmocka_unit_test(of_many_classes_each_has_a_share_of_what_is_learnt_from),
                                     cmocka_unit_test(a_text_of_which_nothing_is_known_gets_no_suggestion),
                                     cmocka_unit_test(an_enormous_text_is_read_to_a_limit),
                                     cmocka_unit_test(a_training_is_set_beside_what_an_earlier_one_knew_over_the_same_folds),
                                     cmocka_unit_test(too_few_examples_train_nothing_and_say_so),
                                     cmocka_unit_test(texts_that_are_equal_or_nearly_so_are_one_group),
                                     cmocka_unit_test(copies_of_a_text_are_never_divided_between_folds),
                                     cmocka_unit_test(cross_validation_of_what_can_be_learnt_is_good),
                                     cmocka_unit_test(what_is_kept_is_read_back_the_same_and_holds_no_words),
                                     cmocka_unit_test(what_was_altered_cut_off_or_empty_is_refused),
                                     cmocka_unit_test(training_again_on_the_same_gives_the_same_bytes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
