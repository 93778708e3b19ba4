/*
 * See lm_eval_write_out.h. These files keep no document, so a case is known by its prompts; its
 * place in the file depends on how the tool shuffled. Metrics stand there as the texts that Python
 * prints: "1.0", "True", "nan".
 */
#include "importers/lm_eval_write_out.h"

#include "importers/content_key.h"
#include "importers/eval_head.h"

enum { OWN_MEMBERS = 4 }; /* doc_hash, doc, target, filtered_resps */

bool lm_eval_is_write_out(text head)
{
    head = head_trim(head);
    return text_starts(head, TEXT("[")) && head_has_key(head, TEXT("\"doc_id\"")) &&
           head_has_key(head, TEXT("\"prompt_0\""));
}

/* "prompt_3" of the kind "prompt_". */
static bool is_numbered(text key, const char *kind)
{
    int64_t number;
    text start = text_of(kind);
    return text_starts(key, start) && text_to_int(text_from(key, start.size), &number);
}

/* All members of a kind: the only one as it is, several as a list. */
static bool gather(struct call *call, const struct json *item, const char *kind, struct json *value)
{
    struct json *found = call_array(call, (size_t)item->count + 1, sizeof *found);
    *value = (struct json){ .kind = JSON_LIST, .item = found };
    for (uint32_t i = 0; found && i < item->count; i++)
        if (is_numbered(item->member[i].key, kind))
            found[value->count++] = item->member[i].value;
    if (found && value->count == 1)
        *value = found[0];
    return found != NULL;
}

/* A metric's text as the value that it printed; any other text stays one, and is no score. */
static struct json metric_value(const struct json *printed)
{
    static const char *const no_numbers[] = { "nan", "inf", "-inf" };
    double number;
    if (printed->kind != JSON_TEXT)
        return *printed;
    if (text_is(printed->text, "True") || text_is(printed->text, "False"))
        return (struct json){ .kind = JSON_BOOL, .boolean = text_is(printed->text, "True") };
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++)
        if (text_is(printed->text, no_numbers[i]))
            return (struct json){ .kind = JSON_NO_NUMBER };
    if (text_to_real(printed->text, &number))
        return (struct json){ .kind = JSON_REAL, .real = number };
    return *printed;
}

static bool is_metric(text key)
{
    return !text_is(key, "doc_id") && !text_is(key, "truth") && !is_numbered(key, "prompt_") &&
           !is_numbered(key, "logit_");
}

static void add(struct json_member *member, struct json *line, text key, struct json value)
{
    member[line->count++] = (struct json_member){ key, value };
}

/* What later versions call answers is a list of which the first counts. */
static bool add_answers(struct call *call, const struct json *item, struct json_member *member,
                        struct json *line)
{
    struct json *answers = call_new(call, struct json);
    if (!answers || !gather(call, item, "logit_", answers))
        return false;
    add(member, line, TEXT("filtered_resps"),
        (struct json){ .kind = JSON_LIST, .count = 1, .item = answers });
    return true;
}

bool lm_eval_write_out_line(struct call *call, const struct json *item, int64_t number,
                            struct json *line)
{
    struct json prompts;
    const struct json *truth = json_get(item, "truth");
    if (item->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "case %lld must be a JSON object", (long long)number);
    if (!json_get(item, "prompt_0"))
        return fail_at(call, "prompt_0", "case %lld must have 'prompt_0'", (long long)number);
    struct json_member *member =
        call_array(call, (size_t)item->count + OWN_MEMBERS, sizeof *member);
    *line = (struct json){ .kind = JSON_OBJECT, .member = member };
    if (!member || !gather(call, item, "prompt_", &prompts))
        return false;
    text key = content_key(call, &prompts);
    if (!key.at || !add_answers(call, item, member, line))
        return false;
    add(member, line, TEXT("doc_hash"), (struct json){ .kind = JSON_TEXT, .text = key });
    add(member, line, TEXT("doc"), prompts);
    if (truth)
        add(member, line, TEXT("target"), *truth);
    for (uint32_t i = 0; i < item->count; i++)
        if (is_metric(item->member[i].key))
            add(member, line, item->member[i].key, metric_value(&item->member[i].value));
    return true;
}
