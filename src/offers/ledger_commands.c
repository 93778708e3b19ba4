/* See ledger_commands.h. */
#include "offers/ledger_commands.h"

#include "base/json_read.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "offers/audit_page.h"
#include "offers/grid.h"
#include "store/find.h"

#include <math.h>

enum { WORD_SHOWN_BYTES = 80 };

static void end_json(const struct invocation *invocation)
{
    out_char(invocation->out, '\n');
}

static bool run_undo(struct call *call, struct invocation *invocation)
{
    rid change;
    text word = invocation->argument[0];
    if (!text_to_int(word, &change) || change < 1)
        return fail(call, FAIL_USAGE,
                    "'%.*s' is not the number of a change: 'rondo audit list' shows them",
                    TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
    if (!ledger_undo(call, change))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "change %lld is undone, by change %lld\n", (long long)change,
                   (long long)change_id(call));
        return !invocation->out->failed;
    }
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    json_object(&writer);
    json_put_int(&writer, "change", change_id(call));
    json_put_int(&writer, "undone", change);
    json_object_end(&writer);
    end_json(invocation);
    return !invocation->out->failed;
}

static bool run_audit_verify(struct call *call, struct invocation *invocation)
{
    struct audit_report report;
    if (!audit_verify(call, &report))
        return false;
    invocation->exit = report.is_intact ? EXIT_DONE : EXIT_NO;
    if (invocation->as_json) {
        struct json_writer writer;
        json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
        audit_page_write_report(&report, &writer);
        end_json(invocation);
        return !invocation->out->failed;
    }
    paint(invocation->out, &invocation->terminal, report.is_intact ? PAINT_GREEN : PAINT_RED,
          report.sentence);
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

static text member_text(const struct json *line, const char *key)
{
    const struct json *member = json_get(line, key);
    return member && member->kind == JSON_TEXT ? member->text : TEXT("");
}

/* What was done, or the names of the fields that changed. */
static text line_words(struct call *call, const struct json *line)
{
    text what = member_text(line, "what");
    const struct json *fields = json_get(line, "fields");
    struct out words;
    if (what.size || !fields || fields->kind != JSON_LIST)
        return what;
    out_init(&words, call);
    for (uint32_t i = 0; i < fields->count; i++) {
        text name = member_text(&fields->item[i], "field");
        out_format(&words, "%s%.*s", i ? ", " : "", TEXT_FMT(name));
    }
    return out_view(&words);
}

/* The actor's name where it may be read; TEXT("") is nobody. */
static text line_who(struct call *call, const struct json *line)
{
    const struct record *person;
    rid id;
    text actor = member_text(line, "actor");
    if (actor.size == 0 || !catalog_id_read(call->catalog, actor, &person, &id))
        return actor;
    text name = find_title(call, person, id);
    return name.at ? name : actor;
}

static text line_at(struct call *call, const struct json *line)
{
    char room[STAMP_TEXT_SIZE];
    stamp at = 0;
    stamp_read(member_text(line, "at"), &at, NULL);
    stamp_write(stamp_to_second(at), room);
    return call_text(call, text_of(room));
}

static bool print_lines(struct call *call, const struct invocation *invocation, text page)
{
    static const struct grid_column columns[] = {
        { "Change", GRID_RIGHT }, { "At", GRID_LEFT },   { "Who", GRID_LEFT },
        { "Door", GRID_LEFT },    { "Verb", GRID_LEFT }, { "Row", GRID_LEFT },
        { "What", GRID_LEFT },    { NULL, GRID_LEFT },
    };
    struct json json;
    struct grid grid;
    if (!json_read(call, page, &json, NULL))
        return false;
    const struct json *items = json_get(&json, "items");
    grid_init(&grid, call, columns);
    for (uint32_t i = 0; i < items->count; i++) {
        const struct json *line = &items->item[i];
        grid_format(&grid, "%lld", (long long)json_get(line, "change")->integer);
        grid_push(&grid, line_at(call, line));
        grid_push(&grid, line_who(call, line));
        grid_push(&grid, member_text(line, "door"));
        grid_push(&grid, member_text(line, "verb"));
        grid_push(&grid, member_text(line, "row"));
        grid_push(&grid, line_words(call, line));
    }
    text next = member_text(&json, "next");
    if (next.size)
        out_format(invocation->err, "there are more: --before %.*s\n", TEXT_FMT(next));
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

static text given(const void *door, const char *name)
{
    return option_text(door, name);
}

static bool run_audit_list(struct call *call, struct invocation *invocation)
{
    struct out page;
    struct json_writer writer;
    struct audit_query query = {
        .change = option_int(invocation, "change", 0),
        .before = option_int(invocation, "before", 0),
        .limit = (int)option_int(invocation, "limit", FIND_LIMIT_DEFAULT),
        .is_whole = option_flag(invocation, "all"),
    };
    out_init(&page, call);
    json_writer_init(&writer, &page, invocation->as_json && invocation->terminal.is_terminal);
    if (!audit_page_read(call, given, invocation, &query) ||
        !audit_write_json(call, &query, &writer))
        return false;
    if (!invocation->as_json)
        return print_lines(call, invocation, out_view(&page));
    out_text(invocation->out, out_view(&page));
    end_json(invocation);
    return !invocation->out->failed;
}

static const struct option audit_list_options[] = {
    { .name = "record",
      .kind = OPTION_TEXT,
      .placeholder = "RECORD",
      .help = "Only lines about this record." },
    { .name = "row",
      .kind = OPTION_TEXT,
      .placeholder = "ID",
      .help = "Only lines about this row." },
    { .name = "change",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = INFINITY,
      .help = "Only lines of this change." },
    { .name = "actor",
      .kind = OPTION_TEXT,
      .placeholder = "PERSON",
      .help = "Only what this person did." },
    { .name = "door",
      .kind = OPTION_TEXT,
      .placeholder = "DOOR",
      .help = "Only what came through cli, api, web, import or job." },
    { .name = "verb",
      .kind = OPTION_TEXT,
      .placeholder = "VERB",
      .help = "Only lines with this verb, such as set or drop." },
    { .name = "since",
      .kind = OPTION_TEXT,
      .placeholder = "TIME",
      .help = "Only what was done at this instant or later." },
    { .name = "until",
      .kind = OPTION_TEXT,
      .placeholder = "TIME",
      .help = "Only what was done before this instant." },
    { .name = "all",
      .kind = OPTION_FLAG,
      .help = "All lines, not a page: with --json, the audit to take along." },
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = FIND_LIMIT_MAX,
      .help = "At most so many lines; else 50." },
    { .name = "before",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = INFINITY,
      .help = "Only lines older than this one." },
    { 0 },
};

const struct command ledger_commands[] = {
    { .name = "undo",
      .arguments = "CHANGE",
      .arguments_min = 1,
      .arguments_max = 1,
      .help = "Undo a whole change; 'rondo audit list' shows their numbers.",
      .group = "Changes",
      .run = run_undo },
    { .name = "audit",
      .verb = "list",
      .arguments = "",
      .group = "Changes",
      .option = audit_list_options,
      .help = "List who did what, when, through which door, newest first.",
      .run = run_audit_list,
      .flags = COMMAND_LONG },
    { .name = "audit",
      .verb = "verify",
      .arguments = "",
      .group = "Changes",
      .help = "Say whether the audit is what was written; exit code 1 when it is not.",
      .run = run_audit_verify,
      .flags = COMMAND_WITHOUT_PERSON },
    { 0 },
};
