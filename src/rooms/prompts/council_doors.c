/* See council_doors.h. */
#include "rooms/prompts/council_doors.h"

#include "base/stamp.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/prompts/change_page.h"
#include "rooms/prompts/label_move.h"

/* --- moving labels --- */

/* What both doors are told of a move, as words; TEXT_NONE: not told. */
struct move_words {
    text prompt, label, version, change, reason, expected, noticed;
};

static bool read_instant(struct call *call, const char *name, text word, stamp *at)
{
    *at = 0;
    return !word.at || stamp_read(word, at, NULL) == STAMP_WITH_ZONE ||
           fail_at(call, name, "'%.*s' is no instant: write it like 2026-11-24T10:00:00Z",
                   TEXT_FMT(word));
}

static bool read_version(struct call *call, rid prompt, text word, rid *id)
{
    struct row version;
    *id = 0;
    if (!word.at || text_is(word, "nothing"))
        return true;
    if (!prompt_version_find(call, prompt, word, &version))
        return false;
    *id = version.id;
    return true;
}

static bool read_move(struct call *call, const struct move_words *words, struct label_move *move)
{
    move->label = words->label.at ? words->label : TEXT("production");
    move->reason = words->reason;
    move->has_expected = words->expected.at != NULL;
    return refs_find(call, &prompt_record, words->prompt, &move->prompt) &&
           read_version(call, move->prompt, words->version, &move->version) &&
           read_version(call, move->prompt, words->expected, &move->expected) &&
           (!words->change.at ||
            refs_find(call, &prompt_change_record, words->change, &move->change)) &&
           read_instant(call, "noticed", words->noticed, &move->noticed);
}

static bool move_run(struct call *call, struct invocation *invocation, enum label_move_kind kind,
                     const struct move_words *words)
{
    struct label_move move = { .kind = kind };
    struct row deployment;
    struct json_writer writer;
    if (!read_move(call, words, &move) || !label_move(call, &move, &deployment))
        return false;
    if (!invocation->as_json) {
        text id = row_public_id(call, &deployment_record, deployment.id);
        out_format(invocation->out, "%.*s %.*s\n", TEXT_FMT(id),
                   TEXT_FMT(row_title(call, &deployment)));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = row_show_json(call, &deployment, refs_name, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

bool prompt_move_run(struct call *call, struct invocation *invocation)
{
    const struct move_words words = { .prompt = invocation->argument[0],
                                      .label = invocation->argument[1],
                                      .version = invocation->argument[2],
                                      .change = option_text(invocation, "change"),
                                      .reason = option_text(invocation, "reason"),
                                      .expected = option_text(invocation, "from") };
    return move_run(call, invocation, MOVE_DEPLOY, &words);
}

bool prompt_rollback_run(struct call *call, struct invocation *invocation)
{
    const struct move_words words = {
        .prompt = invocation->argument[0],
        .label = invocation->argument_count > 1 ? invocation->argument[1] : TEXT_NONE,
        .version = option_text(invocation, "to"),
        .reason = option_text(invocation, "reason"),
        .expected = option_text(invocation, "from"),
        .noticed = option_text(invocation, "noticed"),
    };
    return move_run(call, invocation, MOVE_ROLLBACK, &words);
}

const struct option prompt_move_options[] = {
    { .name = "change",
      .kind = OPTION_TEXT,
      .placeholder = "ID",
      .help = "The approved change request; else the one that fits." },
    { .name = "reason", .kind = OPTION_TEXT, .placeholder = "TEXT", .help = "Why." },
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "VERSION",
      .help = "Only if the label is there now ('nothing': if it is new)." },
    { 0 },
};

const struct option prompt_rollback_options[] = {
    { .name = "reason", .kind = OPTION_TEXT, .placeholder = "TEXT", .help = "Why; it is needed." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "VERSION",
      .help = "A version that the label carried before; else the one before this." },
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "VERSION",
      .help = "Only if the label is there now." },
    { .name = "noticed",
      .kind = OPTION_TEXT,
      .placeholder = "TIME",
      .help = "When somebody noticed: the minutes are counted from there." },
    { 0 },
};

/* --- bodies --- */

/* A member of the body as a text; numbers are taken as they are written. */
static bool read_word(struct call *call, const struct json *body, const char *key, text *word)
{
    const struct json *json = json_get(body, key);
    *word = TEXT_NONE;
    if (!json || json->kind == JSON_NULL)
        return true;
    if (json->kind == JSON_INT)
        *word = call_format(call, "%lld", (long long)json->integer);
    else if (json->kind == JSON_TEXT)
        *word = json->text;
    else
        return fail_at(call, key, "'%s' is a text", key);
    return true;
}

/* One key of a body, and where its text goes. */
struct body_word {
    const char *key;
    text *word;
};

static bool read_words(struct call *call, const struct request *request,
                       const struct body_word *known, size_t count)
{
    struct json body = { .kind = JSON_OBJECT };
    if (request->body.size && !request_object(call, request, &body))
        return false;
    for (size_t i = 0; i < body.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < count; k++)
            is_known |= text_is(body.member[i].key, known[k].key);
        if (!is_known)
            return fail_at(call, call_string(call, body.member[i].key),
                           "'%.*s' is not known here", TEXT_FMT(body.member[i].key));
    }
    for (size_t k = 0; k < count; k++)
        if (!read_word(call, &body, known[k].key, known[k].word))
            return false;
    return true;
}

