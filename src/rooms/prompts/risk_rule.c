/*
 * See risk_rule.h. A rule holds when everything that it names is so; what it leaves out does not
 * matter. Where no rule holds the tier is `self`.
 */
#include "rooms/prompts/risk_rule.h"

#include "store/find.h"

const char *const risk_tier_words[TIERS + 1] = { "self", "council", "executive", NULL };

static const struct field risk_rule_fields[] = {
    [RISK_RULE_NAME] = { .name = "name",
                         .label = "Name",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                         .help = "What it is about, as the change shows it." },
    [RISK_RULE_LABEL] = { .name = "label",
                          .label = "Label",
                          .kind = FIELD_TEXT,
                          .max = 100,
                          .help = "Holds for this label and its environments: 'production' is also "
                                  "production/eu; none: every label." },
    [RISK_RULE_SURFACES_MIN] = { .name = "surfaces_min",
                                 .label = "Surfaces, at least",
                                 .kind = FIELD_INT,
                                 .min = 1,
                                 .max = 1000,
                                 .help = "Holds when so many surfaces meet the prompt." },
    [RISK_RULE_TOUCHES] = { .name = "touches",
                            .label = "Touches",
                            .kind = FIELD_TAGS,
                            .help = "Holds when the prompt touches one of these: safety, money, "
                                    "personal_data." },
    [RISK_RULE_SHARED] = { .name = "shared",
                           .label = "Shared",
                           .kind = FIELD_BOOL,
                           .help = "Holds for prompts that are a part of others." },
    [RISK_RULE_TIER] = { .name = "tier",
                         .label = "Tier",
                         .kind = FIELD_CHOICE,
                         .choices = risk_tier_words,
                         .flags = FIELD_NEEDED,
                         .help = "Who approves: oneself, the council, an executive." },
    [RISK_RULE_APPROVALS] = { .name = "approvals",
                              .label = "Approvals",
                              .kind = FIELD_INT,
                              .fallback = "1",
                              .min = 1,
                              .max = 20,
                              .help = "How many of them, other than the author." },
    [RISK_RULE_ESCALATE_DAYS] = { .name = "escalate_days",
                                  .label = "Escalates after days",
                                  .kind = FIELD_INT,
                                  .fallback = "14",
                                  .min = 1,
                                  .max = 365,
                                  .help = "Days in review after which executives are asked." },
};

static const char *const risk_rule_listed[] = { "label",   "surfaces_min", "touches",
                                                "shared",  "tier",         "approvals", NULL };

