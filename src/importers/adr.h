/*
 * Architecture decision records: one Markdown file (NNNN-title.md) to one neutral struct. The file
 * has a title `# N. Title`, dates and names as lines below it, a section `## Status`, and the
 * sections Context, Decision, Consequences; what is unknown is kept as it stood. Tolerant of what
 * other tools write: "ADR-7: Title", the status in front matter or as a line, Considered options,
 * "Supersedes [3](0003-x.md)". Knows no store: what a number means here is the caller's to say.
 */
#ifndef RONDO_ADR_H
#define RONDO_ADR_H

#include "base/call.h"

enum { ADR_BYTES_MAX = 1024 * 1024, ADR_LINKS_MAX = 64, ADR_NUMBER_MAX = 999999999 };

/* The words of states, ended by NULL: proposed, accepted, rejected, deprecated, superseded. */
extern const char *const adr_states[];

struct adr_links {
    int64_t number[ADR_LINKS_MAX];
    size_t count;
};

/* Texts are TEXT_NONE where the file has nothing to say. Days are days since 1970-01-01. */
struct adr {
    bool has_number, has_date, has_revisit, has_outcome_recorded;
    int64_t number, date, revisit, outcome_recorded;
    text title;
    const char *state; /* one of adr_states, or NULL */
    text owner;
    text context, options, decision, consequences, outcome;
    text more;         /* sections and lines that are none of these, with their headings */
    text front_matter; /* keys that are none of these, as they stood */
    struct adr_links supersedes, superseded_by;
};

/*
 * Reads one file. `name` is what it is called, with or without folders: its number counts where the
 * title has none. Fails with FAIL_INVALID or FAIL_TOO_LARGE, naming the file: not UTF-8, a NUL
 * byte, no title, a status or a date that is none. The texts live as long as the call.
 */
bool adr_read(struct call *call, text name, text bytes, struct adr *adr);

/* What a line of prose would be taken for a heading of: the level 1 or 2, else 0. */
int adr_heading(text line);

/*
 * Whether the line would be a heading, or is one behind backslashes: text that is written into a
 * section has one more backslash there, at `*at`, and reading takes one away.
 */
bool adr_escaped_heading(text line, size_t *at);

/* Follows fences of code line by line, from {0} on. True: the line is code, or a fence. */
struct adr_fence {
    char mark; /* 0: outside */
    size_t size;
};
bool adr_in_fence(struct adr_fence *fence, text line);

#endif
