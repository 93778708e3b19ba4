/* See outside_change.h. */
#include "rooms/prompts/outside_change.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "offers/refs.h"
#include "rooms/prompts/label_move.h"
#include "store/find.h"

static const char *const state_words[] = { "open", "resolved", NULL };

static const struct field outside_fields[] = {
    [OUTSIDE_CHANGE_TITLE] = { .name = "title",
                               .label = "Title",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED | FIELD_SEARCHED,
                               .help = "Which application, and which prompt." },
    [OUTSIDE_CHANGE_PROMPT] = { .name = "prompt",
                                .label = "Prompt",
                                .kind = FIELD_REF,
                                .refers = "prompt",
                                .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                                .help = "What was changed." },
    [OUTSIDE_CHANGE_STATE] = { .name = "state",
                               .label = "State",
                               .kind = FIELD_CHOICE,
                               .choices = state_words,
                               .flags = FIELD_NEEDED,
                               .fallback = "open",
                               .help = "Whether somebody has seen to it." },
    [OUTSIDE_CHANGE_LABEL] = { .name = "label",
                               .label = "Label",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED,
                               .help = "Which label it says it serves." },
    [OUTSIDE_CHANGE_APPLICATION] = { .name = "application",
                                     .label = "Application",
                                     .kind = FIELD_TEXT,
                                     .flags = FIELD_COUNTED | FIELD_SEARCHED,
                                     .help = "Who reported it." },
    [OUTSIDE_CHANGE_REPORTED_HASH] = { .name = "reported_hash",
                                       .label = "Reported hash",
                                       .kind = FIELD_TEXT,
                                       .flags = FIELD_COUNTED | FIELD_INDEXED,
                                       .max = 64,
                                       .help = "Of the content that it serves." },
    [OUTSIDE_CHANGE_RELEASED_HASH] = { .name = "released_hash",
                                       .label = "Released hash",
                                       .kind = FIELD_TEXT,
                                       .flags = FIELD_COUNTED,
                                       .max = 64,
                                       .help = "Of what the label carried then." },
    [OUTSIDE_CHANGE_FIRST_SEEN] = { .name = "first_seen",
                                    .label = "First seen",
                                    .kind = FIELD_STAMP,
                                    .flags = FIELD_COUNTED | FIELD_INDEXED,
                                    .help = "When it was reported first." },
    [OUTSIDE_CHANGE_LAST_SEEN] = { .name = "last_seen",
                                   .label = "Last seen",
                                   .kind = FIELD_STAMP,
                                   .flags = FIELD_COUNTED,
                                   .help = "When it was reported last." },
    [OUTSIDE_CHANGE_REPORTS] = { .name = "reports",
                                 .label = "Reports",
                                 .kind = FIELD_INT,
                                 .flags = FIELD_COUNTED,
                                 .help = "How often it was reported." },
    [OUTSIDE_CHANGE_RESOLUTION] = { .name = "resolution",
                                    .label = "Resolution",
                                    .kind = FIELD_PROSE,
                                    .flags = FIELD_SEARCHED,
                                    .help = "How it came about, and what was done." },
};

static bool guard_resolve(struct call *call, const struct row *row)
{
    static const int needed[] = { OUTSIDE_CHANGE_RESOLUTION, -1 };
    return row_require(call, row, needed, "to resolve a change outside the council");
}

static const struct transition outside_states[] = {
    { "open", "resolved", "resolve", 0, guard_resolve, UNDO_YES },
    { "resolved", "open", "reopen", 0, NULL, UNDO_YES },
    { 0 },
};

static const char *const outside_listed[] = { "state",   "prompt",    "label",
                                              "reports", "last_seen", NULL };

const struct record outside_change_record = {
    .name = "outside_change",
    .plural = "outside_changes",
    .prefix = "OUT",
    .label = "change outside the council",
    .help =
        "An application that serves another content than the released one: 'rondo prompt report' "
        "makes it.",
    .field = outside_fields,
    .field_count = sizeof outside_fields / sizeof outside_fields[0],
    .title = OUTSIDE_CHANGE_TITLE,
    .state = OUTSIDE_CHANGE_STATE,
    .states = outside_states,
    .listed = outside_listed,
    .made_by_program = true,
};

