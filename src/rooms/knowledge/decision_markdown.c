/* See decision_markdown.h. */
#include "rooms/knowledge/decision_markdown.h"

#include "base/lower_case.h"
#include "base/stamp.h"
#include "importers/adr.h"
#include "ledger/link.h"
#include "rooms/knowledge/knowledge.h"

enum { SLUG_BYTES_MAX = 60 };

/* --- names --- */

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Words in lower case with hyphens between; letters of other scripts stay. */
static void write_slug(struct call *call, text title, struct out *out)
{
    text words = text_until_character(lower_case(call, title), SLUG_BYTES_MAX);
    bool is_inside = false;
    size_t begin = out->size;
    for (size_t i = 0; i < words.size; i++) {
        bool is_word = is_word_byte(words.at[i]);
        if (is_word && !is_inside && out->size > begin)
            out_char(out, '-');
        if (is_word)
            out_char(out, words.at[i]);
        is_inside = is_word;
    }
    if (out->size == begin)
        out_string(out, "decision");
}

text decision_file_name(struct call *call, const struct row *decision)
{
    struct out out;
    out_init(&out, call);
    out_format(&out, "%04lld-", (long long)value_as_int(decision->value[DECISION_NUMBER]));
    write_slug(call, value_as_text(decision->value[DECISION_TITLE]), &out);
    out_string(&out, ".md");
    return out_view(&out);
}

/* --- one decision --- */

static void write_state(struct out *out, text state)
{
    if (state.size == 0)
        return;
    out_char(out, (char)(state.at[0] - 'a' + 'A'));
    out_text(out, text_from(state, 1));
    out_string(out, "\n\n");
}

static void write_link(struct call *call, const char *words, const struct row *other,
                       struct out *out)
{
    out_format(out, "%s [%lld. %.*s](%.*s)\n\n", words,
               (long long)value_as_int(other->value[DECISION_NUMBER]),
               TEXT_FMT(value_as_text(other->value[DECISION_TITLE])),
               TEXT_FMT(decision_file_name(call, other)));
}

/* "Superseded by [9. New](0009-new.md)" says the state as well. */
static bool write_status(struct call *call, const struct row *decision, struct out *out)
{
    struct link *link;
    size_t count;
    bool is_told = false;
    struct out supersedes;
    if (!link_list(call, &decision_record, decision->id, &link, &count))
        return false;
    out_init(&supersedes, call);
    out_string(out, "## Status\n\n");
    for (size_t i = 0; i < count; i++) {
        struct row other;
        if (link[i].record != &decision_record ||
            !text_is(value_as_text(link[i].row.value[LINK_KIND]), "supersedes"))
            continue;
        if (!find_row(call, &decision_record, link[i].id, &other))
            return false;
        if (link[i].is_from) {
            write_link(call, "Supersedes", &other, &supersedes);
        } else if (decision_is(decision, "superseded")) {
            write_link(call, "Superseded by", &other, out);
            is_told = true;
        }
    }
    if (!is_told)
        write_state(out, value_as_text(decision->value[DECISION_STATE]));
    out_text(out, out_view(&supersedes));
    return true;
}

static void write_day(const char *name, struct value day, struct out *out)
{
    char words[DATE_TEXT_SIZE];
    if (value_is_null(day))
        return;
    date_write(value_as_int(day), words);
    out_format(out, "%s: %s\n\n", name, words);
}

/* What would be a heading gets a backslash; a fence that was left open is closed. */
static void write_prose(text prose, struct out *out)
{
    struct adr_fence fence = { 0 };
    while (prose.at) {
        text line = text_cut(prose, '\n', &prose);
        size_t at;
        bool is_heading = !adr_in_fence(&fence, line) && adr_escaped_heading(line, &at);
        if (is_heading)
            out_format(out, "%.*s\\%.*s\n", TEXT_FMT(text_until(line, at)),
                       TEXT_FMT(text_from(line, at)));
        else
            out_format(out, "%.*s\n", TEXT_FMT(line));
    }
    if (fence.mark) {
        out_repeat(out, fence.mark, fence.size);
        out_char(out, '\n');
    }
    out_char(out, '\n');
}

