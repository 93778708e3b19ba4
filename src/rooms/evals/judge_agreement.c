/* See judge_agreement.h. */
#include "rooms/evals/judge_agreement.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/stored_verdicts.h"
#include "store/find.h"

struct gathering {
    struct judge_agreement *list;
    size_t count, room;
};

static struct judge_agreement *agreement_of(struct call *call, struct gathering *to, text surface,
                                            text judge)
{
    for (size_t i = 0; i < to->count; i++)
        if (text_equal(to->list[i].surface, surface) && text_equal(to->list[i].judge, judge))
            return &to->list[i];
    to->list = call_more(call, to->list, to->count, &to->room, sizeof *to->list);
    if (!to->list)
        return NULL;
    to->list[to->count] = (struct judge_agreement){ .surface = surface, .judge = judge };
    return &to->list[to->count++];
}

static bool add_verdict(struct call *call, const struct row *human, text only, struct gathering *to)
{
    struct row run, eval_case;
    struct verdicts verdicts;
    if (!find_row(call, &eval_run_record, value_as_int(human->value[HUMAN_VERDICT_RUN]), &run) ||
        !find_row(call, &eval_case_record, value_as_int(human->value[HUMAN_VERDICT_CASE]),
                  &eval_case))
        return false;
    struct value judge = run.value[EVAL_RUN_JUDGE];
    text surface = find_title(call, &surface_record, value_as_int(run.value[EVAL_RUN_SURFACE]));
    if (only.at && !text_equal(only, surface))
        return true;
    if (!stored_verdicts_read(call, run_place(&run), &verdicts))
        return false;
    uint32_t number = (uint32_t)value_as_int(eval_case.value[EVAL_CASE_NUMBER]);
    struct judge_agreement *sum =
        agreement_of(call, to, surface, value_is_null(judge) ? TEXT_NONE : value_as_text(judge));
    if (!sum)
        return false;
    bool person = text_is(value_as_text(human->value[HUMAN_VERDICT_VERDICT]), "pass");
    enum verdict said =
        verdicts_hold(&verdicts, number) ? verdict_of(&verdicts, number) : VERDICT_UNSCORED;
    if (said > VERDICT_PASS)
        sum->without++;
    else if (said == VERDICT_PASS)
        (*(person ? &sum->both_pass : &sum->only_judge))++;
    else
        (*(person ? &sum->only_person : &sum->both_fail))++;
    return true;
}

/* Labels again, from the four counts. */
static bool settle(struct call *call, struct judge_agreement *sum)
{
    const struct {
        int64_t count;
        uint32_t judge, person;
    } part[] = { { sum->both_pass, 1, 1 },
                 { sum->both_fail, 0, 0 },
                 { sum->only_judge, 1, 0 },
                 { sum->only_person, 0, 1 } };
    size_t n = (size_t)(sum->both_pass + sum->both_fail + sum->only_judge + sum->only_person),
           at = 0;
    uint32_t *judge = call_array(call, n + 1, sizeof *judge),
             *person = call_array(call, n + 1, sizeof *person);
    for (size_t i = 0; judge && person && i < sizeof part / sizeof *part; i++)
        for (int64_t k = 0; k < part[i].count; k++, at++) {
            judge[at] = part[i].judge;
            person[at] = part[i].person;
        }
    return judge && person &&
           (cohen_kappa(judge, person, n, 2, &sum->agreement) ||
            fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu verdicts", n));
}

static int compare_sums(const void *left, const void *right)
{
    const struct judge_agreement *a = left, *b = right;
    int order = text_compare(a->surface, b->surface);
    return order ? order : text_compare(a->judge, b->judge);
}

bool judge_agreement_list(struct call *call, text surface, struct judge_agreement **list,
                          size_t *count)
{
    struct query query;
    struct rows rows;
    struct gathering gathering = { .count = 0 };
    query_init(&query, &human_verdict_record);
    if (!query_add(call, &query, HUMAN_VERDICT_VERDICT, FILTER_IS_NOT, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        text said = value_as_text(rows.row[i].value[HUMAN_VERDICT_VERDICT]);
        if ((text_is(said, "pass") || text_is(said, "fail")) &&
            !add_verdict(call, &rows.row[i], surface, &gathering))
            return false;
    }
    for (size_t i = 0; i < gathering.count; i++)
        if (!settle(call, &gathering.list[i]))
            return false;
    if (gathering.count)
        qsort(gathering.list, gathering.count, sizeof *gathering.list, compare_sums);
    *list = gathering.list;
    *count = gathering.count;
    return true;
}