/* --- reports --- */

static text hash_of(struct call *call, rid version)
{
    struct row row;
    if (!version || !find_row(call, &prompt_version_record, version, &row))
        return TEXT_NONE;
    return value_as_text(row.value[PROMPT_VERSION_CONTENT_HASH]);
}

/* What the label carries; and what it carried before, if that was a moment ago. */
static bool released_hashes(struct call *call, rid prompt, text label, text *now, text *before)
{
    struct row row, last;
    bool has_label, has_move;
    *now = *before = TEXT_NONE;
    if (!label_find(call, prompt, label, &has_label, &row) ||
        !label_last_move(call, prompt, label, &has_move, &last))
        return false;
    if (has_label)
        *now = hash_of(call, value_as_int(row.value[PROMPT_LABEL_VERSION]));
    if (has_move && value_as_int(last.value[DEPLOYMENT_EFFECTIVE_AT]) >=
                        call->now - REPORT_GRACE_MINUTES * STAMP_MINUTE)
        *before = hash_of(call, value_as_int(last.value[DEPLOYMENT_FROM_VERSION]));
    return call->fail.kind == FAIL_NONE;
}

static bool is_hash(text word)
{
    bool is_good = word.size == 64;
    for (size_t i = 0; i < word.size; i++)
        is_good &= (word.at[i] >= '0' && word.at[i] <= '9') ||
                   (word.at[i] >= 'a' && word.at[i] <= 'f');
    return is_good;
}

static bool check_report(struct call *call, const struct prompt_report *report)
{
    if (!is_hash(report->content_hash))
        return fail_at(
            call, "content_hash",
            "'%.*s' is no content hash: it is the 64 hexadecimal digits that come with a "
            "served prompt",
            TEXT_FMT(text_until_character(report->content_hash, 80)));
    return text_trim(report->application).size > 0 ||
           fail_at(call, "application", "say which application reports: 'application' is needed");
}

static bool find_known(struct call *call, rid prompt, const struct prompt_report *report, bool *has,
                       struct row *row)
{
    struct query query;
    query_init(&query, &outside_change_record);
    *has = query_add(call, &query, OUTSIDE_CHANGE_PROMPT, FILTER_IS, value_ref(prompt)) &&
           query_add(call, &query, OUTSIDE_CHANGE_REPORTED_HASH, FILTER_IS,
                     value_text(report->content_hash)) &&
           query_add(call, &query, OUTSIDE_CHANGE_LABEL, FILTER_IS, value_text(report->label)) &&
           query_add(call, &query, OUTSIDE_CHANGE_APPLICATION, FILTER_IS,
                     value_text(report->application)) &&
           find_first(call, &query, row);
    return call->fail.kind == FAIL_NONE;
}

static bool count_again(struct call *call, const struct row *before, text released)
{
    struct row after;
    if (!row_copy(call, before, &after))
        return false;
    after.value[OUTSIDE_CHANGE_LAST_SEEN] = value_stamp(call->now);
    after.value[OUTSIDE_CHANGE_RELEASED_HASH] = value_text(released);
    after.value[OUTSIDE_CHANGE_REPORTS] =
        value_int(value_as_int(before->value[OUTSIDE_CHANGE_REPORTS]) + 1);
    bool is_open = text_is(value_as_text(before->value[OUTSIDE_CHANGE_STATE]), "open");
    return (is_open || state_move(call, &after, "reopen")) && ledger_update(call, before, &after);
}

static bool make(struct call *call, rid prompt, const struct prompt_report *report, text released,
                 rid *id)
{
    struct row row;
    if (!row_init(call, &outside_change_record, &row))
        return false;
    text name = find_title(call, &prompt_record, prompt);
    row.value[OUTSIDE_CHANGE_TITLE] =
        value_text(call_format(call, "%.*s serves another %.*s than the released one",
                               TEXT_FMT(text_until_character(report->application, 200)),
                               TEXT_FMT(name)));
    row.value[OUTSIDE_CHANGE_PROMPT] = value_ref(prompt);
    row.value[OUTSIDE_CHANGE_LABEL] = value_text(report->label);
    row.value[OUTSIDE_CHANGE_APPLICATION] = value_text(report->application);
    row.value[OUTSIDE_CHANGE_REPORTED_HASH] = value_text(report->content_hash);
    row.value[OUTSIDE_CHANGE_RELEASED_HASH] = value_text(released);
    row.value[OUTSIDE_CHANGE_FIRST_SEEN] = value_stamp(call->now);
    row.value[OUTSIDE_CHANGE_LAST_SEEN] = value_stamp(call->now);
    row.value[OUTSIDE_CHANGE_REPORTS] = value_int(1);
    if (!ledger_create(call, &row))
        return false;
    *id = row.id;
    return true;
}

