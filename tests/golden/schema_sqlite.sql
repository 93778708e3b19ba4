CREATE TABLE IF NOT EXISTS "rituals" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "team" INTEGER,
    "purpose" TEXT,
    "rule" TEXT,
    "starts" INTEGER,
    "at" TEXT,
    "minutes" INTEGER,
    "zone" TEXT,
    "owner" INTEGER,
    "condition" TEXT,
    "on_holidays" INTEGER,
    "hour_rate" REAL,
    "state" TEXT,
    "reason" TEXT,
    "replacement" INTEGER,
    "review_date" INTEGER,
    "rested_by" INTEGER,
    "rested" INTEGER,
    "template" TEXT,
    "surface" INTEGER,
    "clone_of" INTEGER,
    "clone_base" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "rituals_by_change" ON "rituals" ("change");
CREATE INDEX IF NOT EXISTS "rituals_by_team" ON "rituals" ("team");
CREATE INDEX IF NOT EXISTS "rituals_by_owner" ON "rituals" ("owner");
CREATE INDEX IF NOT EXISTS "rituals_by_replacement" ON "rituals" ("replacement");
CREATE INDEX IF NOT EXISTS "rituals_by_rested_by" ON "rituals" ("rested_by");
CREATE INDEX IF NOT EXISTS "rituals_by_template" ON "rituals" ("template");
CREATE INDEX IF NOT EXISTS "rituals_by_surface" ON "rituals" ("surface");
CREATE INDEX IF NOT EXISTS "rituals_by_clone_of" ON "rituals" ("clone_of");
CREATE UNIQUE INDEX IF NOT EXISTS "rituals_by_name_team" ON "rituals" ("name", "team") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "ritual_attendees" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_attendees_by_target" ON "ritual_attendees" ("target");
CREATE TABLE IF NOT EXISTS "ritual_not_after" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_not_after_by_target" ON "ritual_not_after" ("target");
CREATE TABLE IF NOT EXISTS "ritual_steps" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "ritual" INTEGER,
    "name" TEXT,
    "minutes" INTEGER,
    "place" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_steps_by_change" ON "ritual_steps" ("change");
CREATE INDEX IF NOT EXISTS "ritual_steps_by_ritual" ON "ritual_steps" ("ritual");
CREATE TABLE IF NOT EXISTS "ritual_artifacts" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "ritual" INTEGER,
    "kind" TEXT,
    "least" INTEGER,
    "most" INTEGER,
    "or_reason" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_artifacts_by_change" ON "ritual_artifacts" ("change");
