/* See eval_review_doors.h. */
#include "rooms/evals/eval_review_doors.h"

#include "base/json_read.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "offers/refs.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/eval_review.h"
#include "rooms/evals/review_marks.h"
#include "store/find.h"

/* What opening did, as both doors tell it. */
static void write_opened(struct call *call, const struct opened_review *opened,
                         struct json_writer *writer)
{
    char word[WEEK_TEXT_SIZE];
    text week = { word, (size_t)week_write(opened->week, word) };
    json_object(writer);
    json_put_text(writer, "eval_review", row_public_id(call, &eval_review_record, opened->id));
    json_put_text(writer, "week", week);
    json_put_bool(writer, "new", opened->is_new);
    json_key(writer, "actions");
    json_list(writer);
    for (size_t i = 0; i < opened->action_count; i++)
        json_text(writer, row_public_id(call, &action_record, opened->action[i]));
    json_list_end(writer);
    json_object_end(writer);
}

static void say_opened(struct call *call, const struct opened_review *opened, struct out *out)
{
    char word[WEEK_TEXT_SIZE];
    text id = row_public_id(call, &eval_review_record, opened->id);
    week_write(opened->week, word);
    if (!opened->is_new && opened->action_count == 0) {
        out_format(out, "The review of %s is open already: %.*s. No action was added.\n", word,
                   TEXT_FMT(id));
        return;
    }
    if (!opened->is_new) {
        out_format(out,
                   "The review of %s is open already: %.*s. Of what is compared anyway since, ",
                   word, TEXT_FMT(id));
        out_format(out, "%zu action%s to assign: 'rondo action list --week %s'.\n",
                   opened->action_count, opened->action_count == 1 ? " was added" : "s were added",
                   word);
        return;
    }
    out_format(out, "Opened the review of %s: %.*s, ", word, TEXT_FMT(id));
    if (opened->action_count == 0)
        out_string(out, "with nothing to assign.\n");
    else
        out_format(out, "with %zu action%s to assign %s: 'rondo action list --week %s'.\n",
                   opened->action_count, opened->action_count == 1 ? "" : "s",
                   opened->due < call->now ? "at once, for noon has passed" : "before noon", word);
}

/* Whatever somebody looks at, all see the same on Monday: `why` says so of the option. */
static bool check_default(struct call *call, const struct invocation *invocation, const char *why)
{
    static const char *const narrowing[] = { "model", "week-run", "nulls", "weeks" };
    for (size_t i = 0; i < sizeof narrowing / sizeof *narrowing; i++)
        if (option_text(invocation, narrowing[i]).at)
            return fail(call, FAIL_USAGE, "%s: leave out --%s", why, narrowing[i]);
    if (option_flag(invocation, "with-partial"))
        return fail(call, FAIL_USAGE, "%s: leave out --with-partial", why);
    return true;
}

static bool check_opening(struct call *call, const struct invocation *invocation)
{
    static const char why[] = "--open freezes the week's default review";
    if (option_text(invocation, "surface").at)
        return fail(call, FAIL_USAGE, "%s: leave out --surface", why);
    return check_default(call, invocation, why);
}

bool eval_review_doors_open(struct call *call, struct invocation *invocation,
                            const struct review_options *options)
{
    struct opened_review opened;
    struct json_writer writer;
    if (!check_opening(call, invocation) || !eval_review_open(call, options, &opened))
        return false;
    if (!invocation->as_json) {
        say_opened(call, &opened, invocation->out);
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    write_opened(call, &opened, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

/* {"week"}: the week, else the latest. */
static bool read_body_week(struct call *call, const struct json *body,
                           struct review_options *options)
{
    const struct json *week = json_get(body, "week");
    bool is_understood = body->kind == JSON_OBJECT && body->count == (week ? 1u : 0u) &&
                         (!week || week->kind == JSON_TEXT);
    if (!is_understood)
        return fail_at(call, "week", "the body of an opening is {\"week\": \"2026-W47\"}");
    options->has_week = week != NULL;
    return !week || week_check(call, week->text, &options->week);
}

bool eval_review_doors_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body = { .kind = JSON_OBJECT };
    struct review_options options = { .weeks = REVIEW_WEEKS_DEFAULT };
    struct opened_review opened;
    if (request->body.size && !json_read(call, request->body, &body, NULL))
        return false;
    if (!read_body_week(call, &body, &options) || !eval_review_open(call, &options, &opened))
        return false;
    reply->status = opened.is_new ? 201 : 200;
    write_opened(call, &opened, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- an action of each flip of a surface --- */

static bool check_making(struct call *call, const struct invocation *invocation)
{
    if (option_flag(invocation, "open"))
        return fail(call, FAIL_USAGE,
                    "--make-actions is for a review that is open: leave out --open, or open it "
                    "first");
    if (option_text(invocation, "compare-anyway").at)
        return fail(call, FAIL_USAGE,
                    "--compare-anyway and --make-actions are two changes: do one after the other");
    if (!option_text(invocation, "surface").at)
        return fail(call, FAIL_USAGE,
                    "--make-actions makes an action of each flip of one surface: name it with "
                    "--surface");
    return check_default(call, invocation,
                         "--make-actions goes by the week's default review of the surface");
}

bool eval_review_doors_make(struct call *call, struct invocation *invocation,
                            const struct review_options *options)
{
    struct review_options whole = *options;
    struct opened_review made;
    struct json_writer writer;
    char week[WEEK_TEXT_SIZE];
    whole.surface = TEXT_NONE; /* classes are settled over all surfaces */
    if (!check_making(call, invocation) ||
        !eval_review_make_actions(call, &whole, options->surface, &made))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_opened(call, &made, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    week_write(made.week, week);
    out_format(invocation->out, "Made %zu action%s to assign: 'rondo action list --week %s'.\n",
               made.action_count, made.action_count == 1 ? "" : "s", week);
    return true;
}

bool eval_review_doors_post_actions(struct call *call, const struct request *request,
                                    struct reply *reply)
{
    struct review_options options = { .weeks = REVIEW_WEEKS_DEFAULT, .has_week = true };
    struct opened_review made;
    struct row opened;
    text surface;
    const struct body_word known[] = { { "surface", &surface } };
    rid id;
    if (!refs_find(call, &eval_review_record, request->part[0], &id) ||
        !find_row(call, &eval_review_record, id, &opened) ||
        !body_words_read(call, request, known, 1))
        return false;
    if (!surface.at)
        return fail_at(call, "surface",
                       "say of which surface each flip becomes an action: {\"surface\": \"chat\"}");
    if (!week_check(call, value_as_text(opened.value[EVAL_REVIEW_WEEK]), &options.week) ||
        !eval_review_make_actions(call, &options, surface, &made))
        return false;
    reply->status = 201;
    write_opened(call, &made, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

const struct room_schema evals_schemas[] = {
    { "eval_review_making",
      "{\"type\":\"object\",\"description\":\"Of which surface each flip to fail that has no "
      "action gets one.\",\"properties\":{\"surface\":{\"type\":\"string\",\"description\":"
      "\"A name or an id.\"}},\"required\":[\"surface\"],\"additionalProperties\":false}" },
    { 0 },
};
