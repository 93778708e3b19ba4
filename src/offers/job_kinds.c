/* See job_kinds.h. What a request has checked is checked again: the job runs later. */
#include "offers/job_kinds.h"

#include "ledger/audit.h"
#include "offers/import_options.h"
#include "offers/import_words.h"
#include "offers/quarantine.h"

enum { RETRIES_MAX = 5, SEAL_SECONDS = 5 };

static bool leave_report(struct call *call, struct job_run *run, const struct import_report *report)
{
    run->is_refused = import_report_exit(report) == 2;
    run->sentence = import_words_sentence(call, report);
    run->result = import_report_json(call, report);
    return run->sentence.at && run->result.at;
}

/* A run with equal content is left as it is: so an import that was cut off just begins again. */
static bool run_import(struct call *call, struct job_run *run)
{
    struct import_options options;
    struct import_report report;
    text name = import_name_of_job(call, run->options);
    return name.at && import_options_of_job(call, run->options, &options, NULL) &&
           import_bytes(call, run->kind->context, name, run->input, &options, &report) &&
           leave_report(call, run, &report);
}

static bool run_replay(struct call *call, struct job_run *run)
{
    struct import_options options;
    struct import_report report;
    int64_t line = 0;
    return import_options_of_job(call, run->options, &options, &line) &&
           quarantine_replay(call, run->kind->context, line, run->input, &options, &report) &&
           leave_report(call, run, &report);
}

static bool seal_is_due(struct call *call, bool *is_due)
{
    bool is_sealed;
    if (!audit_is_sealed(call, &is_sealed))
        return false;
    *is_due = !is_sealed;
    return true;
}

static bool run_seal(struct call *call, struct job_run *run)
{
    (void)run;
    return audit_seal(call);
}

static const struct job_kind kinds[] = {
    { .name = "import", .label = "Import", .run = run_import, .retries_max = RETRIES_MAX },
    { .name = "replay", .label = "Replay", .run = run_replay, .retries_max = RETRIES_MAX },
    { .name = "seal",
      .label = "Seal the audit",
      .run = run_seal,
      .is_due = seal_is_due,
      .period_seconds = SEAL_SECONDS },
    { 0 },
};

const struct job_kind *job_kinds(struct call *call, const struct importer *const *importers)
{
    struct job_kind *list = call_take(call, sizeof kinds);
    if (!list)
        return NULL;
    memcpy(list, kinds, sizeof kinds);
    for (size_t i = 0; list[i].name; i++)
        list[i].context = importers;
    return list;
}
