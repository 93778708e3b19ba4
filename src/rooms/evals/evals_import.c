/*
 * Room evals: its importers. A format pushes lines into drafts, drafts are settled and stored: the
 * same road for a dry run and a real one.
 */
#include "rooms/evals/evals_import.h"

#include "base/source.h"
#include "ledger/change.h"
#include "rooms/evals/evals.h"

/* A suite's own threshold, for lines with a score and no verdict; asked for once. */
static bool threshold_of_suite(struct call *call, void *to, text name, double *threshold)
{
    struct drafts *drafts = to;
    struct row row;
    call_swap_memory(call, &drafts->memory);
    struct draft_suite *suite = drafts_suite(call, drafts, name);
    call_swap_memory(call, &drafts->memory);
    if (!suite)
        return false;
    if (!suite->is_asked) {
        suite->is_asked = true;
        bool is_known = find_suite(call, name, &row);
        suite->has_threshold = is_known && !value_is_null(row.value[SUITE_THRESHOLD]);
        suite->threshold = is_known ? value_as_real(row.value[SUITE_THRESHOLD]) : 0;
    }
    *threshold = suite->threshold;
    return suite->has_threshold;
}

struct eval_read_options import_reading(struct drafts *drafts)
{
    const struct import_options *options = drafts->options;
    return (struct eval_read_options){
        .suite = options->suite,
        .surface = options->surface,
        .run = options->run,
        .started_at = options->started_at,
        .zone = options->zone,
        .map = options->map,
        .has_threshold = options->has_threshold,
        .threshold = options->threshold,
        .threshold_metric = options->threshold_metric,
        .threshold_of = threshold_of_suite,
        .threshold_to = drafts,
        .delimiter = options->delimiter,
    };
}

bool import_settle(struct call *call, struct drafts *drafts,
                   const struct draft_evidence *evidence)
{
    uint32_t **order, *row_count;
    return drafts_settle(call, drafts, &order, &row_count) && change_resume(call) &&
           drafts_store(call, drafts, order, row_count, evidence);
}

static bool source_evidence(struct call *call, const struct source *source,
                            struct draft_evidence *evidence)
{
    char hexadecimal[HASH_TEXT_SIZE];
    const struct source_facts *facts = source_facts(source);
    const char *slash = strrchr(facts->name, '/');
    hash_write(&facts->sha256, hexadecimal);
    evidence->file = call_text(call, text_of(slash ? slash + 1 : facts->name));
    evidence->sha256 = call_text(call, text_of(hexadecimal));
    return evidence->file.at && evidence->sha256.at;
}

static bool import_read(struct call *call, const struct importer *importer, struct source *source,
                        const struct import_options *options, struct import_report *report)
{
    const struct eval_format *format = importer->context;
    struct draft_evidence evidence;
    struct drafts drafts;
    text file = text_of(source_facts(source)->name);
    drafts_init(call, &drafts, importer, options, report, file);
    change_pause(call); /* others may write while the file is read */
    const struct eval_read_options reading = import_reading(&drafts);
    struct eval_sink sink = drafts_sink(&drafts);
    bool done =
        format->read(call, source, &reading, &sink) && source_evidence(call, source, &evidence);
    drafts.is_damaged = source_facts(source)->is_damaged;
    done = done && import_settle(call, &drafts, &evidence);
    done = change_resume(call) && done; /* a refused file is followed by others */
    if (done) {
        struct import_file *entry = &report->file[report->file_count - 1];
        entry->lines = source_facts(source)->line;
        entry->results = drafts.results;
    }
    drafts_release(&drafts);
    return done;
}

const struct importer *evals_importers(struct call *call)
{
    size_t count = 0;
    while (eval_formats[count].name)
        count++;
    struct importer *importer = call_array(call, count + 1, sizeof *importer);
    for (size_t i = 0; importer && i < count; i++) {
        const struct eval_format *format = &eval_formats[i];
        importer[i] = (struct importer){ .name = format->name,
                                         .label = format->label,
                                         .recognise = format->recognise,
                                         .read = import_read,
                                         .replay = evals_replay,
                                         .context = format };
    }
    return importer;
}