CREATE INDEX IF NOT EXISTS "ritual_artifacts_by_ritual" ON "ritual_artifacts" ("ritual");
CREATE UNIQUE INDEX IF NOT EXISTS "ritual_artifacts_by_ritual_kind" ON "ritual_artifacts" ("ritual", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "ritual_preparations" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "ritual" INTEGER,
    "task" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_preparations_by_change" ON "ritual_preparations" ("change");
CREATE INDEX IF NOT EXISTS "ritual_preparations_by_ritual" ON "ritual_preparations" ("ritual");
CREATE TABLE IF NOT EXISTS "ritual_roles" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "ritual" INTEGER,
    "name" TEXT,
    "person" INTEGER,
    "rotates" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "ritual_roles_by_change" ON "ritual_roles" ("change");
CREATE INDEX IF NOT EXISTS "ritual_roles_by_ritual" ON "ritual_roles" ("ritual");
CREATE INDEX IF NOT EXISTS "ritual_roles_by_person" ON "ritual_roles" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "ritual_roles_by_ritual_name" ON "ritual_roles" ("ritual", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrences" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "ritual" INTEGER,
    "day" INTEGER,
    "state" TEXT,
    "moved_to" INTEGER,
    "started" INTEGER,
    "ended" INTEGER,
    "facilitator" INTEGER,
    "paragraph" TEXT,
    "reason" TEXT,
    "settled_by" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "occurrences_by_change" ON "occurrences" ("change");
CREATE INDEX IF NOT EXISTS "occurrences_by_ritual" ON "occurrences" ("ritual");
CREATE INDEX IF NOT EXISTS "occurrences_by_day" ON "occurrences" ("day");
CREATE INDEX IF NOT EXISTS "occurrences_by_moved_to" ON "occurrences" ("moved_to");
CREATE INDEX IF NOT EXISTS "occurrences_by_facilitator" ON "occurrences" ("facilitator");
CREATE INDEX IF NOT EXISTS "occurrences_by_settled_by" ON "occurrences" ("settled_by");
CREATE UNIQUE INDEX IF NOT EXISTS "occurrences_by_ritual_day" ON "occurrences" ("ritual", "day") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrence_attendees" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "occurrence_attendees_by_target" ON "occurrence_attendees" ("target");
CREATE TABLE IF NOT EXISTS "occurrence_prepared" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "occurrence_prepared_by_target" ON "occurrence_prepared" ("target");
CREATE TABLE IF NOT EXISTS "occurrence_steps" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "occurrence" INTEGER,
    "name" TEXT,
    "minutes" INTEGER,
    "place" INTEGER,
    "started" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "occurrence_steps_by_change" ON "occurrence_steps" ("change");
CREATE INDEX IF NOT EXISTS "occurrence_steps_by_occurrence" ON "occurrence_steps" ("occurrence");
CREATE TABLE IF NOT EXISTS "agenda_items" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "occurrence" INTEGER,
    "title" TEXT,
    "why" TEXT,
    "state" TEXT,
    "owner" INTEGER,
    "about" TEXT,
    "source" TEXT,
    "carried" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "agenda_items_by_change" ON "agenda_items" ("change");
CREATE INDEX IF NOT EXISTS "agenda_items_by_occurrence" ON "agenda_items" ("occurrence");
CREATE INDEX IF NOT EXISTS "agenda_items_by_owner" ON "agenda_items" ("owner");
CREATE INDEX IF NOT EXISTS "agenda_items_by_owner_created" ON "agenda_items" ("owner", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrence_notes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "occurrence" INTEGER,
    "text" TEXT,
    "author" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_change" ON "occurrence_notes" ("change");
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_occurrence" ON "occurrence_notes" ("occurrence");
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_author" ON "occurrence_notes" ("author");
CREATE TABLE IF NOT EXISTS "artifact_reasons" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "occurrence" INTEGER,
    "kind" TEXT,
    "reason" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "artifact_reasons_by_change" ON "artifact_reasons" ("change");
CREATE INDEX IF NOT EXISTS "artifact_reasons_by_occurrence" ON "artifact_reasons" ("occurrence");
CREATE UNIQUE INDEX IF NOT EXISTS "artifact_reasons_by_occurrence_kind" ON "artifact_reasons" ("occurrence", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "minutes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "occurrence" INTEGER,
    "day" INTEGER,
    "body" TEXT,
    "hash" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "minutes_by_change" ON "minutes" ("change");
CREATE INDEX IF NOT EXISTS "minutes_by_occurrence" ON "minutes" ("occurrence");
CREATE INDEX IF NOT EXISTS "minutes_by_day" ON "minutes" ("day");
CREATE TABLE IF NOT EXISTS "documents" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "kind" TEXT,
    "body" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "documents_by_change" ON "documents" ("change");
CREATE INDEX IF NOT EXISTS "documents_by_kind" ON "documents" ("kind");
CREATE TABLE IF NOT EXISTS "suites" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "nulls" TEXT,
    "trial_rule" TEXT,
    "keeps_texts" INTEGER,
    "threshold_metric" TEXT,
    "threshold" REAL,
    "effect_floor" REAL
) STRICT;
CREATE INDEX IF NOT EXISTS "suites_by_change" ON "suites" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "suites_by_name" ON "suites" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "surfaces" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "suite" INTEGER,
    "team" INTEGER,
    "owner" INTEGER,
    "metric" TEXT,
    "direction" TEXT,
    "floor" REAL
) STRICT;
CREATE INDEX IF NOT EXISTS "surfaces_by_change" ON "surfaces" ("change");
CREATE INDEX IF NOT EXISTS "surfaces_by_suite" ON "surfaces" ("suite");
CREATE INDEX IF NOT EXISTS "surfaces_by_team" ON "surfaces" ("team");
CREATE INDEX IF NOT EXISTS "surfaces_by_owner" ON "surfaces" ("owner");
CREATE UNIQUE INDEX IF NOT EXISTS "surfaces_by_suite_name" ON "surfaces" ("suite", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_cases" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "suite" INTEGER,
    "number" INTEGER,
    "key" TEXT,
    "key_kind" TEXT,
    "input_hash" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "eval_cases_by_change" ON "eval_cases" ("change");
CREATE INDEX IF NOT EXISTS "eval_cases_by_suite" ON "eval_cases" ("suite");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_cases_by_suite_key" ON "eval_cases" ("suite", "key") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "eval_cases_by_suite_number" ON "eval_cases" ("suite", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_runs" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "run" TEXT,
    "surface" INTEGER,
    "suite" INTEGER,
    "started_at" INTEGER,
    "started_zone" TEXT,
    "status" TEXT,
    "model" TEXT,
    "model_served" TEXT,
    "agent" TEXT,
    "prompt" TEXT,
    "prompt_version" TEXT,
    "dataset_version" TEXT,
    "judge" TEXT,
    "harness_version" TEXT,
    "git_commit" TEXT,
    "parameters" TEXT,
    "dataset_cases" INTEGER,
    "cases" INTEGER,
    "results" INTEGER,
    "passed" INTEGER,
    "failed" INTEGER,
    "errors" INTEGER,
    "unscored" INTEGER,
    "skipped" INTEGER,
    "scored" INTEGER,
    "mean_score" REAL,
    "content" INTEGER,
    "content_hash" TEXT,
    "file" TEXT,
    "file_sha256" TEXT,
    "same_as" INTEGER,
    "is_rerun" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "eval_runs_by_change" ON "eval_runs" ("change");
CREATE INDEX IF NOT EXISTS "eval_runs_by_surface" ON "eval_runs" ("surface");
CREATE INDEX IF NOT EXISTS "eval_runs_by_suite" ON "eval_runs" ("suite");
CREATE INDEX IF NOT EXISTS "eval_runs_by_started_at" ON "eval_runs" ("started_at");
CREATE INDEX IF NOT EXISTS "eval_runs_by_same_as" ON "eval_runs" ("same_as");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_runs_by_surface_run" ON "eval_runs" ("surface", "run") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "eval_runs_by_surface_started_at" ON "eval_runs" ("surface", "started_at") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_reviews" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "week" TEXT,
    "day" INTEGER,
    "summary" TEXT,
    "frozen" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "eval_reviews_by_change" ON "eval_reviews" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_reviews_by_week" ON "eval_reviews" ("week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "comparison_overrides" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "reason" TEXT,
    "surface" INTEGER,
    "week" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_change" ON "comparison_overrides" ("change");
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_surface" ON "comparison_overrides" ("surface");
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_week" ON "comparison_overrides" ("week");
CREATE UNIQUE INDEX IF NOT EXISTS "comparison_overrides_by_surface_week" ON "comparison_overrides" ("surface", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "human_verdicts" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "run" INTEGER,
    "case" INTEGER,
    "person" INTEGER,
    "verdict" TEXT,
    "reason" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "human_verdicts_by_change" ON "human_verdicts" ("change");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_run" ON "human_verdicts" ("run");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_case" ON "human_verdicts" ("case");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_person" ON "human_verdicts" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "human_verdicts_by_run_case_person" ON "human_verdicts" ("run", "case", "person") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "model_reviews" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "surface" INTEGER,
    "baseline" INTEGER,
    "candidate" INTEGER,
    "results" TEXT,
    "discrepancies" TEXT,
    "adjustments" TEXT,
    "integration_issues" TEXT,
    "questions" TEXT,
    "help_needed" TEXT,
    "decision_owner" INTEGER,
    "delegate" INTEGER,
    "decision" TEXT,
    "state" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "model_reviews_by_change" ON "model_reviews" ("change");
CREATE INDEX IF NOT EXISTS "model_reviews_by_surface" ON "model_reviews" ("surface");
CREATE INDEX IF NOT EXISTS "model_reviews_by_baseline" ON "model_reviews" ("baseline");
CREATE INDEX IF NOT EXISTS "model_reviews_by_candidate" ON "model_reviews" ("candidate");
CREATE INDEX IF NOT EXISTS "model_reviews_by_decision_owner" ON "model_reviews" ("decision_owner");
CREATE INDEX IF NOT EXISTS "model_reviews_by_delegate" ON "model_reviews" ("delegate");
CREATE TABLE IF NOT EXISTS "change_events" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "kind" TEXT,
    "from" TEXT,
    "to" TEXT,
    "effective_at" INTEGER,
    "slice" TEXT,
    "source" TEXT,
    "url" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "change_events_by_change" ON "change_events" ("change");
CREATE INDEX IF NOT EXISTS "change_events_by_effective_at" ON "change_events" ("effective_at");
CREATE TABLE IF NOT EXISTS "change_event_surfaces" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "change_event_surfaces_by_target" ON "change_event_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "change_event_cases" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "change_event_cases_by_target" ON "change_event_cases" ("target");
CREATE TABLE IF NOT EXISTS "model_aliases" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "alias" TEXT,
    "model" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "model_aliases_by_change" ON "model_aliases" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "model_aliases_by_alias" ON "model_aliases" ("alias") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "confirmed_causes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "note" TEXT,
    "surface" INTEGER,
    "week" TEXT,
    "kind" TEXT,
    "event" INTEGER,
    "person" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_change" ON "confirmed_causes" ("change");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_surface" ON "confirmed_causes" ("surface");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_week" ON "confirmed_causes" ("week");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_event" ON "confirmed_causes" ("event");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_person" ON "confirmed_causes" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "confirmed_causes_by_surface_week" ON "confirmed_causes" ("surface", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompts" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "kind" TEXT,
    "owner" INTEGER,
    "team" INTEGER,
    "shared" INTEGER,
    "description" TEXT,
    "drill_months" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "prompts_by_change" ON "prompts" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "prompts_by_name" ON "prompts" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "prompts_by_owner" ON "prompts" ("owner");
CREATE INDEX IF NOT EXISTS "prompts_by_team" ON "prompts" ("team");
CREATE TABLE IF NOT EXISTS "prompt_surfaces" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_surfaces_by_target" ON "prompt_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "prompt_versions" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt" INTEGER,
    "number" INTEGER,
    "message" TEXT,
    "text" TEXT,
    "messages" TEXT,
    "model" TEXT,
    "parameters" TEXT,
    "tools" TEXT,
    "content_hash" TEXT,
    "author" INTEGER,
    "made_at" INTEGER,
    "source" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_versions_by_change" ON "prompt_versions" ("change");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_prompt" ON "prompt_versions" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_model" ON "prompt_versions" ("model");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_content_hash" ON "prompt_versions" ("content_hash");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_author" ON "prompt_versions" ("author");
CREATE UNIQUE INDEX IF NOT EXISTS "prompt_versions_by_prompt_number" ON "prompt_versions" ("prompt", "number") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "prompt_versions_by_prompt_number" ON "prompt_versions" ("prompt", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompt_labels" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "prompt" INTEGER,
    "prompt_version" INTEGER,
    "moved_at" INTEGER,
    "moved_by" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_labels_by_change" ON "prompt_labels" ("change");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_name" ON "prompt_labels" ("name");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_prompt" ON "prompt_labels" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_prompt_version" ON "prompt_labels" ("prompt_version");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_moved_by" ON "prompt_labels" ("moved_by");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_team" ON "prompt_labels" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "prompt_labels_by_prompt_name" ON "prompt_labels" ("prompt", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompt_changes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt" INTEGER,
    "state" TEXT,
    "label" TEXT,
    "from_version" INTEGER,
    "to_version" INTEGER,
    "why" TEXT,
    "expected_impact" TEXT,
    "rollback_plan" TEXT,
    "urgent" INTEGER,
    "raised_tier" TEXT,
    "author" INTEGER,
    "submitted" INTEGER,
    "tier" TEXT,
    "tier_reason" TEXT,
    "reason" TEXT,
    "deferred_to" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_changes_by_change" ON "prompt_changes" ("change");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_prompt" ON "prompt_changes" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_state" ON "prompt_changes" ("state");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_from_version" ON "prompt_changes" ("from_version");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_to_version" ON "prompt_changes" ("to_version");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_author" ON "prompt_changes" ("author");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_submitted" ON "prompt_changes" ("submitted");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_team" ON "prompt_changes" ("team");
CREATE TABLE IF NOT EXISTS "prompt_change_surfaces" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_change_surfaces_by_target" ON "prompt_change_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "eval_deltas" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt_change" INTEGER,
    "baseline" INTEGER,
    "candidate" INTEGER,
    "surface" INTEGER,
    "verdict" TEXT,
    "figures" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "eval_deltas_by_change" ON "eval_deltas" ("change");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_prompt_change" ON "eval_deltas" ("prompt_change");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_baseline" ON "eval_deltas" ("baseline");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_candidate" ON "eval_deltas" ("candidate");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_surface" ON "eval_deltas" ("surface");
CREATE TABLE IF NOT EXISTS "prompt_reviews" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "note" TEXT,
    "prompt_change" INTEGER,
    "verdict" TEXT,
    "person" INTEGER,
    "role" TEXT,
    "content_hash" TEXT,
    "at" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_change" ON "prompt_reviews" ("change");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_prompt_change" ON "prompt_reviews" ("prompt_change");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_person" ON "prompt_reviews" ("person");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_at" ON "prompt_reviews" ("at");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_team" ON "prompt_reviews" ("team");
CREATE TABLE IF NOT EXISTS "deployments" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt" INTEGER,
    "label" TEXT,
    "kind" TEXT,
    "from_version" INTEGER,
    "to_version" INTEGER,
    "prompt_change" INTEGER,
    "waiver" INTEGER,
    "reason" TEXT,
    "person" INTEGER,
    "effective_at" INTEGER,
    "watch_until" INTEGER,
    "figures" TEXT,
    "minutes_taken" REAL,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "deployments_by_change" ON "deployments" ("change");
CREATE INDEX IF NOT EXISTS "deployments_by_prompt" ON "deployments" ("prompt");
CREATE INDEX IF NOT EXISTS "deployments_by_from_version" ON "deployments" ("from_version");
CREATE INDEX IF NOT EXISTS "deployments_by_to_version" ON "deployments" ("to_version");
CREATE INDEX IF NOT EXISTS "deployments_by_prompt_change" ON "deployments" ("prompt_change");
CREATE INDEX IF NOT EXISTS "deployments_by_waiver" ON "deployments" ("waiver");
CREATE INDEX IF NOT EXISTS "deployments_by_person" ON "deployments" ("person");
CREATE INDEX IF NOT EXISTS "deployments_by_effective_at" ON "deployments" ("effective_at");
CREATE INDEX IF NOT EXISTS "deployments_by_watch_until" ON "deployments" ("watch_until");
CREATE INDEX IF NOT EXISTS "deployments_by_team" ON "deployments" ("team");
CREATE INDEX IF NOT EXISTS "deployments_by_prompt_label_effective_at" ON "deployments" ("prompt", "label", "effective_at") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "risk_rules" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "label" TEXT,
    "surfaces_min" INTEGER,
    "shared" INTEGER,
    "tier" TEXT,
    "approvals" INTEGER,
    "escalate_days" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "risk_rules_by_change" ON "risk_rules" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "risk_rules_by_name" ON "risk_rules" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "rollback_drills" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "scenario" TEXT,
    "prompt" INTEGER,
    "state" TEXT,
    "label" TEXT,
    "plan" TEXT,
    "from_version" INTEGER,
    "to_version" INTEGER,
    "target_seconds" INTEGER,
    "lead" INTEGER,
    "started" INTEGER,
    "confirmed" INTEGER,
    "seconds" REAL,
    "result" TEXT,
    "lessons" TEXT,
    "postponed_to" INTEGER,
    "reason" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "rollback_drills_by_change" ON "rollback_drills" ("change");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_prompt" ON "rollback_drills" ("prompt");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_from_version" ON "rollback_drills" ("from_version");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_to_version" ON "rollback_drills" ("to_version");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_lead" ON "rollback_drills" ("lead");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_started" ON "rollback_drills" ("started");
CREATE TABLE IF NOT EXISTS "outside_changes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt" INTEGER,
    "state" TEXT,
    "label" TEXT,
    "application" TEXT,
    "reported_hash" TEXT,
    "released_hash" TEXT,
    "first_seen" INTEGER,
    "last_seen" INTEGER,
    "reports" INTEGER,
    "resolution" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "outside_changes_by_change" ON "outside_changes" ("change");
CREATE INDEX IF NOT EXISTS "outside_changes_by_prompt" ON "outside_changes" ("prompt");
CREATE INDEX IF NOT EXISTS "outside_changes_by_reported_hash" ON "outside_changes" ("reported_hash");
CREATE INDEX IF NOT EXISTS "outside_changes_by_first_seen" ON "outside_changes" ("first_seen");
CREATE TABLE IF NOT EXISTS "impact_reviews" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "actual" TEXT,
    "prompt_change" INTEGER,
    "score" TEXT,
    "expected" TEXT,
    "reviewer" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "impact_reviews_by_change" ON "impact_reviews" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "impact_reviews_by_prompt_change" ON "impact_reviews" ("prompt_change") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "impact_reviews_by_reviewer" ON "impact_reviews" ("reviewer");
CREATE TABLE IF NOT EXISTS "gate_policies" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "surface" INTEGER,
    "floor" TEXT,
    "regression" TEXT,
    "critical_cases" TEXT,
    "tail" TEXT,
    "cost_usd" TEXT,
    "latency_ms" TEXT,
    "coverage_min" REAL,
    "errors_max" REAL
) STRICT;
CREATE INDEX IF NOT EXISTS "gate_policies_by_change" ON "gate_policies" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "gate_policies_by_surface" ON "gate_policies" ("surface") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gate_results" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "prompt_change" INTEGER,
    "surface" TEXT,
    "verdict" TEXT,
    "result" TEXT,
    "content_hash" TEXT,
    "person" INTEGER,
    "at" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "gate_results_by_change" ON "gate_results" ("change");
CREATE INDEX IF NOT EXISTS "gate_results_by_prompt_change" ON "gate_results" ("prompt_change");
CREATE INDEX IF NOT EXISTS "gate_results_by_person" ON "gate_results" ("person");
CREATE INDEX IF NOT EXISTS "gate_results_by_at" ON "gate_results" ("at");
CREATE INDEX IF NOT EXISTS "gate_results_by_team" ON "gate_results" ("team");
CREATE TABLE IF NOT EXISTS "waivers" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "reason" TEXT,
    "gate" TEXT,
    "state" TEXT,
    "requester" INTEGER,
    "approver" INTEGER,
    "expiry" INTEGER,
    "compensating_control" TEXT,
    "renews" INTEGER,
    "renewals" INTEGER,
    "approved_at" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "waivers_by_change" ON "waivers" ("change");
CREATE INDEX IF NOT EXISTS "waivers_by_gate" ON "waivers" ("gate");
CREATE INDEX IF NOT EXISTS "waivers_by_requester" ON "waivers" ("requester");
CREATE INDEX IF NOT EXISTS "waivers_by_approver" ON "waivers" ("approver");
CREATE INDEX IF NOT EXISTS "waivers_by_expiry" ON "waivers" ("expiry");
CREATE INDEX IF NOT EXISTS "waivers_by_renews" ON "waivers" ("renews");
CREATE INDEX IF NOT EXISTS "waivers_by_team" ON "waivers" ("team");
CREATE TABLE IF NOT EXISTS "actions" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "state" TEXT,
    "owner" INTEGER,
    "due" INTEGER,
    "first_step" TEXT,
    "week" TEXT,
    "surface" INTEGER,
    "case" INTEGER,
    "class" TEXT,
    "suspect" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "actions_by_change" ON "actions" ("change");
CREATE INDEX IF NOT EXISTS "actions_by_owner" ON "actions" ("owner");
CREATE INDEX IF NOT EXISTS "actions_by_due" ON "actions" ("due");
CREATE INDEX IF NOT EXISTS "actions_by_week" ON "actions" ("week");
CREATE INDEX IF NOT EXISTS "actions_by_surface" ON "actions" ("surface");
CREATE INDEX IF NOT EXISTS "actions_by_case" ON "actions" ("case");
CREATE INDEX IF NOT EXISTS "actions_by_suspect" ON "actions" ("suspect");
CREATE UNIQUE INDEX IF NOT EXISTS "actions_by_surface_week_case" ON "actions" ("surface", "week", "case") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "actions_by_owner_created" ON "actions" ("owner", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "incidents" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "state" TEXT,
    "severity" TEXT,
    "priority" TEXT,
    "lead" INTEGER,
    "impact" TEXT,
    "cause" TEXT,
    "opened" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "incidents_by_change" ON "incidents" ("change");
CREATE INDEX IF NOT EXISTS "incidents_by_lead" ON "incidents" ("lead");
CREATE INDEX IF NOT EXISTS "incidents_by_opened" ON "incidents" ("opened");
CREATE TABLE IF NOT EXISTS "incident_surfaces" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "incident_surfaces_by_target" ON "incident_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "experiments" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "hypothesis" TEXT,
    "primary_metric" TEXT,
    "owner" INTEGER,
    "surface" INTEGER,
    "state" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "experiments_by_change" ON "experiments" ("change");
CREATE INDEX IF NOT EXISTS "experiments_by_owner" ON "experiments" ("owner");
CREATE INDEX IF NOT EXISTS "experiments_by_surface" ON "experiments" ("surface");
CREATE TABLE IF NOT EXISTS "calendar_feeds" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "person" INTEGER,
    "scope" TEXT,
    "team" INTEGER,
    "ritual" INTEGER,
    "pack" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_change" ON "calendar_feeds" ("change");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_person" ON "calendar_feeds" ("person");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_team" ON "calendar_feeds" ("team");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_ritual" ON "calendar_feeds" ("ritual");
CREATE TABLE IF NOT EXISTS "busy_blocks" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "what" TEXT,
    "person" INTEGER,
    "starts" INTEGER,
    "at" TEXT,
    "minutes" INTEGER,
    "rule" TEXT,
    "zone" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "busy_blocks_by_change" ON "busy_blocks" ("change");
CREATE INDEX IF NOT EXISTS "busy_blocks_by_person" ON "busy_blocks" ("person");
CREATE TABLE IF NOT EXISTS "outside_calendars" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "person" INTEGER,
    "team" INTEGER,
    "is_private" INTEGER,
    "read_at" INTEGER,
    "events" INTEGER,
    "warnings" INTEGER,
    "address" TEXT,
    "inside" INTEGER,
    "failure" TEXT,
    "failed_at" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "outside_calendars_by_change" ON "outside_calendars" ("change");
CREATE INDEX IF NOT EXISTS "outside_calendars_by_person" ON "outside_calendars" ("person");
CREATE INDEX IF NOT EXISTS "outside_calendars_by_team" ON "outside_calendars" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "outside_calendars_by_person_name" ON "outside_calendars" ("person", "name") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "outside_calendars_by_team_name" ON "outside_calendars" ("team", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "notes" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "body" TEXT,
    "author" INTEGER,
    "state" TEXT,
    "due" INTEGER,
    "dimension_reason" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "notes_by_change" ON "notes" ("change");
CREATE INDEX IF NOT EXISTS "notes_by_author" ON "notes" ("author");
CREATE INDEX IF NOT EXISTS "notes_by_due" ON "notes" ("due");
CREATE INDEX IF NOT EXISTS "notes_by_author_created" ON "notes" ("author", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "note_mentions" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "note_mentions_by_target" ON "note_mentions" ("target");
CREATE TABLE IF NOT EXISTS "standups" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "person" INTEGER,
    "day" INTEGER,
    "progress" TEXT,
    "today" TEXT,
    "blockers" TEXT,
    "help_offered" TEXT,
    "learned" TEXT,
    "title" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "standups_by_change" ON "standups" ("change");
CREATE INDEX IF NOT EXISTS "standups_by_person" ON "standups" ("person");
CREATE INDEX IF NOT EXISTS "standups_by_day" ON "standups" ("day");
CREATE UNIQUE INDEX IF NOT EXISTS "standups_by_person_day" ON "standups" ("person", "day") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "standups_by_person_created" ON "standups" ("person", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "week_reviews" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "person" INTEGER,
    "team" INTEGER,
    "week" TEXT,
    "done" TEXT,
    "achievements" TEXT,
    "missed" TEXT,
    "top_three" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "week_reviews_by_change" ON "week_reviews" ("change");
CREATE INDEX IF NOT EXISTS "week_reviews_by_person" ON "week_reviews" ("person");
CREATE INDEX IF NOT EXISTS "week_reviews_by_team" ON "week_reviews" ("team");
CREATE INDEX IF NOT EXISTS "week_reviews_by_week" ON "week_reviews" ("week");
CREATE UNIQUE INDEX IF NOT EXISTS "week_reviews_by_person_week" ON "week_reviews" ("person", "week") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "week_reviews_by_team_week" ON "week_reviews" ("team", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "inbox_marks" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "item" TEXT,
    "kind" TEXT,
    "state" TEXT,
    "until" INTEGER,
    "due" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "inbox_marks_by_change" ON "inbox_marks" ("change");
CREATE INDEX IF NOT EXISTS "inbox_marks_by_item" ON "inbox_marks" ("item");
CREATE TABLE IF NOT EXISTS "digest_choices" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "person" INTEGER,
    "kind" TEXT,
    "frequency" TEXT,
    "channel" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "digest_choices_by_change" ON "digest_choices" ("change");
CREATE INDEX IF NOT EXISTS "digest_choices_by_person" ON "digest_choices" ("person");
CREATE INDEX IF NOT EXISTS "digest_choices_by_channel" ON "digest_choices" ("channel");
CREATE UNIQUE INDEX IF NOT EXISTS "digest_choices_by_person_kind" ON "digest_choices" ("person", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "updates" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "week" TEXT,
    "team" INTEGER,
    "state" TEXT,
    "author" INTEGER,
    "reviewer" INTEGER,
    "reviewed_hash" TEXT,
    "production" TEXT,
    "eval" TEXT,
    "eval_none" TEXT,
    "user" TEXT,
    "user_none" TEXT,
    "cost_latency" TEXT,
    "cost_latency_none" TEXT,
    "world" TEXT,
    "sent_at" INTEGER,
    "editions" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "updates_by_change" ON "updates" ("change");
CREATE INDEX IF NOT EXISTS "updates_by_week" ON "updates" ("week");
CREATE INDEX IF NOT EXISTS "updates_by_team" ON "updates" ("team");
CREATE INDEX IF NOT EXISTS "updates_by_author" ON "updates" ("author");
CREATE INDEX IF NOT EXISTS "updates_by_reviewer" ON "updates" ("reviewer");
CREATE INDEX IF NOT EXISTS "updates_by_sent_at" ON "updates" ("sent_at");
CREATE INDEX IF NOT EXISTS "updates_by_week_team" ON "updates" ("week", "team") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "bets" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "update" INTEGER,
    "owner" INTEGER,
    "outcome" TEXT,
    "state" TEXT,
    "evidence" TEXT,
    "scored_at" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "bets_by_change" ON "bets" ("change");
CREATE INDEX IF NOT EXISTS "bets_by_update" ON "bets" ("update");
CREATE INDEX IF NOT EXISTS "bets_by_owner" ON "bets" ("owner");
CREATE INDEX IF NOT EXISTS "bets_by_scored_at" ON "bets" ("scored_at");
CREATE TABLE IF NOT EXISTS "update_explanations" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "explanation" TEXT,
    "update" INTEGER,
    "about" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "update_explanations_by_change" ON "update_explanations" ("change");
CREATE INDEX IF NOT EXISTS "update_explanations_by_update" ON "update_explanations" ("update");
CREATE UNIQUE INDEX IF NOT EXISTS "update_explanations_by_update_about" ON "update_explanations" ("update", "about") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "update_editions" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "update" INTEGER,
    "number" INTEGER,
    "audience" TEXT,
    "correction" TEXT,
    "markdown" TEXT,
    "figures" TEXT,
    "content_hash" TEXT,
    "person" INTEGER,
    "sent_at" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "update_editions_by_change" ON "update_editions" ("change");
CREATE INDEX IF NOT EXISTS "update_editions_by_update" ON "update_editions" ("update");
CREATE INDEX IF NOT EXISTS "update_editions_by_person" ON "update_editions" ("person");
CREATE INDEX IF NOT EXISTS "update_editions_by_sent_at" ON "update_editions" ("sent_at");
CREATE INDEX IF NOT EXISTS "update_editions_by_update_number" ON "update_editions" ("update", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "deck_templates" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "theme" TEXT,
    "size" TEXT,
    "heading_divider" INTEGER,
    "paginate" INTEGER,
    "header" TEXT,
    "footer" TEXT,
    "body" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "deck_templates_by_change" ON "deck_templates" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "deck_templates_by_name" ON "deck_templates" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "board_briefs" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "week" TEXT,
    "wins" TEXT,
    "state" TEXT,
    "markdown" TEXT,
    "figures" TEXT,
    "content_hash" TEXT,
    "sent_at" INTEGER,
    "person" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "board_briefs_by_change" ON "board_briefs" ("change");
CREATE INDEX IF NOT EXISTS "board_briefs_by_week" ON "board_briefs" ("week");
CREATE INDEX IF NOT EXISTS "board_briefs_by_sent_at" ON "board_briefs" ("sent_at");
CREATE INDEX IF NOT EXISTS "board_briefs_by_person" ON "board_briefs" ("person");
CREATE TABLE IF NOT EXISTS "board_risks" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "risk" TEXT,
    "brief" INTEGER,
    "mitigation" TEXT,
    "owner" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "board_risks_by_change" ON "board_risks" ("change");
CREATE INDEX IF NOT EXISTS "board_risks_by_brief" ON "board_risks" ("brief");
CREATE INDEX IF NOT EXISTS "board_risks_by_owner" ON "board_risks" ("owner");
CREATE TABLE IF NOT EXISTS "insights" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "part" TEXT,
    "figure" TEXT,
    "source" TEXT,
    "so_what" TEXT,
    "team" INTEGER,
    "words" TEXT,
    "frozen" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "insights_by_change" ON "insights" ("change");
CREATE INDEX IF NOT EXISTS "insights_by_team" ON "insights" ("team");
CREATE TABLE IF NOT EXISTS "reports" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "owner" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "reports_by_change" ON "reports" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "reports_by_title" ON "reports" ("title") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "reports_by_owner" ON "reports" ("owner");
CREATE INDEX IF NOT EXISTS "reports_by_team" ON "reports" ("team");
CREATE TABLE IF NOT EXISTS "report_cards" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "report" INTEGER,
    "figure" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "report_cards_by_change" ON "report_cards" ("change");
CREATE INDEX IF NOT EXISTS "report_cards_by_report" ON "report_cards" ("report");
CREATE TABLE IF NOT EXISTS "report_snapshots" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "report" INTEGER,
    "as_of" INTEGER,
    "markdown" TEXT,
    "figures" TEXT,
    "content_hash" TEXT,
    "person" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "report_snapshots_by_change" ON "report_snapshots" ("change");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_report" ON "report_snapshots" ("report");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_as_of" ON "report_snapshots" ("as_of");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_person" ON "report_snapshots" ("person");
CREATE TABLE IF NOT EXISTS "mail_servers" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "address" TEXT,
    "user" TEXT,
    "password" TEXT,
    "sender" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "mail_servers_by_change" ON "mail_servers" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "mail_servers_by_name" ON "mail_servers" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "channels" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "kind" TEXT,
    "recipients" TEXT,
    "webhook" TEXT,
    "inside" INTEGER,
    "personal" INTEGER,
    "audience" TEXT,
    "team" INTEGER,
    "pages" TEXT,
    "owner" INTEGER,
    "on" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "channels_by_change" ON "channels" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "channels_by_name" ON "channels" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "channels_by_audience" ON "channels" ("audience");
CREATE INDEX IF NOT EXISTS "channels_by_team" ON "channels" ("team");
CREATE INDEX IF NOT EXISTS "channels_by_owner" ON "channels" ("owner");
CREATE TABLE IF NOT EXISTS "deliveries" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "subject" TEXT,
    "channel" INTEGER,
    "state" TEXT,
    "about" TEXT,
    "key" TEXT,
    "tries" INTEGER,
    "next_try" INTEGER,
    "sent_at" INTEGER,
    "error" TEXT,
    "markdown" TEXT,
    "person" INTEGER,
    "personal_text" TEXT,
    "personal_error" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "deliveries_by_change" ON "deliveries" ("change");
CREATE INDEX IF NOT EXISTS "deliveries_by_channel" ON "deliveries" ("channel");
CREATE INDEX IF NOT EXISTS "deliveries_by_state" ON "deliveries" ("state");
CREATE INDEX IF NOT EXISTS "deliveries_by_about" ON "deliveries" ("about");
CREATE INDEX IF NOT EXISTS "deliveries_by_next_try" ON "deliveries" ("next_try");
CREATE INDEX IF NOT EXISTS "deliveries_by_person" ON "deliveries" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "deliveries_by_channel_key" ON "deliveries" ("channel", "key") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "deliveries_by_state_next_try" ON "deliveries" ("state", "next_try") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "message_settings" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "person" INTEGER,
    "at" TEXT,
    "quiet_from" TEXT,
    "quiet_until" TEXT,
    "days_off" INTEGER,
    "channel" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "message_settings_by_change" ON "message_settings" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "message_settings_by_person" ON "message_settings" ("person") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "message_settings_by_channel" ON "message_settings" ("channel");
CREATE TABLE IF NOT EXISTS "decisions" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "number" INTEGER,
    "title" TEXT,
    "state" TEXT,
    "owner" INTEGER,
    "context" TEXT,
    "options" TEXT,
    "decision" TEXT,
    "consequences" TEXT,
    "decided" INTEGER,
    "revisit" INTEGER,
    "outcome" TEXT,
    "outcome_recorded" INTEGER,
    "more" TEXT,
    "front_matter" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "decisions_by_change" ON "decisions" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "decisions_by_number" ON "decisions" ("number") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "decisions_by_owner" ON "decisions" ("owner");
CREATE INDEX IF NOT EXISTS "decisions_by_revisit" ON "decisions" ("revisit");
CREATE TABLE IF NOT EXISTS "knowledge_pages" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "kind" TEXT,
    "body" TEXT,
    "owner" INTEGER,
    "review_by" INTEGER,
    "team" INTEGER,
    "source" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_change" ON "knowledge_pages" ("change");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_owner" ON "knowledge_pages" ("owner");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_review_by" ON "knowledge_pages" ("review_by");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_team" ON "knowledge_pages" ("team");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_source" ON "knowledge_pages" ("source");
CREATE TABLE IF NOT EXISTS "lessons" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "topic" TEXT,
    "source" TEXT,
    "body" TEXT,
    "author" INTEGER,
    "team" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "lessons_by_change" ON "lessons" ("change");
CREATE INDEX IF NOT EXISTS "lessons_by_topic" ON "lessons" ("topic");
CREATE INDEX IF NOT EXISTS "lessons_by_author" ON "lessons" ("author");
CREATE INDEX IF NOT EXISTS "lessons_by_team" ON "lessons" ("team");
CREATE TABLE IF NOT EXISTS "metric_series" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "surface" INTEGER,
    "kind" TEXT,
    "unit" TEXT,
    "direction" TEXT,
    "source" TEXT,
    "url" TEXT,
    "query" TEXT,
    "step" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "metric_series_by_change" ON "metric_series" ("change");
CREATE INDEX IF NOT EXISTS "metric_series_by_surface" ON "metric_series" ("surface");
CREATE UNIQUE INDEX IF NOT EXISTS "metric_series_by_surface_name" ON "metric_series" ("surface", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "persons" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "zone" TEXT,
    "working_from" TEXT,
    "working_until" TEXT,
    "working_days" TEXT,
    "holiday_calendar" INTEGER,
    "is_robot" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "persons_by_change" ON "persons" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_name" ON "persons" ("name") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_email" ON "persons" ("email") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "persons_by_holiday_calendar" ON "persons" ("holiday_calendar");
CREATE TABLE IF NOT EXISTS "teams" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "zone" TEXT,
    "lead" INTEGER,
    "holiday_calendar" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "teams_by_change" ON "teams" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "teams_by_name" ON "teams" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "teams_by_lead" ON "teams" ("lead");
CREATE INDEX IF NOT EXISTS "teams_by_holiday_calendar" ON "teams" ("holiday_calendar");
CREATE TABLE IF NOT EXISTS "memberships" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "person" INTEGER,
    "team" INTEGER,
    "note" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "memberships_by_change" ON "memberships" ("change");
CREATE INDEX IF NOT EXISTS "memberships_by_person" ON "memberships" ("person");
CREATE INDEX IF NOT EXISTS "memberships_by_team" ON "memberships" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "memberships_by_person_team" ON "memberships" ("person", "team") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "tokens" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "person" INTEGER,
    "expires" INTEGER,
    "hash" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "tokens_by_change" ON "tokens" ("change");
CREATE INDEX IF NOT EXISTS "tokens_by_person" ON "tokens" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "tokens_by_hash" ON "tokens" ("hash") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "sessions" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "person" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "sessions_by_change" ON "sessions" ("change");
CREATE INDEX IF NOT EXISTS "sessions_by_person" ON "sessions" ("person");
CREATE TABLE IF NOT EXISTS "invitations" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "person" INTEGER,
    "expires" INTEGER,
    "used" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "invitations_by_change" ON "invitations" ("change");
CREATE INDEX IF NOT EXISTS "invitations_by_person" ON "invitations" ("person");
CREATE TABLE IF NOT EXISTS "saved_filters" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "record" TEXT,
    "query" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "saved_filters_by_change" ON "saved_filters" ("change");
CREATE INDEX IF NOT EXISTS "saved_filters_by_record" ON "saved_filters" ("record");
CREATE TABLE IF NOT EXISTS "absences" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "title" TEXT,
    "person" INTEGER,
    "first_day" INTEGER,
    "last_day" INTEGER,
    "kind" TEXT,
    "note" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "absences_by_change" ON "absences" ("change");
CREATE INDEX IF NOT EXISTS "absences_by_person" ON "absences" ("person");
CREATE INDEX IF NOT EXISTS "absences_by_first_day" ON "absences" ("first_day");
CREATE INDEX IF NOT EXISTS "absences_by_last_day" ON "absences" ("last_day");
CREATE TABLE IF NOT EXISTS "holiday_calendars" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "holiday_calendars_by_change" ON "holiday_calendars" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "holiday_calendars_by_name" ON "holiday_calendars" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "holidays" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "day" INTEGER,
    "team" INTEGER,
    "calendar" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "holidays_by_change" ON "holidays" ("change");
CREATE INDEX IF NOT EXISTS "holidays_by_day" ON "holidays" ("day");
CREATE INDEX IF NOT EXISTS "holidays_by_team" ON "holidays" ("team");
CREATE INDEX IF NOT EXISTS "holidays_by_calendar" ON "holidays" ("calendar");
CREATE UNIQUE INDEX IF NOT EXISTS "holidays_by_day_team" ON "holidays" ("day", "team") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "holidays_by_calendar_day" ON "holidays" ("calendar", "day") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "links" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "kind" TEXT,
    "from" TEXT,
    "to" TEXT,
    "note" TEXT,
    "from_record" TEXT,
    "from_row" INTEGER,
    "to_record" TEXT,
    "to_row" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "links_by_change" ON "links" ("change");
CREATE INDEX IF NOT EXISTS "links_by_from" ON "links" ("from");
CREATE INDEX IF NOT EXISTS "links_by_to" ON "links" ("to");
CREATE UNIQUE INDEX IF NOT EXISTS "links_by_kind_from_to" ON "links" ("kind", "from", "to") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_column" (
    "surface" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "content" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "body" BLOB NOT NULL,
    PRIMARY KEY ("surface", "run", "content", "name")
) STRICT;
CREATE TABLE IF NOT EXISTS "eval_verdicts" (
    "surface" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "content" INTEGER NOT NULL,
    "fingerprint" INTEGER,
    "body" BLOB NOT NULL,
    PRIMARY KEY ("surface", "run", "content")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS "eval_verdicts_by_surface_fingerprint" ON "eval_verdicts" ("surface", "fingerprint");
CREATE TABLE IF NOT EXISTS "calendar_feed_key" (
    "digest" TEXT NOT NULL,
    "feed" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "said" TEXT,
    "since" INTEGER NOT NULL,
    PRIMARY KEY ("digest")
) STRICT;
CREATE INDEX IF NOT EXISTS "calendar_feed_key_by_feed" ON "calendar_feed_key" ("feed");
CREATE TABLE IF NOT EXISTS "outside_event" (
    "calendar" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "uid" TEXT NOT NULL,
    "title" TEXT,
    "place" TEXT,
    "starts" INTEGER NOT NULL,
    "ends" INTEGER NOT NULL,
    "is_day" INTEGER NOT NULL,
    "zone" TEXT,
    "rule" TEXT,
    "left_out" TEXT,
    "is_private" INTEGER NOT NULL,
    "is_free" INTEGER NOT NULL,
    PRIMARY KEY ("calendar", "number")
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "outside_fetch" (
    "calendar" INTEGER PRIMARY KEY,
    "address" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "next_at" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "read_at" INTEGER NOT NULL,
    "content" TEXT,
    "etag" TEXT,
    "modified" TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS "digest_told" (
    "person" INTEGER PRIMARY KEY,
    "day" INTEGER NOT NULL,
    "decided_until" INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "metric_point" (
    "series" INTEGER NOT NULL,
    "labels" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "numerator" REAL,
    "denominator" REAL,
    "value" REAL,
    "word" TEXT,
    PRIMARY KEY ("series", "labels", "at")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS "metric_point_by_series_at" ON "metric_point" ("series", "at");
CREATE TABLE IF NOT EXISTS "metric_fetch" (
    "series" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    "until" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "notes" TEXT,
    PRIMARY KEY ("series", "at")
) STRICT;
CREATE TABLE IF NOT EXISTS "password" (
    "person" INTEGER PRIMARY KEY,
    "kept" TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "session_key" (
    "digest" TEXT NOT NULL,
    "session" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "seen_at" INTEGER NOT NULL,
    PRIMARY KEY ("digest")
) STRICT;
CREATE INDEX IF NOT EXISTS "session_key_by_person" ON "session_key" ("person");
CREATE INDEX IF NOT EXISTS "session_key_by_seen_at" ON "session_key" ("seen_at");
CREATE TABLE IF NOT EXISTS "invitation_key" (
    "digest" TEXT NOT NULL,
    "invitation" INTEGER NOT NULL,
    PRIMARY KEY ("digest")
) STRICT;
CREATE TABLE IF NOT EXISTS "sign_in_try" (
    "word" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    PRIMARY KEY ("word")
) STRICT;
CREATE INDEX IF NOT EXISTS "sign_in_try_by_since" ON "sign_in_try" ("since");
CREATE TABLE IF NOT EXISTS "audit" (
    "id" INTEGER PRIMARY KEY,
    "change" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "actor" INTEGER NOT NULL,
    "door" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "verb" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "fields" TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS "audit_by_record_row" ON "audit" ("record", "row");
CREATE INDEX IF NOT EXISTS "audit_by_change" ON "audit" ("change");
CREATE TABLE IF NOT EXISTS "audit_seal" (
    "id" INTEGER PRIMARY KEY,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "chain" TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "idempotency" (
    "person" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "reply" TEXT NOT NULL,
    "location" TEXT,
    "etag" TEXT,
    "at" INTEGER NOT NULL,
    PRIMARY KEY ("person", "key")
) STRICT;
CREATE INDEX IF NOT EXISTS "idempotency_by_at" ON "idempotency" ("at");
CREATE TABLE IF NOT EXISTS "quarantine" (
    "id" INTEGER PRIMARY KEY,
    "change" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "run_key" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "replayed" INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS "quarantine_by_replayed_id" ON "quarantine" ("replayed", "id");
CREATE INDEX IF NOT EXISTS "quarantine_by_run_key_line" ON "quarantine" ("run_key", "line");
CREATE TABLE IF NOT EXISTS "job" (
    "id" INTEGER PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "person" INTEGER NOT NULL,
    "scopes" INTEGER,
    "state" TEXT NOT NULL,
    "progress" INTEGER NOT NULL,
    "sentence" TEXT NOT NULL,
    "result" TEXT,
    "options" TEXT,
    "input_bytes" INTEGER,
    "created" INTEGER NOT NULL,
    "started" INTEGER,
    "ended" INTEGER,
    "attempt" INTEGER,
    "not_before" INTEGER,
    "node" TEXT,
    "heartbeat" INTEGER,
    "wants_cancel" INTEGER,
    "change" INTEGER,
    "is_stored" INTEGER,
    "version" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "job_by_person_id" ON "job" ("person", "id");
CREATE INDEX IF NOT EXISTS "job_by_state_id" ON "job" ("state", "id");
CREATE INDEX IF NOT EXISTS "job_by_version" ON "job" ("version");
CREATE TABLE IF NOT EXISTS "job_input" (
    "job" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    PRIMARY KEY ("job", "part")
) STRICT;
CREATE TABLE IF NOT EXISTS "job_period" (
    "kind" TEXT NOT NULL,
    "not_before" INTEGER NOT NULL,
    PRIMARY KEY ("kind")
) STRICT;
