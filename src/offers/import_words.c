/* See import_words.h. Long lists are cut; the JSON of the same report holds all of them. */
#include "offers/import_words.h"

#include "base/visible.h"

enum { SHOWN_MAX = 10 };

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static void write_names(struct out *out, const char *heading, const struct import_names *names)
{
    if (names->count == 0)
        return;
    out_format(out, "  %s (%zu): ", heading, names->count);
    for (size_t i = 0; i < names->count && i < SHOWN_MAX; i++) {
        out_string(out, i ? ", " : "");
        visible_write(out, names->name[i]);
    }
    if (names->count > SHOWN_MAX)
        out_format(out, " and %zu more", names->count - SHOWN_MAX);
    out_char(out, '\n');
}

static void write_refusals(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at) {
            out_string(out, "  refused: ");
            visible_write(out, report->file[i].refused);
            out_char(out, '\n');
        }
    for (size_t i = 0; i < report->refused_count; i++) {
        out_string(out, "  refused: ");
        visible_write(out, report->refused[i].run);
        out_string(out, ": ");
        visible_write(out, report->refused[i].reason);
        out_char(out, '\n');
    }
}

static void write_bad_lines(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->bad_count && i < SHOWN_MAX; i++) {
        out_string(out, "  quarantined: ");
        visible_write(out, report->bad[i].file);
        out_format(out, " line %lld: ", (long long)report->bad[i].line);
        visible_write(out, report->bad[i].reason);
        out_char(out, '\n');
    }
    if (report->bad_count > SHOWN_MAX)
        out_format(out, "  and %zu more in quarantine\n", report->bad_count - SHOWN_MAX);
    if (report->bad_count && !report->dry_run)
        out_string(out, "  see 'rondo quarantine list'; repair and read again with 'rondo "
                        "quarantine replay'\n");
}

static void write_notes(const struct import_report *report, struct out *out)
{
    for (size_t i = 0; i < report->note_count; i++) {
        out_string(out, "  note: ");
        visible_write(out, report->note[i].words);
        if (report->note[i].count > 1)
            out_format(out, " (%lld times)", (long long)report->note[i].count);
        out_char(out, '\n');
    }
}

/* What was read; a replay reads no files. */
static void write_head(const struct import_report *report, struct out *out)
{
    int64_t results = 0;
    for (size_t i = 0; i < report->file_count; i++)
        results += report->file[i].results;
    out_string(out, report->dry_run ? "Dry run, nothing is stored. " : "");
    if (report->file_count)
        out_format(out, "Read %lld result%s from %zu file%s", (long long)results, plural(results),
                   report->file_count, plural((int64_t)report->file_count));
    else
        out_format(out, "Read the quarantined lines again, %zu still cannot be taken in",
                   report->bad_count);
    out_format(out, ": %zu new run%s, %zu unchanged, %zu replaced, %zu refused.\n",
               report->new_runs.count, plural((int64_t)report->new_runs.count),
               report->unchanged.count, report->replaced.count, report->refused_count);
}

void import_words_write(const struct import_report *report, struct out *out)
{
    write_head(report, out);
    write_names(out, "new", &report->new_runs);
    write_names(out, "unchanged", &report->unchanged);
    write_names(out, "replaced", &report->replaced);
    write_refusals(report, out);
    write_bad_lines(report, out);
    write_notes(report, out);
}

text import_words_sentence(struct call *call, const struct import_report *report)
{
    struct out out;
    text rest;
    for (size_t i = 0; i < report->file_count; i++)
        if (report->file[i].refused.at)
            return report->file[i].refused;
    out_init(&out, call);
    import_words_write(report, &out);
    return text_cut(out_view(&out), '\n', &rest);
}
