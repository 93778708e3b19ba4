/*
 * See deck_template.h. A template's slides are Marp's Markdown with figures and words (deck_fill.h)
 * between double braces. The built-in ones are there without anybody's doing.
 */
#include "rooms/updates/deck_template.h"

#include "base/slides.h"
#include "offers/refs.h"
#include "rooms/updates/deck_words.h"
#include "store/find.h"

static const char *const size_words[] = { "wide", "narrow", NULL };

static const struct field template_fields[] = {
    [DECK_TEMPLATE_NAME] = { .name = "name",
                             .label = "Name",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                             .max = 100,
                             .help = "What it is called: 'rondo deck --template NAME'." },
    [DECK_TEMPLATE_THEME] = { .name = "theme",
                              .label = "Theme",
                              .kind = FIELD_CHOICE,
                              .choices = slides_themes,
                              .flags = FIELD_NEEDED,
                              .fallback = "default",
                              .help = "How its slides look." },
    [DECK_TEMPLATE_SIZE] = { .name = "size",
                             .label = "Size",
                             .kind = FIELD_CHOICE,
                             .choices = size_words,
                             .flags = FIELD_NEEDED,
                             .fallback = "wide",
                             .help = "wide is 16:9, narrow is 4:3." },
    [DECK_TEMPLATE_HEADING_DIVIDER] = { .name = "heading_divider",
                                        .label = "Headings divide",
                                        .kind = FIELD_INT,
                                        .fallback = "2",
                                        .max = SLIDES_DIVIDER_MAX,
                                        .help = "Headings up to this level begin a slide; 0: only "
                                                "a line '---' does." },
    [DECK_TEMPLATE_PAGINATE] = { .name = "paginate",
                                 .label = "Numbers",
                                 .kind = FIELD_BOOL,
                                 .fallback = "true",
                                 .help = "Each slide shows its number." },
    [DECK_TEMPLATE_HEADER] = { .name = "header",
                               .label = "Header",
                               .kind = FIELD_TEXT,
                               .help = "Stands at the top of each slide." },
    [DECK_TEMPLATE_FOOTER] = { .name = "footer",
                               .label = "Footer",
                               .kind = FIELD_TEXT,
                               .help = "Stands at the bottom of each slide." },
    [DECK_TEMPLATE_BODY] = { .name = "body",
                             .label = "Slides",
                             .kind = FIELD_PROSE,
                             .flags = FIELD_NEEDED | FIELD_SEARCHED,
                             .max = 64 * 1024,
                             .help = "Markdown with figures: '{{figure evals.pass_rate "
                                     "surface=NAME}}'." },
};

static const char *const template_listed[] = { "theme", "size", "paginate", "footer", NULL };

const struct record deck_template_record = {
    .name = "deck_template",
    .plural = "deck_templates",
    .prefix = "DECK",
    .label = "deck template",
    .help = "Slides with figures that fill themselves: 'rondo deck --template NAME'; 'weekly' and "
            "'surfaces' are there from the start.",
    .field = template_fields,
    .field_count = sizeof template_fields / sizeof template_fields[0],
    .title = DECK_TEMPLATE_NAME,
    .listed = template_listed,
};

/* --- built in --- */

#define SURFACES_TABLE(heading, columns, rule, cells)                                              \
    "## " heading "\n\n| Surface | " columns " |\n|---|" rule "\n{{each surface}}\n| {{surface}} " \
    "| " cells " |\n{{end}}\n\n"

static const char weekly_body[] =
    "<!-- _class: lead -->\n# {{week}}\n\n{{team}}\n\nAs of {{as_of}}\n\n"
    "## What changed in production\n\n{{changed}}\n\n"
    SURFACES_TABLE("Evals by surface", "Pass rate | Against the run before | Verdict",
                   "---|---|---|",
                   "{{figure evals.pass_rate}} | {{figure evals.pass_rate_change}} | "
                   "{{figure evals.verdict}}")
    SURFACES_TABLE("The hardest tenth", "Pass rate | Broke | Fixed", "---|---|---|",
                   "{{figure evals.tail_rate}} | {{figure evals.broken}} | "
                   "{{figure evals.fixed}}")
    SURFACES_TABLE("Cost and latency", "Cost of a case | Latency (p95)", "---|---|",
                   "{{figure evals.cost_usd}} | {{figure evals.latency_p95_ms}}")
    "## What we learned\n\n{{learned}}\n\n## What changed in the world\n\n{{world}}\n\n"
    "## Next week\n\n{{bets}}\n\n## Last week's bets\n\n{{last_bets}}\n\n"
    "## Exceptions\n\n{{exceptions}}\n";

