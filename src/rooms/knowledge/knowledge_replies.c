/*
 * What knowledge answers that is no record, for the OpenAPI page; as decision_import.c and
 * silo_report.c write it.
 */
#include "offers/reply_keys.h"
#include "rooms/knowledge/knowledge.h"

static const char *const import_results[] = { "made", "changed", "unchanged" };

static const struct reply_key item_keys[] = {
    TEXT_ALWAYS("file", NULL),
    TEXT_OR_NULL("decision", "Its id."),
    COUNT("number", "As the file calls it."),
    REPLY_CHOICE("result", 0, NULL, import_results),
    { 0 },
};

static const struct reply_key import_keys[] = {
    COUNT_OR_NULL("change", "What undo takes back; null: nothing changed."),
    REPLY_INSIDE("items", REPLY_LIST, NULL, item_keys),
    TEXTS("notes", NULL),
    { 0 },
};

static const struct reply_key topic_keys[] = {
    TEXT_ALWAYS("topic", NULL),
    TEXTS("people", "Who wrote about it."),
    FLAG("alone", "One person alone did."),
    TEXT_OR_NULL("suggestion", "Null: several did."),
    { 0 },
};

static const struct reply_key ownerless_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_OR_NULL("title", NULL),
    { 0 },
};

static const struct reply_key silos_keys[] = {
    REPLY_INSIDE("topics", REPLY_LIST, NULL, topic_keys),
    REPLY_INSIDE("pages_without_owner", REPLY_LIST, NULL, ownerless_keys),
    TEXTS("silent_teams", "Those that never wrote."),
    { 0 },
};

const struct reply_schema knowledge_replies[] = {
    { .name = "decisions_imported", .help = "What became of a file.", .keys = import_keys },
    { .name = "silos", .help = "Who knows what alone.", .keys = silos_keys },
    { 0 },
};