static void write_section(const struct row *decision, int field, struct out *out)
{
    text prose = value_as_text(decision->value[field]);
    if (text_trim(prose).size == 0)
        return;
    out_format(out, "## %s\n\n", decision->record->field[field].label);
    write_prose(prose, out);
}

/* Sections of its own stand as they are; what begins without a heading gets one. */
static void write_more(text more, struct out *out)
{
    if (text_trim(more).size == 0)
        return;
    if (!adr_heading(text_cut(more, '\n', &(text){ NULL, 0 })))
        out_string(out, "## More\n\n");
    out_format(out, "%.*s\n", TEXT_FMT(more));
}

static void write_head(struct call *call, const struct row *decision, struct out *out)
{
    const struct value *value = decision->value;
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    text front = value_as_text(value[DECISION_FRONT_MATTER]);
    if (front.size)
        out_format(out, "---\n%.*s\n---\n\n", TEXT_FMT(front));
    out_format(out, "# %lld. %.*s\n\n", (long long)value_as_int(value[DECISION_NUMBER]),
               TEXT_FMT(value_as_text(value[DECISION_TITLE])));
    write_day("Date", value[DECISION_DECIDED], out);
    if (!value_is_null(value[DECISION_OWNER]))
        out_format(out, "Owner: %.*s\n\n",
                   TEXT_FMT(find_title(call, person, value_as_int(value[DECISION_OWNER]))));
    write_day("Revisit", value[DECISION_REVISIT], out);
    write_day("Outcome recorded", value[DECISION_OUTCOME_RECORDED], out);
}

text decision_markdown(struct call *call, const struct row *decision)
{
    static const int sections[] = { DECISION_CONTEXT, DECISION_OPTIONS, DECISION_DECISION,
                                    DECISION_CONSEQUENCES, DECISION_OUTCOME };
    struct out out;
    out_init(&out, call);
    write_head(call, decision, &out);
    if (!write_status(call, decision, &out))
        return TEXT_NONE;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        write_section(decision, sections[i], &out);
    write_more(value_as_text(decision->value[DECISION_MORE]), &out);
    text whole = out_view(&out);
    while (text_ends(whole, TEXT("\n\n")))
        whole.size--;
    return whole;
}

/* --- the index --- */

static void write_cell(text words, struct out *out)
{
    for (size_t i = 0; i < words.size; i++) {
        if (words.at[i] == '|')
            out_char(out, '\\');
        out_char(out, words.at[i]);
    }
    out_string(out, " | ");
}

static void write_day_cell(struct value day, struct out *out)
{
    char words[DATE_TEXT_SIZE] = "";
    if (!value_is_null(day))
        date_write(value_as_int(day), words);
    write_cell(text_of(words), out);
}

text decision_index(struct call *call, const struct rows *decisions)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    struct out out;
    out_init(&out, call);
    out_string(&out, "# Decisions\n\n| Number | Decision | State | Decided | Owner | Revisit |\n"
                     "|---:|---|---|---|---|---|\n");
    for (size_t i = 0; i < decisions->count; i++) {
        const struct row *row = &decisions->row[i];
        const struct value *value = row->value;
        out_format(&out, "| %lld | [", (long long)value_as_int(value[DECISION_NUMBER]));
        text link = call_format(call, "%.*s](%.*s)", TEXT_FMT(row_title(call, row)),
                                TEXT_FMT(decision_file_name(call, row)));
        write_cell(link, &out);
        write_cell(value_as_text(value[DECISION_STATE]), &out);
        write_day_cell(value[DECISION_DECIDED], &out);
        rid owner = value_as_int(value[DECISION_OWNER]);
        write_cell(owner ? find_title(call, person, owner) : TEXT(""), &out);
        write_day_cell(value[DECISION_REVISIT], &out);
        out.size--;
        out_char(&out, '\n');
    }
    return out_view(&out);
}