static const char surfaces_body[] =
    "<!-- _class: lead -->\n# Surfaces in {{week}}\n\nAs of {{as_of}}\n\n"
    "{{each surface}}\n## {{surface}}\n\n"
    "- Pass rate: {{figure evals.pass_rate}} ({{figure evals.pass_rate_change}})\n"
    "- Verdict: {{figure evals.verdict}}\n"
    "- Broke: {{figure evals.broken}}, fixed: {{figure evals.fixed}}\n"
    "- The hardest tenth: {{figure evals.tail_rate}}\n"
    "- Cost of a case: {{figure evals.cost_usd}}\n"
    "- Latency (p95): {{figure evals.latency_p95_ms}}\n\n{{end}}\n";

static const struct {
    const char *name, *body;
} built_in[] = { { "weekly", weekly_body }, { "surfaces", surfaces_body } };
enum { BUILT_IN_COUNT = sizeof built_in / sizeof built_in[0] };

static struct deck_template built_in_of(size_t at)
{
    return (struct deck_template){ .name = text_of(built_in[at].name),
                                   .theme = TEXT("default"),
                                   .is_narrow = false,
                                   .heading_divider = 2,
                                   .has_numbers = true,
                                   .body = text_of(built_in[at].body) };
}

static struct deck_template of_row(const struct row *row)
{
    const struct value *value = row->value;
    return (struct deck_template){
        .name = value_as_text(value[DECK_TEMPLATE_NAME]),
        .theme = value_as_text(value[DECK_TEMPLATE_THEME]),
        .is_narrow = text_is(value_as_text(value[DECK_TEMPLATE_SIZE]), "narrow"),
        .heading_divider = value_as_int(value[DECK_TEMPLATE_HEADING_DIVIDER]),
        .has_numbers = value_as_bool(value[DECK_TEMPLATE_PAGINATE]),
        .header = value_as_text(value[DECK_TEMPLATE_HEADER]),
        .footer = value_as_text(value[DECK_TEMPLATE_FOOTER]),
        .body = value_as_text(value[DECK_TEMPLATE_BODY]),
        .row = row->id,
    };
}

/* --- finding --- */

static bool refuse(struct call *call, text word)
{
    fail_clear(call);
    return fail_at(call, "template",
                   "there is no deck template '%.*s': 'rondo deck-template list' has those of the "
                   "team, and 'weekly' and 'surfaces' are always there",
                   TEXT_FMT(word));
}

bool deck_template_find(struct call *call, text word, struct deck_template *found)
{
    struct row row;
    rid id;
    if (!word.at)
        word = TEXT("weekly");
    if (refs_find(call, &deck_template_record, word, &id)) {
        if (!find_row(call, &deck_template_record, id, &row))
            return false;
        *found = of_row(&row);
        return true;
    }
    if (call->fail.kind != FAIL_NOT_FOUND)
        return false;
    fail_clear(call);
    for (size_t i = 0; i < BUILT_IN_COUNT; i++)
        if (text_is(word, built_in[i].name)) {
            *found = built_in_of(i);
            return true;
        }
    return refuse(call, word);
}

static void write_template(struct call *call, const struct deck_template *template,
                           struct json_writer *writer)
{
    json_object(writer);
    if (template->row)
        json_put_text(writer, "id", row_public_id(call, &deck_template_record, template->row));
    else
        json_put_null(writer, "id");
    json_put_text(writer, "name", template->name);
    json_put_bool(writer, "built_in", template->row == 0);
    json_put_text(writer, "theme", template->theme);
    json_put_string(writer, "size", size_words[template->is_narrow]);
    json_put_int(writer, "heading_divider", template->heading_divider);
    json_put_bool(writer, "paginate", template->has_numbers);
    json_put_text(writer, "body", template->body);
    json_object_end(writer);
}

static bool is_stored(const struct rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->count; i++)
        if (text_is(value_as_text(rows->row[i].value[DECK_TEMPLATE_NAME]), name))
            return true;
    return false;
}

bool deck_templates_write_json(struct call *call, struct json_writer *writer)
{
    struct query query;
    struct rows rows;
    query_init(&query, &deck_template_record);
    if (!find_rows(call, &query, &rows))
        return false;
    json_object(writer);
    json_key(writer, "templates");
    json_list(writer);
    for (size_t i = 0; i < BUILT_IN_COUNT; i++) {
        struct deck_template template = built_in_of(i);
        if (!is_stored(&rows, built_in[i].name))
            write_template(call, &template, writer);
    }
    for (size_t i = 0; i < rows.count; i++) {
        struct deck_template template = of_row(&rows.row[i]);
        write_template(call, &template, writer);
    }
    json_list_end(writer);
    deck_words_write_json(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
