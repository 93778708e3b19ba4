/* See judge_agreement.h: its doors. */
#include "http/reply.h"
#include "http/request.h"
#include "offers/grid.h"
#include "rooms/evals/judge_agreement.h"
#include "rooms/evals/review_put.h"

#include <inttypes.h>

static int64_t judged(const struct judge_agreement *sum)
{
    return sum->both_pass + sum->both_fail + sum->only_judge + sum->only_person;
}

static void write_json(const struct judge_agreement *list, size_t count, struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < count; i++) {
        const struct judge_agreement *sum = &list[i];
        json_object(writer);
        json_put_text(writer, "surface", sum->surface);
        json_put_text(writer, "judge", sum->judge);
        json_put_int(writer, "n", judged(sum));
        review_put_real(writer, "agreement", sum->agreement.has_share, sum->agreement.share);
        review_put_real(writer, "kappa", sum->agreement.has_kappa, sum->agreement.kappa);
        json_put_int(writer, "both_pass", sum->both_pass);
        json_put_int(writer, "both_fail", sum->both_fail);
        json_put_int(writer, "only_judge_passes", sum->only_judge);
        json_put_int(writer, "only_person_passes", sum->only_person);
        json_put_int(writer, "without_verdict", sum->without);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

static const struct grid_column columns[] = {
    { "Surface", GRID_LEFT },      { "Judge", GRID_LEFT },  { "n", GRID_RIGHT },
    { "Agree", GRID_RIGHT },       { "Kappa", GRID_RIGHT }, { "Only judge", GRID_RIGHT },
    { "Only person", GRID_RIGHT }, { NULL, GRID_LEFT },
};

static bool write_table(struct call *call, const struct judge_agreement *list, size_t count,
                        struct invocation *invocation)
{
    struct grid grid;
    if (count == 0) {
        out_string(invocation->out, "No person has judged a case yet: 'rondo human-verdict add' "
                                    "makes a verdict.\n");
        return true;
    }
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < count; i++) {
        const struct judge_agreement *sum = &list[i];
        grid_push(&grid, sum->surface);
        grid_push(&grid, sum->judge.at ? sum->judge : TEXT("not named"));
        grid_format(&grid, "%" PRId64, judged(sum));
        if (sum->agreement.has_share)
            grid_format(&grid, "%.1f %%", 100 * sum->agreement.share);
        else
            grid_push(&grid, TEXT("-"));
        if (sum->agreement.has_kappa)
            grid_format(&grid, "%.2f", sum->agreement.kappa);
        else
            grid_push(&grid, judged(sum) ? TEXT("one label only") : TEXT("-"));
        grid_format(&grid, "%" PRId64, sum->only_judge);
        grid_format(&grid, "%" PRId64, sum->only_person);
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

bool judge_agreement_run(struct call *call, struct invocation *invocation)
{
    struct judge_agreement *list;
    struct json_writer writer;
    size_t count;
    if (!judge_agreement_list(call, option_text(invocation, "surface"), &list, &count))
        return false;
    if (!invocation->as_json)
        return write_table(call, list, count, invocation);
    json_writer_init(&writer, invocation->out, true);
    write_json(list, count, &writer);
    out_char(invocation->out, '\n');
    return true;
}

const struct option judge_agreement_options[] = {
    { .name = "surface", .kind = OPTION_TEXT, .placeholder = "S", .help = "This surface only." },
    { 0 },
};

bool judge_agreement_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct judge_agreement *list;
    size_t count;
    if (!judge_agreement_list(call, request_query(request, "surface"), &list, &count))
        return false;
    write_json(list, count, &reply->json);
    return true;
}

const struct query_parameter judge_agreement_parameters[] = {
    { "surface", "This surface only.", "string" },
    { 0 },
};
