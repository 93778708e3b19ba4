/* See knowledge_page.h. */
#include "rooms/knowledge/knowledge_page.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "ledger/link.h"
#include "store/find.h"

static const char *const kind_words[] = { "page", "playbook", "runbook", NULL };

static const struct field knowledge_page_fields[] = {
    [KNOWLEDGE_PAGE_TITLE] = { .name = "title",
                               .label = "Title",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_NEEDED | FIELD_SEARCHED | FIELD_SORTED,
                               .help = "What it tells, in a few words." },
    [KNOWLEDGE_PAGE_KIND] = { .name = "kind",
                              .label = "Kind",
                              .kind = FIELD_CHOICE,
                              .choices = kind_words,
                              .flags = FIELD_NEEDED,
                              .fallback = "page",
                              .help = "What to know, how to play it, or what to do step by step." },
    [KNOWLEDGE_PAGE_TOPICS] = { .name = "topics",
                                .label = "Topics",
                                .kind = FIELD_TAGS,
                                .help = "What it is about: who else knows of these is told of." },
    [KNOWLEDGE_PAGE_BODY] = { .name = "body",
                              .label = "Text",
                              .kind = FIELD_PROSE,
                              .flags = FIELD_SEARCHED,
                              .help = "The page itself." },
    [KNOWLEDGE_PAGE_OWNER] = { .name = "owner",
                               .label = "Owner",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_BY_NAME | FIELD_INDEXED,
                               .help = "Who keeps it true." },
    [KNOWLEDGE_PAGE_REVIEW_BY] = { .name = "review_by",
                                   .label = "Review by",
                                   .kind = FIELD_DATE,
                                   .flags = FIELD_INDEXED,
                                   .help = "After this day it is stale, and its owner is asked." },
    [KNOWLEDGE_PAGE_TEAM] = { .name = "team",
                              .label = "Team",
                              .kind = FIELD_REF,
                              .refers = "team",
                              .flags = FIELD_BY_NAME,
                              .help = "Who wrote it; everybody reads it." },
    [KNOWLEDGE_PAGE_SOURCE] = { .name = "source",
                                .label = "Made of",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_COUNTED | FIELD_INDEXED,
                                .max = 60,
                                .help = "What it was made of, by its id, such as INC-3." },
};

/* The day lasts until its end in UTC: a row knows no zone. */
static bool is_past(const struct row *page, stamp now)
{
    return !value_is_null(page->value[KNOWLEDGE_PAGE_REVIEW_BY]) &&
           (value_as_int(page->value[KNOWLEDGE_PAGE_REVIEW_BY]) + 1) * STAMP_DAY <= now;
}

static struct value stale_value(const struct row *page, stamp now)
{
    return value_bool(is_past(page, now));
}

static const struct computed knowledge_page_computed[] = {
    { .field = { .name = "stale",
                 .label = "Stale",
                 .kind = FIELD_BOOL,
                 .flags = FIELD_COUNTED | FIELD_COMPUTED | FIELD_NEEDED,
                 .help = "Whether the day to look at it again has passed." },
      .value = stale_value },
    { .value = NULL },
};

static bool set_review_by(struct call *call, struct row *page)
{
    int64_t today;
    if (!decision_day(call, call->now, &today))
        return false;
    page->value[KNOWLEDGE_PAGE_REVIEW_BY] = value_int(today + KNOWLEDGE_REVIEW_DAYS);
    return true;
}

static bool knowledge_page_settle(struct call *call, const struct row *before, struct row *after)
{
    if (before)
        return true;
    if (value_is_null(after->value[KNOWLEDGE_PAGE_OWNER]) && call->actor.person)
        after->value[KNOWLEDGE_PAGE_OWNER] = value_ref(call->actor.person);
    return !value_is_null(after->value[KNOWLEDGE_PAGE_REVIEW_BY]) || set_review_by(call, after);
}

static const char *const knowledge_page_listed[] = { "kind",      "topics", "owner",
                                                     "review_by", "stale",  NULL };

const struct record knowledge_page_record = {
    .name = "knowledge_page",
    .plural = "knowledge_pages",
    .prefix = "KNP",
    .label = "knowledge page",
    .help = "What was learned, kept as a page: 'rondo knowledge-page from INC-1', or 'add'.",
    .field = knowledge_page_fields,
    .field_count = sizeof knowledge_page_fields / sizeof knowledge_page_fields[0],
    .title = KNOWLEDGE_PAGE_TITLE,
    .computed = knowledge_page_computed,
    .listed = knowledge_page_listed,
    .settle = knowledge_page_settle,
};

/* --- made of something --- */

static bool find_made(struct call *call, text source, struct row *page)
{
    struct query query;
    query_init(&query, &knowledge_page_record);
    return query_add(call, &query, KNOWLEDGE_PAGE_SOURCE, FILTER_IS, value_text(source)) &&
           find_first(call, &query, page);
}

/* Prose, and the words that people search for; the title stands above them. */
static bool is_said(const struct record *record, int field)
{
    const struct field *one = &record->field[field];
    bool has_words = one->kind == FIELD_PROSE ||
                     (one->kind == FIELD_TEXT && (one->flags & FIELD_SEARCHED));
    return has_words && field != record->title && !(one->flags & (FIELD_SECRET | FIELD_PRIVATE));
}

bool knowledge_page_is_for(const struct record *record)
{
    return record->is_learned_from && record->privacy == PRIVACY_PUBLIC;
}

