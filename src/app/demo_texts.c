/* See demo_texts.h. In all words '@' stands for the thing that a case is about. */
#include "app/demo_texts.h"

enum { THINGS = 8 };

struct demo_text {
    const char *input, *expected, *output;
    const char *wrong[DEMO_FAILURES_MAX]; /* by failure */
};

struct demo_words {
    const char *thing[THINGS];
    struct demo_text of[DEMO_SLICES_MAX]; /* by slice */
    const char *passed, *failed[DEMO_FAILURES_MAX]; /* what the judge says */
};

static const struct demo_words words[DEMO_SURFACE_COUNT] = {
    { /* support-answers */
        .thing = { "headphones", "kettle", "desk lamp", "backpack", "rain jacket", "keyboard",
                   "coffee mill", "tent" },
        .of = {
            { "I bought the @ three weeks ago and never opened the box. Can I have my money back?",
              "Yes: unopened within 30 days. Return label from the order page, refund in 5 days.",
              "Yes. You can return the @ unopened within 30 days: print the return label on your "
              "order page, and the money is back 5 days after the parcel reaches us.",
              { "Sorry, no. You can return the @ unopened within 14 days only.",
                "Yes. You can return the @ unopened within 30 days.",
                "The @ comes in three colours, and all of them are in stock." } },
            { "I was charged twice for the @.",
              "One charge is a hold that lapses in 3 days; if both are booked, we pay one back.",
              "One of the two is a hold that lapses within 3 days. If both charges for the @ are "
              "booked after that, write to us and we pay one back at once.",
              { "Both charges for the @ are correct, and charges are not paid back.",
                "One of the two is a hold that lapses.",
                "You can pay for the @ by card, by transfer or by invoice." } },
            { "The parcel with my @ has not moved for four days.",
              "After 5 days without a scan we search for it; after 10 we send a new one.",
              "If the parcel is not scanned for 5 days we have the carrier search for it. After 10 "
              "days we send you a new @ at no cost.",
              { "If the parcel is not scanned for 5 days, please order the @ again.",
                "If the parcel is not scanned for 5 days we have the carrier search for it.",
                "The @ weighs less than a kilogram and ships in one parcel." } },
            { "I have a new e-mail address. Where do I change it? My order of the @ is under way.",
              "Account, Profile, E-mail; confirm by the link; open orders move along.",
              "Open Account, Profile, E-mail, and confirm by the link that we send you. Your order "
              "of the @ moves along.",
              { "The address cannot be changed while the order of the @ is under way.",
                "Open Account, Profile, E-mail. Your order of the @ moves along.",
                "Thank you for ordering the @! We hope that you enjoy it." } },
            { "My @ broke after 14 months. Is that covered?",
              "Yes: 24 months. Photo and order number by form; repair or replacement.",
              "Yes, it is covered for 24 months. Send a photo of the @ with the order number "
              "through the warranty form, and we repair or replace it.",
              { "No, the @ is covered for 12 months.",
                "Yes, it is covered for 24 months, and we repair or replace it.",
                "Here is how to clean the @: use a soft cloth and lukewarm water." } },
        },
        .passed = "Quotes the policy as it is and names every step.",
        .failed = { "States another rule than the policy.",
                    "Leaves out a step that the customer has to take.",
                    "Does not answer what was asked." },
    },
    { /* search-summaries */
        .thing = { "Oslo", "Lima", "Porto", "Kyoto", "Dublin", "Tallinn", "Basel", "Quito" },
        .of = {
            { "Summarise: what does a week in @ cost?",
              "Rooms from [1], meals from [2]; no total, the sources differ.",
              "A room in @ costs 90 to 140 a night [1], and a meal 12 to 25 [2]. The sources are "
              "of different years, so there is no total.",
              { "A room in @ costs 90 to 140 a night [1]. A week costs 1,100 in all.",
                "Ein Zimmer in @ kostet 90 bis 140 die Nacht [1], ein Essen 12 bis 25 [2].",
                "A room in @ costs 90 to 140 a night, and a meal 12 to 25." } },
            { "Fasse zusammen: Wie kommt man ohne Auto durch @?",
              "Tram nach [1], Leihräder nach [2], nachts nur Busse.",
              "In @ fährt die Tram alle 10 Minuten [1], Leihräder gibt es überall [2]. Nachts "
              "fahren nur Busse [1].",
              { "In @ fährt die Tram alle 10 Minuten, auch nachts [1].",
                "In @ a tram runs every 10 minutes [1], and bikes can be hired anywhere [2].",
                "In @ fährt die Tram alle 10 Minuten, Leihräder gibt es überall." } },
            { "Resume: ¿es segura el agua del grifo en @?",
              "Dos fuentes dicen que sí [1][2]; una pide hervirla en casas viejas [3].",
              "El agua del grifo en @ es segura [1][2]; en casas viejas se aconseja hervirla [3].",
              { "El agua del grifo en @ es segura en todas las casas [1][2].",
                "Tap water in @ is safe [1][2]; in old houses it is better to boil it [3].",
                "El agua del grifo en @ es segura; en casas viejas se aconseja hervirla." } },
            { "要約してください: @ の冬の気候",
              "気温は [1]、雪の日数は [2]。",
              "@ の冬は平均 3 度で [1]、雪は年に 12 日ほどです [2]。",
              { "@ の冬は平均 3 度で [1]、来年は暖かくなります。",
                "Winter in @ averages 3 degrees [1], with snow on some 12 days [2].",
                "@ の冬は平均 3 度で、雪は年に 12 日ほどです。" } },
        },
        .passed = "Every sentence stands in a source that is named, in the question's language.",
        .failed = { "Claims something that stands in no source.",
                    "Answers in another language than the question.",
                    "Names no source for what it says." },
    },
    { /* code-suggestions */
        .thing = { "orders", "users", "invoices", "events", "parcels", "visits", "tickets",
                   "drafts" },
        .of = {
            { "# Python\ndef latest(@):\n    \"\"\"The newest of them, or None.\"\"\"\n    ",
              "return max(@, key=lambda each: each.created, default=None)",
              "return max(@, key=lambda each: each.created, default=None)",
              { "return max(@, key=lambda each: each.created)",
                "return max(@, key=lambda each: each.created, default=None",
                "return max(@, key=lambda each: each.created_on, default=None)" } },
            { "// TypeScript\nfunction byId(@: Row[]): Map<string, Row> {\n    ",
              "return new Map(@.map((row) => [row.id, row]));",
              "return new Map(@.map((row) => [row.id, row]));",
              { "return new Map(@.map((row, i) => [String(i), row]));",
                "return new Map(@.map((row) => [row.id, row]);",
                "return new Map(@.map((row) => [row.key, row]));" } },
            { "// Go\nfunc count(@ []Row) (open int) {\n    ",
              "for _, row := range @ {\n        if row.Open {\n            open++\n        }\n"
              "    }\n    return",
              "for _, row := range @ {\n        if row.Open {\n            open++\n        }\n"
              "    }\n    return",
              { "for _, row := range @ {\n        if !row.Open {\n            open++\n        }\n"
                "    }\n    return",
                "for row := range @ {\n        if row.Open {\n            open++\n        }\n"
                "    }\n    return",
                "for _, row := range @ {\n        if row.IsOpen {\n            open++\n        }\n"
                "    }\n    return" } },
            { "-- the ten newest @\nSELECT ",
              "id, title FROM @ ORDER BY created DESC LIMIT 10",
              "id, title FROM @ ORDER BY created DESC LIMIT 10",
              { "id, title FROM @ ORDER BY created LIMIT 10",
                "TOP 10 id, title FROM @ ORDER BY created DESC",
                "id, name FROM @ ORDER BY created DESC LIMIT 10" } },
        },
        .passed = "All tests pass.",
        .failed = { "Compiles, and a test fails.", "Does not compile.",
                    "Uses a name that there is not." },
    },
    { /* document-extraction */
        .thing = { "Alder & Sons", "Brightwater", "Cobalt Works", "Dune Press", "Elmfield",
                   "Fjord Line", "Granite Bros", "Harbour Inn" },
        .of = {
            { "Invoice of @, dated 3 March 2026: net 1,200.00, VAT 240.00, total 1,440.00 EUR",
              "seller: @; date: 2026-03-03; total: 1440.00; currency: EUR",
              "seller: @; date: 2026-03-03; total: 1440.00; currency: EUR",
              { "seller: @; date: 2026-03-03; total: 1200.00; currency: EUR",
                "seller: @; date: 2026-03-03; total: 1440.00",
                "seller: @; date: 2026-03-30; total: 1440.00; currency: EUR" } },
            { "Contract with @, in force from 1 July 2026 for 24 months, 90 days' notice",
              "party: @; from: 2026-07-01; months: 24; notice_days: 90",
              "party: @; from: 2026-07-01; months: 24; notice_days: 90",
              { "party: @; from: 2026-07-01; months: 12; notice_days: 90",
                "party: @; from: 2026-07-01; months: 24",
                "party: @; from: 2026-01-07; months: 24; notice_days: 90" } },
            { "@, table 12, 04/11/2026 20:41, 2 x menu 28.50, service 5.70, sum 62.70",
              "seller: @; date: 2026-11-04; total: 62.70",
              "seller: @; date: 2026-11-04; total: 62.70",
              { "seller: @; date: 2026-11-04; total: 57.00", "seller: @; total: 62.70",
                "seller: @; date: 2026-04-11; total: 62.70" } },
            { "Form 7b. Employer: @. Days claimed: 4. Amount: 312.40. Signed 9 May 2026.",
              "employer: @; days: 4; amount: 312.40; signed: 2026-05-09",
              "employer: @; days: 4; amount: 312.40; signed: 2026-05-09",
              { "employer: @; days: 4; amount: 31.24; signed: 2026-05-09",
                "employer: @; days: 4; amount: 312.40",
                "employer: @; days: 4; amount: 312.40; signed: 2026-09-05" } },
        },
        .passed = "Every field is as expected.",
        .failed = { "An amount is not as expected.", "A field is missing.",
                    "A date is not as expected." },
    },
};

