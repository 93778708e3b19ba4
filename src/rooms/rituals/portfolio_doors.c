/* See portfolio_doors.h. */
#include "rooms/rituals/portfolio_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "rooms/rituals/portfolio.h"

const char *const portfolio_rows_choices[] = { "team", "surface", NULL };
const char *const portfolio_columns_choices[] = { "week", "ritual", NULL };

/* Of two words the second means true; without a word it is false. */
static bool read_choice(struct call *call, const char *field, const char *const *choices,
                        text word, bool *is_second)
{
    *is_second = text_is(word, choices[1]);
    return !word.at || *is_second || text_is(word, choices[0]) ||
           fail_at(call, field, "'%s' is '%s' or '%s', not '%.*s'", field, choices[0], choices[1],
                   TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
}

static bool read_wish(struct call *call, const struct request *request,
                      struct portfolio_wish *wish)
{
    *wish = (struct portfolio_wish){ .weeks = PORTFOLIO_WEEKS_DEFAULT };
    return request_int(call, request, "weeks", 1, PORTFOLIO_WEEKS_MAX, &wish->weeks) &&
           read_choice(call, "rows", portfolio_rows_choices, request_query(request, "rows"),
                       &wish->by_surface) &&
           read_choice(call, "columns", portfolio_columns_choices,
                       request_query(request, "columns"), &wish->by_ritual);
}

bool portfolio_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct portfolio_wish wish;
    struct portfolio portfolio;
    if (!read_wish(call, request, &wish) || !portfolio_read(call, &wish, &portfolio))
        return false;
    portfolio_write_json(&portfolio, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

bool portfolio_get_csv(struct call *call, const struct request *request, struct reply *reply)
{
    struct portfolio_wish wish;
    struct portfolio portfolio;
    if (!read_wish(call, request, &wish) || !portfolio_read(call, &wish, &portfolio))
        return false;
    reply->type = "text/csv; charset=utf-8";
    portfolio_write_csv(&portfolio, &reply->body);
    return call->fail.kind == FAIL_NONE;
}

bool portfolio_run(struct call *call, struct invocation *invocation)
{
    struct portfolio portfolio;
    struct json_writer writer;
    struct portfolio_wish wish = {
        .weeks = option_int(invocation, "weeks", PORTFOLIO_WEEKS_DEFAULT),
        .by_surface = text_is(option_text(invocation, "rows"), "surface"),
        .by_ritual = text_is(option_text(invocation, "columns"), "ritual"),
    };
    if (!portfolio_read(call, &wish, &portfolio))
        return false;
    if (option_flag(invocation, "csv")) {
        portfolio_write_csv(&portfolio, invocation->out);
        return !invocation->out->failed;
    }
    if (!invocation->as_json)
        return portfolio_write_terminal(call, &portfolio, &invocation->terminal, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    portfolio_write_json(&portfolio, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}
