/*
 * Room evals: the review of a refined model ("after integrating additional data"): what the
 * scientists found, what the systems and people around it asked, and a decision that only its named
 * owner makes, or whom the owner has delegated it to.
 */
#ifndef RONDO_MODEL_REVIEW_H
#define RONDO_MODEL_REVIEW_H

#include "catalog/record.h"

enum model_review_field {
    MODEL_REVIEW_TITLE,
    MODEL_REVIEW_SURFACE,
    MODEL_REVIEW_BASELINE,
    MODEL_REVIEW_CANDIDATE,
    MODEL_REVIEW_RESULTS,
    MODEL_REVIEW_DISCREPANCIES,
    MODEL_REVIEW_ADJUSTMENTS,
    MODEL_REVIEW_INTEGRATION,
    MODEL_REVIEW_QUESTIONS,
    MODEL_REVIEW_HELP,
    MODEL_REVIEW_OWNER,
    MODEL_REVIEW_DELEGATE,
    MODEL_REVIEW_DECISION,
    MODEL_REVIEW_STATE,
    MODEL_REVIEW_FIELDS,
};

extern const struct record model_review_record;

#endif
