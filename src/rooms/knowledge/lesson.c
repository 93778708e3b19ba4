/*
 * Room knowledge: the learning log. One thing that was learned of the market, the customer, users,
 * problems, challenges or blockers, with where it is known from; evidence links lead to what it
 * bears on.
 */
#include "rooms/knowledge/knowledge.h"

static const char *const topic_words[] = { "market",   "customer",   "users",
                                           "problems", "challenges", "blockers", NULL };

static const struct field lesson_fields[] = {
    [LESSON_TITLE] = { .name = "title",
                       .label = "Lesson",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_SEARCHED,
                       .help = "What was learned, in one sentence." },
    [LESSON_TOPIC] = { .name = "topic",
                       .label = "Topic",
                       .kind = FIELD_CHOICE,
                       .choices = topic_words,
                       .flags = FIELD_NEEDED | FIELD_INDEXED,
                       .help = "Of what." },
    [LESSON_SOURCE] = { .name = "source",
                        .label = "Source",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED | FIELD_SEARCHED,
                        .help = "Where it is known from: a person, a talk, an address." },
    [LESSON_BODY] = { .name = "body",
                      .label = "More",
                      .kind = FIELD_PROSE,
                      .flags = FIELD_SEARCHED,
                      .help = "What else is to be known." },
    [LESSON_TOPICS] = { .name = "topics",
                        .label = "Topics",
                        .kind = FIELD_TAGS,
                        .help = "What it is about, in words of the team." },
    [LESSON_AUTHOR] = { .name = "author",
                        .label = "Author",
                        .kind = FIELD_REF,
                        .refers = "person",
                        .flags = FIELD_COUNTED | FIELD_BY_NAME,
                        .help = "Who wrote it down." },
    [LESSON_TEAM] = { .name = "team",
                      .label = "Team",
                      .kind = FIELD_REF,
                      .refers = "team",
                      .flags = FIELD_BY_NAME,
                      .help = "Whose lesson it is; everybody reads it." },
};

static bool lesson_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before)
        after->value[LESSON_AUTHOR] = value_ref(call->actor.person);
    return true;
}

static const char *const lesson_listed[] = { "topic", "source", "author", "topics", NULL };

const struct record lesson_record = {
    .name = "lesson",
    .plural = "lessons",
    .prefix = "LES",
    .label = "lesson",
    .help = "One thing that was learned: 'rondo lesson add --title T --topic users --source S'.",
    .field = lesson_fields,
    .field_count = sizeof lesson_fields / sizeof lesson_fields[0],
    .title = LESSON_TITLE,
    .listed = lesson_listed,
    .settle = lesson_settle,
    .is_learned_from = true,
};