static text about(struct call *call, const char *template, const char *thing)
{
    struct out out;
    out_init(&out, call);
    for (text rest = text_of(template); rest.at;) {
        out_text(&out, text_cut(rest, '@', &rest));
        if (rest.at)
            out_string(&out, thing);
    }
    return out_view(&out);
}

static text reason_write(struct call *call, const char *reason)
{
    return call_format(call, "{\"reason\":\"%s\"}", reason);
}

bool demo_texts_fill(struct call *call, const struct demo_surface *surface, uint32_t number,
                     size_t failure, struct eval_line *line)
{
    const struct demo_words *of = &words[surface - demo_surfaces];
    const struct demo_text *said = &of->of[number % surface->slice_count];
    const char *thing = of->thing[number / surface->slice_count % THINGS];
    bool passed = line->verdict == EVAL_PASS, is_answered = line->verdict != EVAL_ERROR;
    line->input = about(call, said->input, thing);
    line->expected = about(call, said->expected, thing);
    line->output = TEXT_NONE;
    line->attributes = TEXT_NONE;
    if (is_answered) {
        line->output = about(call, passed ? said->output : said->wrong[failure], thing);
        line->attributes = reason_write(call, passed ? of->passed : of->failed[failure]);
    }
    return call->fail.kind == FAIL_NONE;
}