bool prompt_report(struct call *call, const struct prompt_report *report,
                   struct prompt_reported *reported)
{
    struct row known;
    rid prompt;
    text before;
    bool has;
    *reported = (struct prompt_reported){ .released_hash = TEXT_NONE };
    if (!check_report(call, report) || !refs_find(call, &prompt_record, report->prompt, &prompt) ||
        !released_hashes(call, prompt, report->label, &reported->released_hash, &before))
        return false;
    reported->matches = text_equal(report->content_hash, reported->released_hash) ||
                        text_equal(report->content_hash, before);
    if (reported->matches)
        return true;
    if (!find_known(call, prompt, report, &has, &known))
        return false;
    if (!has)
        return make(call, prompt, report, reported->released_hash, &reported->outside_change);
    reported->outside_change = known.id;
    return count_again(call, &known, reported->released_hash);
}

/* --- what it brings --- */

static bool find_open(struct call *call, struct rows *rows)
{
    struct query query;
    query_init(&query, &outside_change_record);
    query.sort = OUTSIDE_CHANGE_FIRST_SEEN;
    return query_add(call, &query, OUTSIDE_CHANGE_STATE, FILTER_IS, value_choice("open")) &&
           find_rows(call, &query, rows);
}

/* Both hashes, short enough to be read and long enough to be told apart. */
static text words_of(struct call *call, const struct row *row)
{
    text reported = value_as_text(row->value[OUTSIDE_CHANGE_REPORTED_HASH]),
         released = value_as_text(row->value[OUTSIDE_CHANGE_RELEASED_HASH]);
    return call_format(call, "changed outside the council: '%.*s' serves %.*s, released is %.*s",
                       TEXT_FMT(value_as_text(row->value[OUTSIDE_CHANGE_LABEL])),
                       TEXT_FMT(text_until(reported, 12)),
                       TEXT_FMT(released.at ? text_until(released, 12) : TEXT("nothing")));
}

static bool owner_of(struct call *call, const struct row *row, struct row *prompt, rid *owner)
{
    if (!find_row(call, &prompt_record, value_as_int(row->value[OUTSIDE_CHANGE_PROMPT]), prompt))
        return false;
    *owner = value_as_int(prompt->value[PROMPT_OWNER]);
    return true;
}

bool outside_change_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows *rows = call_new(call, struct rows);
    if (!rows || !find_open(call, rows))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        struct row prompt;
        bool concerns;
        rid owner;
        if (!owner_of(call, &rows->row[i], &prompt, &owner) ||
            !agenda_concerns(call, ask, &prompt, &concerns))
            return false;
        if (concerns && !agenda_add(call, agenda,
                                    (struct agenda_point){ .title = row_title(call, &rows->row[i]),
                                                           .why = words_of(call, &rows->row[i]),
                                                           .record = &outside_change_record,
                                                           .row = rows->row[i].id,
                                                           .owner = owner }))
            return false;
    }
    return true;
}

bool outside_change_collect(struct call *call, rid person, struct needs *needs)
{
    struct rows *rows = call_new(call, struct rows);
    if (person == 0)
        return true;
    if (!rows || !find_open(call, rows))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        struct row prompt;
        rid owner;
        if (!owner_of(call, &rows->row[i], &prompt, &owner))
            return false;
        if (owner == person &&
            !needs_add(call, needs,
                       (struct need){ .kind = "outside_change",
                                      .title = row_title(call, &rows->row[i]),
                                      .why = words_of(call, &rows->row[i]),
                                      .record = &outside_change_record,
                                      .row = rows->row[i].id }))
            return false;
    }
    return true;
}
