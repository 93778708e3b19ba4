/* See prompts_bodies.h. The handlers refuse what does not stand here. */
#include "rooms/prompts/prompts_bodies.h"

/* An object of these properties and of nothing else. */
#define BODY(properties, needed)                                                                   \
    "{\"type\":\"object\",\"properties\":{" properties "},\"required\":[" needed                   \
    "],\"additionalProperties\":false}"
#define PROPERTY(name, schema) "\"" name "\":{" schema "}"
#define TEXT_OF(name) PROPERTY(name, "\"type\":\"string\"")
#define DAY_OF(name) PROPERTY(name, "\"type\":\"string\",\"format\":\"date\"")
#define VERSION_OF(name) PROPERTY(name, "\"type\":[\"integer\",\"string\"]")

const struct room_schema prompts_schemas[] = {
    { "council_word", BODY(TEXT_OF("note") "," DAY_OF("until"), "") },
    { "gate_question",
      BODY(TEXT_OF("baseline") "," TEXT_OF("candidate") "," TEXT_OF("run") ","
           TEXT_OF("surface") "," TEXT_OF("change") ","
           PROPERTY("file", "\"type\":\"object\",\"properties\":{" TEXT_OF("name") ","
                            TEXT_OF("content") "}") ","
           PROPERTY("policy", "\"type\":\"object\""), "\"baseline\"") },
    { "label_move",
      BODY(TEXT_OF("label") "," VERSION_OF("version") "," VERSION_OF("from_version") ","
           TEXT_OF("change") "," TEXT_OF("reason"), "\"version\"") },
    { "label_rollback",
      BODY(TEXT_OF("label") "," VERSION_OF("version") "," VERSION_OF("from_version") ","
           PROPERTY("noticed", "\"type\":\"string\",\"format\":\"date-time\"") ","
           TEXT_OF("reason"), "\"reason\"") },
    { "prompt_content",
      BODY(TEXT_OF("message") "," TEXT_OF("text") ","
           PROPERTY("messages", "\"type\":\"array\"") "," TEXT_OF("model") ","
           PROPERTY("parameters", "\"type\":\"object\"") ","
           PROPERTY("tools", "\"type\":\"array\"") "," TEXT_OF("source"), "\"message\"") },
    { "prompt_filling",
      BODY(TEXT_OF("label") ","
           PROPERTY("variables", "\"type\":\"object\",\"additionalProperties\":{\"type\":"
                                 "\"string\"}"), "") },
    { "drill_start",
      BODY(TEXT_OF("scenario") "," TEXT_OF("label") "," TEXT_OF("plan") ","
           PROPERTY("target_seconds", "\"type\":\"integer\",\"minimum\":1"), "\"scenario\"") },
    { "drill_postponement",
      BODY(TEXT_OF("reason") "," DAY_OF("until"), "\"reason\",\"until\"") },
    { "prompt_report",
      BODY(TEXT_OF("label") ","
           PROPERTY("content_hash", "\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"") ","
           TEXT_OF("application"), "\"content_hash\",\"application\"") },
    { 0 },
};
