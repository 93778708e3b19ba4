/* See dimensions.h. */
#include "engine/dimensions.h"

#include "base/out.h"

static const char *const labels[DIMENSIONS] = { "Data",       "AI",       "IT",
                                                "Governance", "Business", "People" };

/* Words in lower case, English and German; a star stands for any ending. */
static const char *const stems[DIMENSIONS][40] = {
    { "data",      "dataset*",   "daten*",  "database*",  "datenbank*", "pipeline*", "schema*",
      "label*",    "annotat*",   "etl",     "sql",        "warehouse*", "ingest*",   "backfill*",
      "dedup*",    "duplicate*", "column*", "spalte*",    "tabelle*",   "csv",       "parquet",
      "freshness", "lineage",    "corpus",  "stichprobe*" },
    { "ai",         "ki",        "llm*",      "model",     "models",     "modell*",   "prompt*",
      "eval",       "evals",     "hallucinat*", "halluzin*", "judge*",   "embedding*", "retrieval",
      "rag",        "finetun*",  "fine-tun*", "inference", "token",      "tokens",    "agent*",
      "classifier*", "benchmark*", "temperature", "guardrail*", "regression*", "flip", "flips",
      "machine-learning" },
    { "latency",    "latenz*",   "deploy*",  "outage*",   "ausfall*",  "server*",   "incident*",
      "störung*",   "infra*",    "kubernetes", "docker",  "ci",        "api",       "apis",
      "backend*",   "frontend*", "rollback*", "monitoring", "alert*",  "timeout*",  "migration*",
      "cloud",      "gpu*",      "release*", "bug*",      "uptime",    "network*",  "netzwerk*",
      "software",   "code" },
    { "compliance", "audit*",    "gdpr",     "dsgvo",     "policy",    "policies",  "richtlinie*",
      "risk*",      "risiko*",   "risiken",  "privacy",   "datenschutz*", "legal",  "regulat*",
      "regulier*",  "governance", "ethic*",  "ethik*",    "approval*", "freigabe*", "consent*",
      "einwilligung*", "licens*", "lizenz*", "bias",      "safety",    "security",  "sicherheit*" },
    { "customer*",  "kunde*",    "kundin*",  "revenue",   "umsatz*",   "roadmap*",  "launch*",
      "pricing",    "price*",    "preis*",   "market*",   "markt*",    "sales",     "vertrieb*",
      "budget*",    "cost",      "costs",    "kosten*",   "contract*", "vertrag*",  "churn",
      "stakeholder*", "partner*", "okr*",    "business",  "geschäft*", "user*",     "nutzer*" },
    { "hiring",     "hire*",     "onboarding", "1:1",     "feedback",  "team",      "teams",
      "people",     "mitarbeiter*", "kolleg*", "colleague*", "training*", "schulung*", "coach*",
      "mentor*",    "vacation*", "urlaub*",  "holiday*",  "interview*", "bewerb*",  "candidate*",
      "morale",     "stimmung",  "workload", "burnout",   "promotion*", "einstellung*", "retro*" },
};

const char *dimensions_label(int dimension)
{
    return labels[dimension];
}

/* Of a word: a letter, a digit, a byte beyond ASCII; a hyphen or colon inside. */
static bool is_of_word(text words, size_t at)
{
    unsigned char c = (unsigned char)words.at[at];
    bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    return is_letter || (c >= '0' && c <= '9') || c >= 0x80;
}

static size_t word_end(text words, size_t at)
{
    while (at < words.size &&
           (is_of_word(words, at) || ((words.at[at] == '-' || words.at[at] == ':') &&
                                      at + 1 < words.size && is_of_word(words, at + 1))))
        at++;
    return at;
}

/* ASCII letters, and the letters from A-grave to Thorn (C3 80 to C3 9E), in lower case. */
static unsigned char lower(text word, size_t at)
{
    unsigned char c = (unsigned char)word.at[at];
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    bool is_second = at > 0 && (unsigned char)word.at[at - 1] == 0xC3;
    return is_second && c >= 0x80 && c <= 0x9E && c != 0x97 ? (unsigned char)(c + 32) : c;
}

static bool is_stem(text word, const char *stem)
{
    size_t i = 0;
    for (; stem[i] && stem[i] != '*'; i++)
        if (i == word.size || lower(word, i) != (unsigned char)stem[i])
            return false;
    return stem[i] == '*' || i == word.size;
}

static bool is_about(text word, int dimension)
{
    for (const char *const *stem = stems[dimension]; *stem; stem++)
        if (is_stem(word, *stem))
            return true;
    return false;
}

/* Different words of one dimension, as they were written first; more than these add nothing. */
enum { WORDS_MAX = 8 };
struct spoken {
    text word[WORDS_MAX];
    int count;
};

static void speak(struct spoken *spoken, text word)
{
    for (int i = 0; i < spoken->count; i++)
        if (text_same_word(spoken->word[i], word))
            return;
    if (spoken->count < WORDS_MAX)
        spoken->word[spoken->count++] = word;
}

static void put_reason(struct out *out, int dimension, const struct spoken *spoken)
{
    out_format(out, "%s%s: ", out->size ? "; " : "", labels[dimension]);
    for (int i = 0; i < spoken->count; i++)
        out_format(out, "%s'%.*s'", i ? ", " : "", TEXT_FMT(text_until(spoken->word[i], 40)));
}

bool dimensions_suggest(struct call *call, text words, struct dimensions_hint *hint)
{
    struct spoken spoken[DIMENSIONS] = { 0 };
    struct out out;
    int most = 0;
    out_init(&out, call);
    *hint = (struct dimensions_hint){ .reason = TEXT("") };
    for (size_t at = 0; at < words.size;) {
        size_t end = is_of_word(words, at) ? word_end(words, at) : at + 1;
        for (int i = 0; i < DIMENSIONS && is_of_word(words, at); i++)
            if (is_about((text){ words.at + at, end - at }, i))
                speak(&spoken[i], (text){ words.at + at, end - at });
        at = end;
    }
    for (int i = 0; i < DIMENSIONS; i++)
        most = spoken[i].count > most ? spoken[i].count : most;
    for (int i = 0; most && i < DIMENSIONS; i++) {
        if (spoken[i].count < most)
            continue;
        hint->bits |= 1u << i;
        put_reason(&out, i, &spoken[i]);
    }
    if (hint->bits)
        hint->reason = call_text(call, out_view(&out));
    return call->fail.kind == FAIL_NONE;
}

struct dimensions_balance dimensions_balance(const double count[DIMENSIONS])
{
    struct dimensions_balance balance = { .is_known = false };
    double technical = 0, operational = 0;
    for (int i = 0; i < DIMENSIONS; i++)
        *(i < DIMENSIONS_TECHNICAL ? &technical : &operational) += count[i];
    double whole = technical + operational;
    balance.is_known = whole > 0;
    if (!balance.is_known)
        return balance;
    for (int i = 0; i < DIMENSIONS; i++)
        balance.share[i] = count[i] / whole;
    balance.technical = technical / whole;
    balance.operational = operational / whole;
    return balance;
}