/* A section for each thing that it says, and one that people fill. */
static text body_of(struct call *call, const struct row *row)
{
    const struct record *record = row->record;
    struct out body;
    out_init(&body, call);
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (is_said(record, (int)i) && !value_is_null(row->value[i]))
            out_format(&body, "## %s\n\n%.*s\n\n", field->label,
                       TEXT_FMT(value_as_text(row->value[i])));
    }
    out_string(&body, "## What we do the next time\n\n");
    return out_view(&body);
}

/* Whether some of its words are for one audience, or for nobody: an update marks them so. */
static bool is_for_some(const struct row *row)
{
    for (size_t i = 0; i < row->record->field_count; i++) {
        text words = is_said(row->record, (int)i) ? value_as_text(row->value[i]) : TEXT("");
        if (text_starts(words, TEXT(":::")) || text_find(words, TEXT("\n:::")) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool check_source(struct call *call, const struct row *row)
{
    text id = row_public_id(call, row->record, row->id);
    if (row->archived)
        return fail(call, FAIL_CONFLICT, "'%.*s' was dropped: bring it back first", TEXT_FMT(id));
    if (row->record->privacy != PRIVACY_PUBLIC)
        return fail(call, FAIL_CONFLICT,
                    "'%.*s' is not everybody's, and a page is: write a page with what others may "
                    "read",
                    TEXT_FMT(id));
    if (row->record == &knowledge_page_record)
        return fail(call, FAIL_CONFLICT, "'%.*s' is a page already", TEXT_FMT(id));
    return !is_for_some(row) ||
           fail(call, FAIL_CONFLICT,
                "'%.*s' has lines that some alone read, ':::' begins them: write a page with what "
                "others may read",
                TEXT_FMT(id));
}

static bool link_back(struct call *call, text page, text source)
{
    struct row link;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("made_from");
    link.value[LINK_FROM] = value_text(page);
    link.value[LINK_TO] = value_text(source);
    return ledger_create(call, &link);
}

static bool store(struct call *call, struct row *page, text source)
{
    if (!change_open(call, TEXT("make knowledge page")))
        return false;
    if (ledger_create(call, page) &&
        link_back(call, row_public_id(call, &knowledge_page_record, page->id), source))
        return change_commit(call);
    change_rollback(call);
    return false;
}

bool knowledge_page_from(struct call *call, const struct record *record, rid id, struct row *page,
                         bool *is_new)
{
    struct row row;
    text source = row_public_id(call, record, id);
    if (!find_row(call, record, id, &row) || !check_source(call, &row))
        return false;
    *is_new = !find_made(call, source, page);
    if (!*is_new || call->fail.kind != FAIL_NONE)
        return call->fail.kind == FAIL_NONE;
    if (!row_init(call, &knowledge_page_record, page))
        return false;
    int team = record_field(record, TEXT("team"));
    page->value[KNOWLEDGE_PAGE_TITLE] = value_text(row_title(call, &row));
    page->value[KNOWLEDGE_PAGE_BODY] = value_text(body_of(call, &row));
    page->value[KNOWLEDGE_PAGE_SOURCE] = value_text(source);
    if (team >= 0)
        page->value[KNOWLEDGE_PAGE_TEAM] = row.value[team];
    page->dimensions = row.dimensions;
    return store(call, page, source);
}

bool knowledge_page_reviewed(struct call *call, rid id)
{
    struct row before, after;
    return find_row(call, &knowledge_page_record, id, &before) &&
           row_copy(call, &before, &after) && set_review_by(call, &after) &&
           ledger_update(call, &before, &after);
}

/* --- what is stale --- */

static bool find_stale(struct call *call, rid owner, struct rows *rows)
{
    struct query query;
    int64_t today;
    query_init(&query, &knowledge_page_record);
    query.sort = KNOWLEDGE_PAGE_REVIEW_BY;
    return decision_day(call, call->now, &today) &&
           query_add(call, &query, KNOWLEDGE_PAGE_REVIEW_BY, FILTER_LESS, value_int(today)) &&
           (owner == 0 ||
            query_add(call, &query, KNOWLEDGE_PAGE_OWNER, FILTER_IS, value_ref(owner))) &&
           find_rows(call, &query, rows);
}

static text stale_words(struct call *call, const struct row *page)
{
    char day[DATE_TEXT_SIZE];
    date_write(value_as_int(page->value[KNOWLEDGE_PAGE_REVIEW_BY]), day);
    return call_format(call, "to be looked at again by %s: say that it holds, or mend it", day);
}

bool knowledge_compile_stale(struct call *call, const struct agenda_ask *ask,
                             struct agenda *agenda)
{
    struct rows rows;
    if (!find_stale(call, 0, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *page = &rows.row[i];
        bool concerns;
        if (!agenda_concerns(call, ask, page, &concerns))
            return false;
        if (concerns &&
            !agenda_add(call, agenda,
                        (struct agenda_point){
                            .title = row_title(call, page),
                            .why = stale_words(call, page),
                            .record = &knowledge_page_record,
                            .row = page->id,
                            .owner = value_as_int(page->value[KNOWLEDGE_PAGE_OWNER]) }))
            return false;
    }
    return true;
}

bool knowledge_collect_stale(struct call *call, rid person, struct needs *needs)
{
    struct rows rows;
    if (person == 0)
        return true;
    if (!find_stale(call, person, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!needs_add(call, needs,
                       (struct need){ .kind = "knowledge",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = stale_words(call, &rows.row[i]),
                                      .record = &knowledge_page_record,
                                      .row = rows.row[i].id,
                                      .is_late = true }))
            return false;
    return true;
}
