/*
 * See gate_doors.h. The command asks the store at hand, or with --server somebody else's; what it
 * is told is the same JSON, and shown by the same functions.
 */
#include "rooms/prompts/gate_doors.h"

#include "base/base64.h"
#include "base/fetch.h"
#include "base/json_read.h"
#include "base/source.h"
#include "base/yaml.h"
#include "http/reply.h"
#include "http/request.h"
#include "http/route.h"
#include "rooms/prompts/gate_ask.h"
#include "rooms/prompts/gate_told.h"

#include <stdlib.h>
#include <unistd.h>

enum { POLICY_BYTES_MAX = 1024 * 1024 };
#define FILE_BYTES_MAX ((size_t)256 * 1024 * 1024)

/* --- the command --- */

const struct option gate_options[] = {
    { .name = "baseline",
      .kind = OPTION_TEXT,
      .placeholder = "RUN|LABEL",
      .help = "What is served now: a run, or a label such as production or support@production." },
    { .name = "candidate",
      .kind = OPTION_TEXT,
      .placeholder = "RUN|FILE",
      .help = "What is to be served: a run, or a file of results, which is not stored." },
    { .name = "run",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "Which run of the file, when it holds several." },
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "Of which surface, when several runs of the file have that name." },
    { .name = "policy",
      .kind = OPTION_FILE,
      .placeholder = "FILE",
      .help = "A policy as YAML or JSON; else the stored one of the candidate's surface." },
    { .name = "post",
      .kind = OPTION_TEXT,
      .placeholder = "CHANGE",
      .help = "Leave the result at that change request; a live waiver of it opens the gate." },
    { .name = "server",
      .kind = OPTION_TEXT,
      .placeholder = "URL",
      .help = "Ask that server instead of a store; the token is in RONDO_TOKEN." },
    { .name = "md", .kind = OPTION_FLAG, .help = "Write Markdown for a pull request." },
    { .name = "junit", .kind = OPTION_FLAG, .help = "Write JUnit XML." },
    { 0 },
};

bool gate_is_elsewhere(const struct invocation *invocation)
{
    return option_text(invocation, "server").at != NULL;
}

/* A candidate that is a file here is that file; anything else is a run. */
static bool read_candidate(struct call *call, text word, struct gate_ask *ask)
{
    char *path = call_string(call, word);
    if (!path)
        return false;
    if (!text_is(word, "-") && access(path, F_OK) != 0) {
        ask->candidate = word;
        return true;
    }
    ask->file_name = word;
    return source_whole(call, word, FILE_BYTES_MAX, &ask->file_bytes);
}

static bool read_policy(struct call *call, text path, struct gate_ask *ask)
{
    text bytes;
    struct json *policy = call_new(call, struct json);
    if (!path.at)
        return true;
    if (!policy || !source_whole(call, path, POLICY_BYTES_MAX, &bytes) ||
        !yaml_read(call, bytes, policy))
        return false;
    ask->policy = policy;
    return true;
}

static bool read_ask(struct call *call, const struct invocation *invocation, struct gate_ask *ask)
{
    text candidate = option_text(invocation, "candidate");
    *ask = (struct gate_ask){ .baseline = option_text(invocation, "baseline"),
                              .run = option_text(invocation, "run"),
                              .surface = option_text(invocation, "surface"),
                              .change = option_text(invocation, "post") };
    if (!ask->baseline.size || !candidate.size)
        return fail(call, FAIL_USAGE,
                    "name both: 'rondo gate --baseline production --candidate results.jsonl'");
    return read_candidate(call, candidate, ask) &&
           read_policy(call, option_text(invocation, "policy"), ask);
}

static text decision_json(struct call *call, const struct gate_ask *ask)
{
    struct gate_decision decision;
    struct json_writer writer;
    struct out out;
    if (!gate_ask(call, ask, &decision))
        return TEXT_NONE;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    gate_write_json(call, &decision, &writer);
    return out_view(&out);
}

/* --- somebody else's store --- */

static bool write_body(struct call *call, const struct gate_ask *ask, struct out *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, false);
    json_object(&writer);
    json_put_text(&writer, "baseline", ask->baseline);
    if (ask->candidate.at) {
        json_put_text(&writer, "candidate", ask->candidate);
    } else {
        text content = base64_write(call, ask->file_bytes);
        if (!content.at)
            return false;
        json_key(&writer, "file");
        json_object(&writer);
        json_put_text(&writer, "name", ask->file_name);
        json_put_text(&writer, "content", content);
        json_object_end(&writer);
    }
    if (ask->run.at)
        json_put_text(&writer, "run", ask->run);
    if (ask->surface.at)
        json_put_text(&writer, "surface", ask->surface);
    if (ask->change.at)
        json_put_text(&writer, "change", ask->change);
    if (ask->policy) {
        json_key(&writer, "policy");
        json_tree(&writer, ask->policy);
    }
    json_object_end(&writer);
    return !out->failed;
}

