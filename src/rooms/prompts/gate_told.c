/* See gate_told.h. */
#include "rooms/prompts/gate_told.h"

#include "base/visible.h"

#include <string.h>

static text word_of(const struct json *object, const char *key)
{
    const struct json *found = json_get(object, key);
    return found && found->kind == JSON_TEXT ? found->text : TEXT_NONE;
}

static const struct json *rules_of(const struct json *told)
{
    static const struct json none = { .kind = JSON_LIST };
    const struct json *rules = json_get(told, "rules");
    return rules && rules->kind == JSON_LIST ? rules : &none;
}

static const struct json *waiver_of_told(const struct json *told)
{
    const struct json *waiver = json_get(told, "waiver");
    return waiver && waiver->kind == JSON_OBJECT ? waiver : NULL;
}

static bool is_verdict(const struct json *told, const char *word)
{
    return text_is(word_of(told, "verdict"), word);
}

bool gate_told_check(struct call *call, const struct json *told)
{
    return is_verdict(told, "pass") || is_verdict(told, "blocked") ||
           is_verdict(told, "could_not_measure") ||
           fail(call, FAIL_BUSY, "what the server answered is no verdict of a gate: is it Rondo?");
}

enum exit_code gate_told_exit(const struct json *told)
{
    if (is_verdict(told, "pass"))
        return EXIT_DONE;
    if (is_verdict(told, "blocked"))
        return waiver_of_told(told) ? EXIT_DONE : EXIT_NO;
    return EXIT_UNDECIDED;
}

/* "blocked, and waived until 2026-12-01T00:00:00Z by Eve". */
static void write_verdict(const struct json *told, struct out *out)
{
    const struct json *waiver = waiver_of_told(told);
    out_string(out, is_verdict(told, "pass")      ? "pass"
                    : is_verdict(told, "blocked") ? "blocked"
                                                  : "could not measure");
    if (waiver && is_verdict(told, "blocked"))
        out_format(out, ", and waived until %.*s by %.*s", TEXT_FMT(word_of(waiver, "expiry")),
                   TEXT_FMT(word_of(waiver, "approver")));
}

static const char *mark_of(const struct json *rule)
{
    text verdict = word_of(rule, "verdict");
    return text_is(verdict, "pass") ? "pass" : text_is(verdict, "blocked") ? "blocked" : "unknown";
}

void gate_told_terminal(const struct json *told, struct out *out)
{
    const struct json *rules = rules_of(told);
    out_string(out, "Gate: ");
    write_verdict(told, out);
    out_string(out, "\n");
    visible_write(out, word_of(told, "surface"));
    out_string(out, ": ");
    visible_write(out, word_of(told, "candidate"));
    out_string(out, " against ");
    visible_write(out, word_of(told, "baseline"));
    out_string(out, "\n\n");
    for (size_t i = 0; i < rules->count; i++) {
        text name = word_of(&rules->item[i], "rule");
        out_format(out, "  %-8s %-15.*s", mark_of(&rules->item[i]), TEXT_FMT(name));
        visible_write(out, word_of(&rules->item[i], "sentence"));
        out_char(out, '\n');
    }
}

/* --- Markdown --- */

/* What would end a cell, or begin something of its own. */
static void write_cell(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        char c = words.at[i];
        if (c == '|' || c == '`' || c == '*' || c == '_' || c == '<' || c == '[' || c == '\\')
            out_char(out, '\\');
        out_char(out, c == '\n' || c == '\r' ? ' ' : c);
    }
}

void gate_told_markdown(const struct json *told, struct out *out)
{
    const struct json *rules = rules_of(told), *waiver = waiver_of_told(told);
    out_string(out, "### Gate of ");
    write_cell(out, word_of(told, "surface"));
    out_string(out, ": ");
    write_verdict(told, out);
    out_string(out, "\n\n");
    write_cell(out, word_of(told, "candidate"));
    out_string(out, " against ");
    write_cell(out, word_of(told, "baseline"));
    out_string(out, "\n\n| rule | verdict | |\n|---|---|---|\n");
    for (size_t i = 0; i < rules->count; i++) {
        out_string(out, "| ");
        write_cell(out, word_of(&rules->item[i], "rule"));
        out_format(out, " | %s | ", mark_of(&rules->item[i]));
        write_cell(out, word_of(&rules->item[i], "sentence"));
        out_string(out, " |\n");
    }
    if (!waiver)
        return;
    out_string(out, "\nWaiver ");
    write_cell(out, word_of(waiver, "id"));
    out_string(out, ": ");
    write_cell(out, word_of(waiver, "reason"));
    out_string(out, "; in the meantime: ");
    write_cell(out, word_of(waiver, "compensating_control"));
    out_char(out, '\n');
}

/* --- JUnit --- */

static void write_xml(struct out *out, text words)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" } };
    for (size_t i = 0; i < words.size; i++) {
        const char *entity = NULL;
        unsigned char byte = (unsigned char)words.at[i];
        for (size_t e = 0; e < sizeof entities / sizeof *entities; e++)
            if (words.at[i] == entities[e].c)
                entity = entities[e].entity;
        if (entity)
            out_string(out, entity);
        else
            out_char(out, byte < 0x20 || byte == 0x7f ? ' ' : words.at[i]);
    }
}

static size_t count_of(const struct json *rules, const char *verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++)
        count += text_is(word_of(&rules->item[i], "verdict"), verdict);
    return count;
}

/* A rule that could not be measured is an error: it says nothing about the candidate. */
void gate_told_junit(const struct json *told, struct out *out)
{
    const struct json *rules = rules_of(told);
    out_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"gate ");
    write_xml(out, word_of(told, "surface"));
    out_format(out, "\" tests=\"%u\" failures=\"%zu\" errors=\"%zu\">\n", rules->count,
               count_of(rules, "blocked"), count_of(rules, "could_not_measure"));
    for (size_t i = 0; i < rules->count; i++) {
        const struct json *rule = &rules->item[i];
        bool is_pass = text_is(word_of(rule, "verdict"), "pass");
        const char *element = text_is(word_of(rule, "verdict"), "blocked") ? "failure" : "error";
        out_string(out, "  <testcase classname=\"rondo.gate\" name=\"");
        write_xml(out, word_of(rule, "rule"));
        if (is_pass) {
            out_string(out, "\"/>\n");
            continue;
        }
        out_format(out, "\">\n    <%s message=\"", element);
        write_xml(out, word_of(rule, "sentence"));
        out_string(out, "\"/>\n  </testcase>\n");
    }
    out_string(out, "</testsuite>\n");
}