static bool answer_move(struct call *call, enum label_move_kind kind,
                        const struct move_words *words, struct reply *reply)
{
    struct label_move move = { .kind = kind };
    struct row deployment;
    reply->status = 201;
    return read_move(call, words, &move) && label_move(call, &move, &deployment) &&
           row_show_json(call, &deployment, refs_name, &reply->json);
}

bool prompt_move_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct move_words words = { .prompt = request->part[0] };
    const struct body_word known[] = { { "label", &words.label },
                                       { "version", &words.version },
                                       { "change", &words.change },
                                       { "reason", &words.reason },
                                       { "from_version", &words.expected } };
    if (!read_words(call, request, known, sizeof known / sizeof *known))
        return false;
    if (!words.version.at)
        return fail_at(call, "version", "say which version: {\"label\": \"production\", "
                       "\"version\": 3}");
    return answer_move(call, MOVE_DEPLOY, &words, reply);
}

bool prompt_rollback_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct move_words words = { .prompt = request->part[0] };
    const struct body_word known[] = { { "label", &words.label },
                                       { "version", &words.version },
                                       { "reason", &words.reason },
                                       { "noticed", &words.noticed },
                                       { "from_version", &words.expected } };
    return read_words(call, request, known, sizeof known / sizeof *known) &&
           answer_move(call, MOVE_ROLLBACK, &words, reply);
}

/* --- what the council says --- */

static bool read_until(struct call *call, text word, struct council_word *said)
{
    said->has_until = word.at != NULL;
    return !word.at || date_read(word, &said->until) ||
           fail_at(call, "until", "'%.*s' is no day: write it like 2026-12-01", TEXT_FMT(word));
}

bool change_word_run(struct call *call, struct invocation *invocation)
{
    const enum council_verdict *verdict = invocation->command->context;
    struct council_word said = { .verdict = *verdict, .note = option_text(invocation, "note") };
    struct row change;
    rid id;
    if (!refs_find(call, &prompt_change_record, invocation->argument[0], &id) ||
        !read_until(call, option_text(invocation, "until"), &said) ||
        !change_decide(call, id, &said))
        return false;
    if (invocation->as_json)
        return change_page_run(call, invocation);
    if (!find_row(call, &prompt_change_record, id, &change))
        return false;
    out_format(invocation->out, "%.*s %.*s: %.*s\n",
               TEXT_FMT(row_public_id(call, &prompt_change_record, id)),
               TEXT_FMT(row_title(call, &change)),
               TEXT_FMT(value_as_text(change.value[PROMPT_CHANGE_STATE])));
    return true;
}

bool change_page_run(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    rid id;
    if (!refs_find(call, &prompt_change_record, invocation->argument[0], &id))
        return false;
    json_writer_init(&writer, invocation->out, true);
    bool is_written = change_page_write_json(call, id, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

const struct option change_word_options[] = {
    { .name = "note",
      .kind = OPTION_TEXT,
      .placeholder = "TEXT",
      .help = "What is said with it; needed for all but approving." },
    { .name = "until",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "Of deferring: the day from which it is on the agenda again; else in a week." },
    { 0 },
};

bool change_word_post(struct call *call, const struct request *request, struct reply *reply)
{
    const enum council_verdict *verdict = request->route->context;
    struct council_word said = { .verdict = *verdict };
    text until;
    rid id;
    const struct body_word known[] = { { "note", &said.note }, { "until", &until } };
    return read_words(call, request, known, sizeof known / sizeof *known) &&
           read_until(call, until, &said) &&
           refs_find(call, &prompt_change_record, request->part[0], &id) &&
           change_decide(call, id, &said) && change_page_write_json(call, id, &reply->json);
}

bool change_page_get(struct call *call, const struct request *request, struct reply *reply)
{
    rid id;
    return refs_find(call, &prompt_change_record, request->part[0], &id) &&
           change_page_write_json(call, id, &reply->json);
}

bool council_get(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return council_write_json(call, &reply->json);
}