const struct record risk_rule_record = {
    .name = "risk_rule",
    .plural = "risk_rules",
    .prefix = "RISK",
    .label = "risk rule",
    .help =
        "When a change of a prompt needs whose approval: 'rondo risk-rule add --name ... --tier "
        "council'; the strictest rule that holds decides.",
    .field = risk_rule_fields,
    .field_count = sizeof risk_rule_fields / sizeof risk_rule_fields[0],
    .title = RISK_RULE_NAME,
    .listed = risk_rule_listed,
    .writers = ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

/* --- rules in force --- */

struct rule {
    text name, label; /* TEXT_NONE: every label */
    int64_t surfaces_min; /* 0: any number */
    const text *touches;
    size_t touch_count; /* 0: whatever it touches */
    bool is_shared;     /* asks for a shared part */
    enum risk_tier tier;
    int64_t approvals, escalate_days;
};

static const text touches_all[] = { { "safety", 6 }, { "money", 5 }, { "personal_data", 13 } };

/* "Tweak in test prompt = self-approve. Production = council. Cross-cutting = executive." */
static const struct rule built_in[] = {
    { .name = { "production prompt", 17 },
      .label = { "production", 10 },
      .tier = TIER_COUNCIL,
      .approvals = 1,
      .escalate_days = 14 },
    { .name = { "several surfaces", 16 },
      .label = { "production", 10 },
      .surfaces_min = 2,
      .tier = TIER_EXECUTIVE,
      .approvals = 1,
      .escalate_days = 14 },
    { .name = { "safety, money or personal data", 30 },
      .label = { "production", 10 },
      .touches = touches_all,
      .touch_count = 3,
      .tier = TIER_EXECUTIVE,
      .approvals = 1,
      .escalate_days = 14 },
    { .name = { "shared part", 11 },
      .label = { "production", 10 },
      .is_shared = true,
      .tier = TIER_EXECUTIVE,
      .approvals = 1,
      .escalate_days = 14 },
};
enum { BUILT_IN_COUNT = sizeof built_in / sizeof built_in[0] };

static enum risk_tier tier_of(text word)
{
    for (int tier = 0; tier < TIERS; tier++)
        if (text_is(word, risk_tier_words[tier]))
            return (enum risk_tier)tier;
    return TIER_EXECUTIVE;
}

static struct rule rule_of_row(const struct row *row)
{
    const struct value *value = row->value;
    return (struct rule){
        .name = value_as_text(value[RISK_RULE_NAME]),
        .label = value_as_text(value[RISK_RULE_LABEL]),
        .surfaces_min = value_as_int(value[RISK_RULE_SURFACES_MIN]),
        .touches = value[RISK_RULE_TOUCHES].kind == VALUE_TEXTS ? value[RISK_RULE_TOUCHES].texts
                                                                : NULL,
        .touch_count = value[RISK_RULE_TOUCHES].count,
        .is_shared = value_as_bool(value[RISK_RULE_SHARED]),
        .tier = tier_of(value_as_text(value[RISK_RULE_TIER])),
        .approvals = value_as_int(value[RISK_RULE_APPROVALS]),
        .escalate_days = value_as_int(value[RISK_RULE_ESCALATE_DAYS]),
    };
}

/* The stored rules, or the built-in ones. */
static bool read_rules(struct call *call, const struct rule **rule, size_t *count,
                       bool *is_built_in)
{
    struct query query;
    struct rows rows;
    query_init(&query, &risk_rule_record);
    if (!find_rows(call, &query, &rows))
        return false;
    *is_built_in = rows.count == 0;
    *rule = built_in;
    *count = BUILT_IN_COUNT;
    if (*is_built_in)
        return true;
    struct rule *stored = call_array(call, rows.count, sizeof *stored);
    for (size_t i = 0; stored && i < rows.count; i++)
        stored[i] = rule_of_row(&rows.row[i]);
    *rule = stored;
    *count = rows.count;
    return stored != NULL;
}

/* "production" is also "production/eu". */
static bool label_is_of(text label, text of)
{
    return text_equal(label, of) ||
           (text_starts(label, of) && label.size > of.size && label.at[of.size] == '/');
}

static bool touches_one(const struct rule *rule, const struct risk_ask *ask)
{
    for (size_t i = 0; i < rule->touch_count; i++)
        for (size_t j = 0; j < ask->touch_count; j++)
            if (text_equal(rule->touches[i], ask->touches[j]))
                return true;
    return false;
}

static bool rule_holds(const struct rule *rule, const struct risk_ask *ask)
{
    return (!rule->label.at || label_is_of(ask->label, rule->label)) &&
           (int64_t)ask->surfaces >= rule->surfaces_min &&
           (rule->touch_count == 0 || touches_one(rule, ask)) &&
           (!rule->is_shared || ask->is_shared);
}

static bool is_stricter(const struct rule *rule, const struct risk *risk)
{
    return rule->tier > risk->tier ||
           (rule->tier == risk->tier && rule->tier != TIER_SELF &&
            rule->approvals > risk->approvals);
}

bool risk_of(struct call *call, const struct risk_ask *ask, struct risk *risk)
{
    const struct rule *rule;
    size_t count;
    bool is_built_in;
    *risk = (struct risk){ .tier = TIER_SELF,
                           .escalate_days = 14,
                           .rule = TEXT("no rule asks for more") };
    if (!read_rules(call, &rule, &count, &is_built_in))
        return false;
    for (size_t i = 0; i < count; i++)
        if (rule_holds(&rule[i], ask) && is_stricter(&rule[i], risk))
            *risk = (struct risk){ rule[i].tier, rule[i].approvals, rule[i].escalate_days,
                                   rule[i].name };
    return true;
}

static bool holds_id(struct value list, rid id)
{
    for (size_t i = 0; i < list.count; i++)
        if (list.ids[i] == id)
            return true;
    return false;
}

struct risk_ask risk_ask_of(const struct row *prompt, text label, struct value surfaces)
{
    struct value own = prompt->value[PROMPT_SURFACES], touches = prompt->value[PROMPT_TOUCHES];
    struct risk_ask ask = { .label = label,
                            .surfaces = own.count,
                            .touches = touches.kind == VALUE_TEXTS ? touches.texts : NULL,
                            .touch_count = touches.count,
                            .is_shared = value_as_bool(prompt->value[PROMPT_SHARED]) };
    for (size_t i = 0; i < surfaces.count; i++)
        ask.surfaces += !holds_id(own, surfaces.ids[i]);
    return ask;
}

static void write_rule(const struct rule *rule, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "name", rule->name);
    json_put_text(writer, "label", rule->label);
    if (rule->surfaces_min)
        json_put_int(writer, "surfaces_min", rule->surfaces_min);
    else
        json_put_null(writer, "surfaces_min");
    json_key(writer, "touches");
    json_list(writer);
    for (size_t i = 0; i < rule->touch_count; i++)
        json_text(writer, rule->touches[i]);
    json_list_end(writer);
    json_put_bool(writer, "shared", rule->is_shared);
    json_put_string(writer, "tier", risk_tier_words[rule->tier]);
    json_put_int(writer, "approvals", rule->approvals);
    json_put_int(writer, "escalate_days", rule->escalate_days);
    json_object_end(writer);
}

bool risk_rules_write_json(struct call *call, struct json_writer *writer)
{
    const struct rule *rule;
    size_t count;
    bool is_built_in;
    if (!read_rules(call, &rule, &count, &is_built_in))
        return false;
    json_object(writer);
    json_put_bool(writer, "built_in", is_built_in);
    json_key(writer, "rules");
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        write_rule(&rule[i], writer);
    json_list_end(writer);
    json_object_end(writer);
    return true;
}
