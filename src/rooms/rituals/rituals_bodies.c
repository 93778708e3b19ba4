/*
 * What the verbs of an occurrence take, as the OpenAPI page says it. The handlers refuse what does
 * not stand here; a test of the API holds the two together.
 */
#include "rooms/rituals/occurrence_doors.h"

/* An object of these properties and of nothing else. */
#define BODY(description, properties, needed)                                                      \
    "{\"type\":\"object\",\"description\":\"" description "\",\"properties\":{" properties         \
    "},\"required\":[" needed "],\"additionalProperties\":false}"
#define TEXT_OF(name, description)                                                                 \
    "\"" name "\":{\"type\":\"string\",\"description\":\"" description "\"}"
#define TEXT_OR_NULL(name, description)                                                            \
    "\"" name "\":{\"type\":[\"string\",\"null\"],\"description\":\"" description "\"}"
#define FLAG(name, fallback, description)                                                          \
    "\"" name "\":{\"type\":\"boolean\",\"default\":" fallback ",\"description\":\"" description   \
    "\"}"
#define TEXTS(name, description)                                                                   \
    "\"" name                                                                                      \
    "\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},"                                     \
    "\"description\":\"" description "\"}"
#define NEEDED(name) "\"" name "\""

const struct room_schema rituals_schemas[] = {
    { "occurrence_opening", BODY("Nothing is asked for.", "", "") },
    { "occurrence_closing",
      BODY("How it ends.",
           FLAG("incomplete", "false", "Close although something is missing; needs a reason.") ","
           TEXT_OR_NULL("reason", "Why it is closed incomplete."),
           "") },
    { "occurrence_reason",
      BODY("A decision not to hold it.", TEXT_OF("reason", "Why; it is told in the week."),
           NEEDED("reason")) },
    { "occurrence_moving",
      BODY("When it is held instead.",
           TEXT_OF("to", "An instant, or without a zone the time where the ritual is: "
                         "2026-11-24T10:00."),
           NEEDED("to")) },
    { "occurrence_item",
      BODY("Something to talk about.",
           TEXT_OF("title", "What to talk about.") ","
           TEXT_OR_NULL("why", "Why it is here.") ","
           TEXT_OR_NULL("owner", "Who brings it up: a name or an id.") ","
           TEXT_OR_NULL("about", "The public id of the row that it is about."),
           NEEDED("title")) },
    { "occurrence_preparation",
      BODY("A piece of preparation.",
           TEXT_OF("preparation", "Which one: its id.") ","
           FLAG("done", "true", "False takes the tick away."),
           NEEDED("preparation")) },
    { "occurrence_attendance",
      BODY("Who is there.",
           TEXT_OR_NULL("person", "A name or an id; without one whoever asks.") ","
           FLAG("there", "true", "False: is not there after all."),
           "") },
    { "occurrence_saying",
      BODY("What was said.", TEXT_OF("text", "The note; whoever asks is its author."),
           NEEDED("text")) },
    { "occurrence_outcome",
      BODY("What comes out of it: a new row of 'record' with these 'values', or a 'row' that is "
           "there.",
           TEXT_OR_NULL("record", "Such as action, decision or document.") ","
           "\"values\":{\"type\":\"object\",\"description\":\"The fields of the new row.\"},"
           TEXT_OR_NULL("row", "The public id of a row that is there."),
           "") },
    { "ritual_installation",
      BODY("Which pack, and whose its rituals are.",
           TEXT_OF("pack", "Its name, such as ai-week.") ","
           TEXT_OR_NULL("team", "A name or an id; without one the only team, or the workspace.") ","
           TEXT_OR_NULL("starts", "Rules count from the week of this day; else from this week."),
           NEEDED("pack")) },
    { "ritual_cloning",
      BODY("Which rituals, and for whom they are held as well.",
           TEXTS("rituals", "Names or ids; or all of 'from_team'.") ","
           TEXT_OR_NULL("from_team", "All rituals of this team that are held.") ","
           TEXT_OR_NULL("to_team", "Whose the clones are; else the original's.") ","
           TEXT_OR_NULL("surface", "The surface that the clones are about.") ","
           TEXT_OR_NULL("name_suffix", "Stands at the end of each name; else the surface."),
           "") },
    { "ritual_offer_parts",
      BODY("Which parts are decided on.",
           TEXTS("parts", "Such as rule or steps; without any, all that are offered."), "") },
    { 0 },
};