/* The server's own sentence, with its kind as far as the exit code tells kinds apart. */
static bool fail_refused(struct call *call, const struct fetched *answer)
{
    struct json problem;
    const struct json *detail = NULL;
    bool is_undecided = false;
    if (json_read(call, answer->body, &problem, NULL)) {
        const struct json *code = json_get(&problem, "code");
        detail = json_get(&problem, "detail");
        is_undecided = code && code->kind == JSON_TEXT && text_is(code->text, "undecided");
    }
    fail_clear(call);
    text words = detail && detail->kind == JSON_TEXT ? detail->text : TEXT("no reason");
    enum fail_kind kind = is_undecided             ? FAIL_UNDECIDED
                          : answer->status >= 500 ? FAIL_BUSY
                                                  : FAIL_INVALID;
    return fail(call, kind, "the server answers %d: %.*s", answer->status, TEXT_FMT(words));
}

static text ask_server(struct call *call, text server, const struct gate_ask *ask)
{
    struct fetched answer;
    struct out body;
    text token = text_of(getenv("RONDO_TOKEN"));
    out_init(&body, call);
    while (text_ends(server, TEXT("/")))
        server = text_until(server, server.size - 1);
    if (!fetch_check_url(call, "server", server) || !write_body(call, ask, &body))
        return TEXT_NONE;
    const struct fetch question = { .url = call_format(call, "%.*s/api/v1/gate", TEXT_FMT(server)),
                                    .json = out_view(&body),
                                    .bearer = token.size ? token : TEXT_NONE,
                                    .seconds_max = 600 };
    if (!fetch(call, &question, &answer))
        return TEXT_NONE;
    if (answer.status == 200)
        return answer.body;
    fail_refused(call, &answer);
    return TEXT_NONE;
}

/* --- telling --- */

static void tell(struct invocation *invocation, const struct json *told)
{
    struct json_writer writer;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        json_tree(&writer, told);
        out_char(invocation->out, '\n');
    } else if (option_flag(invocation, "md")) {
        gate_told_markdown(told, invocation->out);
    } else if (option_flag(invocation, "junit")) {
        gate_told_junit(told, invocation->out);
    } else {
        gate_told_terminal(told, invocation->out);
    }
}

/* One is "blocked" and nothing else: what was refused is bad input. */
static bool fail_as_input(struct call *call)
{
    char sentence[FAIL_SENTENCE_SIZE];
    if (call->fail.kind != FAIL_FORBIDDEN && call->fail.kind != FAIL_CONFLICT)
        return false;
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    return fail(call, FAIL_INVALID, "%s", sentence);
}

bool gate_run(struct call *call, struct invocation *invocation)
{
    struct gate_ask ask;
    struct json told;
    text server = option_text(invocation, "server");
    if (!read_ask(call, invocation, &ask))
        return false;
    text words = server.at ? ask_server(call, server, &ask) : decision_json(call, &ask);
    if (!words.at)
        return fail_as_input(call);
    if (!json_read(call, words, &told, NULL) || !gate_told_check(call, &told))
        return false;
    tell(invocation, &told);
    invocation->exit = gate_told_exit(&told);
    return true;
}

/* --- the route --- */

static bool read_text(struct call *call, const struct json *body, const char *key, text *word)
{
    const struct json *json = json_get(body, key);
    *word = json && json->kind == JSON_TEXT ? json->text : TEXT_NONE;
    return !json || json->kind == JSON_TEXT || fail_at(call, key, "'%s' is a text", key);
}

static bool read_file(struct call *call, const struct json *file, struct gate_ask *ask)
{
    text content;
    if (!file)
        return true;
    if (!read_text(call, file, "name", &ask->file_name) ||
        !read_text(call, file, "content", &content))
        return false;
    bool is_read = ask->file_name.at && content.at &&
                   base64_read(call, content, &ask->file_bytes);
    return is_read || (call->fail.kind == FAIL_NONE &&
                       fail_at(call, "file", "'file' is {\"name\", \"content\"}, its content in "
                                             "base64"));
}

static bool check_keys(struct call *call, const struct json *body)
{
    static const char *const known[] = { "baseline", "candidate", "file",  "run",
                                         "surface",  "change",    "policy" };
    for (size_t i = 0; i < body->count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            is_known |= text_is(body->member[i].key, known[k]);
        if (!is_known)
            return fail(call, FAIL_INVALID,
                        "'%.*s' is not known here: this takes baseline, candidate or file, run, "
                        "surface, change, policy",
                        TEXT_FMT(body->member[i].key));
    }
    return true;
}

bool gate_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct gate_ask ask = { .file_bytes = TEXT_NONE };
    struct gate_decision decision;
    if (!request_object(call, request, &body) || !check_keys(call, &body) ||
        !read_text(call, &body, "baseline", &ask.baseline) ||
        !read_text(call, &body, "candidate", &ask.candidate) ||
        !read_text(call, &body, "run", &ask.run) ||
        !read_text(call, &body, "surface", &ask.surface) ||
        !read_text(call, &body, "change", &ask.change) ||
        !read_file(call, json_get(&body, "file"), &ask))
        return false;
    ask.policy = json_get(&body, "policy");
    if (!ask.baseline.size || (ask.candidate.at != NULL) == (ask.file_bytes.at != NULL))
        return fail(call, FAIL_INVALID,
                    "say what is compared: 'baseline', and either 'candidate' or 'file'");
    if (!gate_ask(call, &ask, &decision))
        return false;
    gate_write_json(call, &decision, &reply->json);
    return true;
}
