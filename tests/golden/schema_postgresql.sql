CREATE TABLE IF NOT EXISTS "rituals" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "team" BIGINT,
    "purpose" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C",
    "starts" BIGINT,
    "at" TEXT COLLATE "C",
    "minutes" BIGINT,
    "zone" TEXT COLLATE "C",
    "owner" BIGINT,
    "condition" TEXT COLLATE "C",
    "on_holidays" BIGINT,
    "hour_rate" DOUBLE PRECISION,
    "state" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",
    "replacement" BIGINT,
    "review_date" BIGINT,
    "rested_by" BIGINT,
    "rested" BIGINT,
    "template" TEXT COLLATE "C",
    "surface" BIGINT,
    "clone_of" BIGINT,
    "clone_base" TEXT COLLATE "C"
);
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
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "ritual_attendees_by_target" ON "ritual_attendees" ("target");
CREATE TABLE IF NOT EXISTS "ritual_not_after" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "ritual_not_after_by_target" ON "ritual_not_after" ("target");
CREATE TABLE IF NOT EXISTS "ritual_steps" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "ritual" BIGINT,
    "name" TEXT COLLATE "C",
    "minutes" BIGINT,
    "place" BIGINT
);
CREATE INDEX IF NOT EXISTS "ritual_steps_by_change" ON "ritual_steps" ("change");
CREATE INDEX IF NOT EXISTS "ritual_steps_by_ritual" ON "ritual_steps" ("ritual");
CREATE TABLE IF NOT EXISTS "ritual_artifacts" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "ritual" BIGINT,
    "kind" TEXT COLLATE "C",
    "least" BIGINT,
    "most" BIGINT,
    "or_reason" BIGINT
);
CREATE INDEX IF NOT EXISTS "ritual_artifacts_by_change" ON "ritual_artifacts" ("change");
CREATE INDEX IF NOT EXISTS "ritual_artifacts_by_ritual" ON "ritual_artifacts" ("ritual");
CREATE UNIQUE INDEX IF NOT EXISTS "ritual_artifacts_by_ritual_kind" ON "ritual_artifacts" ("ritual", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "ritual_preparations" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "ritual" BIGINT,
    "task" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "ritual_preparations_by_change" ON "ritual_preparations" ("change");
CREATE INDEX IF NOT EXISTS "ritual_preparations_by_ritual" ON "ritual_preparations" ("ritual");
CREATE TABLE IF NOT EXISTS "ritual_roles" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "ritual" BIGINT,
    "name" TEXT COLLATE "C",
    "person" BIGINT,
    "rotates" BIGINT
);
CREATE INDEX IF NOT EXISTS "ritual_roles_by_change" ON "ritual_roles" ("change");
CREATE INDEX IF NOT EXISTS "ritual_roles_by_ritual" ON "ritual_roles" ("ritual");
CREATE INDEX IF NOT EXISTS "ritual_roles_by_person" ON "ritual_roles" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "ritual_roles_by_ritual_name" ON "ritual_roles" ("ritual", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrences" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "ritual" BIGINT,
    "day" BIGINT,
    "state" TEXT COLLATE "C",
    "moved_to" BIGINT,
    "started" BIGINT,
    "ended" BIGINT,
    "facilitator" BIGINT,
    "paragraph" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",
    "settled_by" BIGINT
);
CREATE INDEX IF NOT EXISTS "occurrences_by_change" ON "occurrences" ("change");
CREATE INDEX IF NOT EXISTS "occurrences_by_ritual" ON "occurrences" ("ritual");
CREATE INDEX IF NOT EXISTS "occurrences_by_day" ON "occurrences" ("day");
CREATE INDEX IF NOT EXISTS "occurrences_by_moved_to" ON "occurrences" ("moved_to");
CREATE INDEX IF NOT EXISTS "occurrences_by_facilitator" ON "occurrences" ("facilitator");
CREATE INDEX IF NOT EXISTS "occurrences_by_settled_by" ON "occurrences" ("settled_by");
CREATE UNIQUE INDEX IF NOT EXISTS "occurrences_by_ritual_day" ON "occurrences" ("ritual", "day") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrence_attendees" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "occurrence_attendees_by_target" ON "occurrence_attendees" ("target");
CREATE TABLE IF NOT EXISTS "occurrence_prepared" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "occurrence_prepared_by_target" ON "occurrence_prepared" ("target");
CREATE TABLE IF NOT EXISTS "occurrence_steps" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "occurrence" BIGINT,
    "name" TEXT COLLATE "C",
    "minutes" BIGINT,
    "place" BIGINT,
    "started" BIGINT
);
CREATE INDEX IF NOT EXISTS "occurrence_steps_by_change" ON "occurrence_steps" ("change");
CREATE INDEX IF NOT EXISTS "occurrence_steps_by_occurrence" ON "occurrence_steps" ("occurrence");
CREATE TABLE IF NOT EXISTS "agenda_items" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "occurrence" BIGINT,
    "title" TEXT COLLATE "C",
    "why" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "owner" BIGINT,
    "about" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "carried" BIGINT
);
CREATE INDEX IF NOT EXISTS "agenda_items_by_change" ON "agenda_items" ("change");
CREATE INDEX IF NOT EXISTS "agenda_items_by_occurrence" ON "agenda_items" ("occurrence");
CREATE INDEX IF NOT EXISTS "agenda_items_by_owner" ON "agenda_items" ("owner");
CREATE INDEX IF NOT EXISTS "agenda_items_by_owner_created" ON "agenda_items" ("owner", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "occurrence_notes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "occurrence" BIGINT,
    "text" TEXT COLLATE "C",
    "author" BIGINT
);
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_change" ON "occurrence_notes" ("change");
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_occurrence" ON "occurrence_notes" ("occurrence");
CREATE INDEX IF NOT EXISTS "occurrence_notes_by_author" ON "occurrence_notes" ("author");
CREATE TABLE IF NOT EXISTS "artifact_reasons" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "occurrence" BIGINT,
    "kind" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "artifact_reasons_by_change" ON "artifact_reasons" ("change");
CREATE INDEX IF NOT EXISTS "artifact_reasons_by_occurrence" ON "artifact_reasons" ("occurrence");
CREATE UNIQUE INDEX IF NOT EXISTS "artifact_reasons_by_occurrence_kind" ON "artifact_reasons" ("occurrence", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "minutes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "occurrence" BIGINT,
    "day" BIGINT,
    "body" TEXT COLLATE "C",
    "hash" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "minutes_by_change" ON "minutes" ("change");
CREATE INDEX IF NOT EXISTS "minutes_by_occurrence" ON "minutes" ("occurrence");
CREATE INDEX IF NOT EXISTS "minutes_by_day" ON "minutes" ("day");
CREATE TABLE IF NOT EXISTS "documents" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "body" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "documents_by_change" ON "documents" ("change");
CREATE INDEX IF NOT EXISTS "documents_by_kind" ON "documents" ("kind");
CREATE TABLE IF NOT EXISTS "suites" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "nulls" TEXT COLLATE "C",
    "trial_rule" TEXT COLLATE "C",
    "keeps_texts" BIGINT,
    "threshold_metric" TEXT COLLATE "C",
    "threshold" DOUBLE PRECISION,
    "effect_floor" DOUBLE PRECISION
);
CREATE INDEX IF NOT EXISTS "suites_by_change" ON "suites" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "suites_by_name" ON "suites" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "surfaces" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "suite" BIGINT,
    "team" BIGINT,
    "owner" BIGINT,
    "metric" TEXT COLLATE "C",
    "direction" TEXT COLLATE "C",
    "floor" DOUBLE PRECISION
);
CREATE INDEX IF NOT EXISTS "surfaces_by_change" ON "surfaces" ("change");
CREATE INDEX IF NOT EXISTS "surfaces_by_suite" ON "surfaces" ("suite");
CREATE INDEX IF NOT EXISTS "surfaces_by_team" ON "surfaces" ("team");
CREATE INDEX IF NOT EXISTS "surfaces_by_owner" ON "surfaces" ("owner");
CREATE UNIQUE INDEX IF NOT EXISTS "surfaces_by_suite_name" ON "surfaces" ("suite", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_cases" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "suite" BIGINT,
    "number" BIGINT,
    "key" TEXT COLLATE "C",
    "key_kind" TEXT COLLATE "C",
    "input_hash" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "eval_cases_by_change" ON "eval_cases" ("change");
CREATE INDEX IF NOT EXISTS "eval_cases_by_suite" ON "eval_cases" ("suite");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_cases_by_suite_key" ON "eval_cases" ("suite", "key") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "eval_cases_by_suite_number" ON "eval_cases" ("suite", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_runs" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "run" TEXT COLLATE "C",
    "surface" BIGINT,
    "suite" BIGINT,
    "started_at" BIGINT,
    "started_zone" TEXT COLLATE "C",
    "status" TEXT COLLATE "C",
    "model" TEXT COLLATE "C",
    "model_served" TEXT COLLATE "C",
    "agent" TEXT COLLATE "C",
    "prompt" TEXT COLLATE "C",
    "prompt_version" TEXT COLLATE "C",
    "dataset_version" TEXT COLLATE "C",
    "judge" TEXT COLLATE "C",
    "harness_version" TEXT COLLATE "C",
    "git_commit" TEXT COLLATE "C",
    "parameters" TEXT COLLATE "C",
    "dataset_cases" BIGINT,
    "cases" BIGINT,
    "results" BIGINT,
    "passed" BIGINT,
    "failed" BIGINT,
    "errors" BIGINT,
    "unscored" BIGINT,
    "skipped" BIGINT,
    "scored" BIGINT,
    "mean_score" DOUBLE PRECISION,
    "content" BIGINT,
    "content_hash" TEXT COLLATE "C",
    "file" TEXT COLLATE "C",
    "file_sha256" TEXT COLLATE "C",
    "same_as" BIGINT,
    "is_rerun" BIGINT
);
CREATE INDEX IF NOT EXISTS "eval_runs_by_change" ON "eval_runs" ("change");
CREATE INDEX IF NOT EXISTS "eval_runs_by_surface" ON "eval_runs" ("surface");
CREATE INDEX IF NOT EXISTS "eval_runs_by_suite" ON "eval_runs" ("suite");
CREATE INDEX IF NOT EXISTS "eval_runs_by_started_at" ON "eval_runs" ("started_at");
CREATE INDEX IF NOT EXISTS "eval_runs_by_same_as" ON "eval_runs" ("same_as");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_runs_by_surface_run" ON "eval_runs" ("surface", "run") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "eval_runs_by_surface_started_at" ON "eval_runs" ("surface", "started_at") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_reviews" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "week" TEXT COLLATE "C",
    "day" BIGINT,
    "summary" TEXT COLLATE "C",
    "frozen" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "eval_reviews_by_change" ON "eval_reviews" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_reviews_by_week" ON "eval_reviews" ("week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "comparison_overrides" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "reason" TEXT COLLATE "C",
    "surface" BIGINT,
    "week" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_change" ON "comparison_overrides" ("change");
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_surface" ON "comparison_overrides" ("surface");
CREATE INDEX IF NOT EXISTS "comparison_overrides_by_week" ON "comparison_overrides" ("week");
CREATE UNIQUE INDEX IF NOT EXISTS "comparison_overrides_by_surface_week" ON "comparison_overrides" ("surface", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "human_verdicts" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "run" BIGINT,
    "case" BIGINT,
    "person" BIGINT,
    "verdict" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "human_verdicts_by_change" ON "human_verdicts" ("change");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_run" ON "human_verdicts" ("run");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_case" ON "human_verdicts" ("case");
CREATE INDEX IF NOT EXISTS "human_verdicts_by_person" ON "human_verdicts" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "human_verdicts_by_run_case_person" ON "human_verdicts" ("run", "case", "person") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "model_reviews" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "surface" BIGINT,
    "baseline" BIGINT,
    "candidate" BIGINT,
    "results" TEXT COLLATE "C",
    "discrepancies" TEXT COLLATE "C",
    "adjustments" TEXT COLLATE "C",
    "integration_issues" TEXT COLLATE "C",
    "questions" TEXT COLLATE "C",
    "help_needed" TEXT COLLATE "C",
    "decision_owner" BIGINT,
    "delegate" BIGINT,
    "decision" TEXT COLLATE "C",
    "state" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "model_reviews_by_change" ON "model_reviews" ("change");
CREATE INDEX IF NOT EXISTS "model_reviews_by_surface" ON "model_reviews" ("surface");
CREATE INDEX IF NOT EXISTS "model_reviews_by_baseline" ON "model_reviews" ("baseline");
CREATE INDEX IF NOT EXISTS "model_reviews_by_candidate" ON "model_reviews" ("candidate");
CREATE INDEX IF NOT EXISTS "model_reviews_by_decision_owner" ON "model_reviews" ("decision_owner");
CREATE INDEX IF NOT EXISTS "model_reviews_by_delegate" ON "model_reviews" ("delegate");
CREATE TABLE IF NOT EXISTS "change_events" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "from" TEXT COLLATE "C",
    "to" TEXT COLLATE "C",
    "effective_at" BIGINT,
    "slice" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "url" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "change_events_by_change" ON "change_events" ("change");
CREATE INDEX IF NOT EXISTS "change_events_by_effective_at" ON "change_events" ("effective_at");
CREATE TABLE IF NOT EXISTS "change_event_surfaces" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "change_event_surfaces_by_target" ON "change_event_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "change_event_cases" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "change_event_cases_by_target" ON "change_event_cases" ("target");
CREATE TABLE IF NOT EXISTS "model_aliases" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "alias" TEXT COLLATE "C",
    "model" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "model_aliases_by_change" ON "model_aliases" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "model_aliases_by_alias" ON "model_aliases" ("alias") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "confirmed_causes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "note" TEXT COLLATE "C",
    "surface" BIGINT,
    "week" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "event" BIGINT,
    "person" BIGINT
);
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_change" ON "confirmed_causes" ("change");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_surface" ON "confirmed_causes" ("surface");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_week" ON "confirmed_causes" ("week");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_event" ON "confirmed_causes" ("event");
CREATE INDEX IF NOT EXISTS "confirmed_causes_by_person" ON "confirmed_causes" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "confirmed_causes_by_surface_week" ON "confirmed_causes" ("surface", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompts" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "owner" BIGINT,
    "team" BIGINT,
    "shared" BIGINT,
    "description" TEXT COLLATE "C",
    "drill_months" BIGINT
);
CREATE INDEX IF NOT EXISTS "prompts_by_change" ON "prompts" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "prompts_by_name" ON "prompts" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "prompts_by_owner" ON "prompts" ("owner");
CREATE INDEX IF NOT EXISTS "prompts_by_team" ON "prompts" ("team");
CREATE TABLE IF NOT EXISTS "prompt_surfaces" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "prompt_surfaces_by_target" ON "prompt_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "prompt_versions" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt" BIGINT,
    "number" BIGINT,
    "message" TEXT COLLATE "C",
    "text" TEXT COLLATE "C",
    "messages" TEXT COLLATE "C",
    "model" TEXT COLLATE "C",
    "parameters" TEXT COLLATE "C",
    "tools" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "author" BIGINT,
    "made_at" BIGINT,
    "source" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "prompt_versions_by_change" ON "prompt_versions" ("change");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_prompt" ON "prompt_versions" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_model" ON "prompt_versions" ("model");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_content_hash" ON "prompt_versions" ("content_hash");
CREATE INDEX IF NOT EXISTS "prompt_versions_by_author" ON "prompt_versions" ("author");
CREATE UNIQUE INDEX IF NOT EXISTS "prompt_versions_by_prompt_number" ON "prompt_versions" ("prompt", "number") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "prompt_versions_by_prompt_number" ON "prompt_versions" ("prompt", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompt_labels" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "prompt" BIGINT,
    "prompt_version" BIGINT,
    "moved_at" BIGINT,
    "moved_by" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "prompt_labels_by_change" ON "prompt_labels" ("change");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_name" ON "prompt_labels" ("name");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_prompt" ON "prompt_labels" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_prompt_version" ON "prompt_labels" ("prompt_version");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_moved_by" ON "prompt_labels" ("moved_by");
CREATE INDEX IF NOT EXISTS "prompt_labels_by_team" ON "prompt_labels" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "prompt_labels_by_prompt_name" ON "prompt_labels" ("prompt", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "prompt_changes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt" BIGINT,
    "state" TEXT COLLATE "C",
    "label" TEXT COLLATE "C",
    "from_version" BIGINT,
    "to_version" BIGINT,
    "why" TEXT COLLATE "C",
    "expected_impact" TEXT COLLATE "C",
    "rollback_plan" TEXT COLLATE "C",
    "urgent" BIGINT,
    "raised_tier" TEXT COLLATE "C",
    "author" BIGINT,
    "submitted" BIGINT,
    "tier" TEXT COLLATE "C",
    "tier_reason" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",
    "deferred_to" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "prompt_changes_by_change" ON "prompt_changes" ("change");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_prompt" ON "prompt_changes" ("prompt");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_state" ON "prompt_changes" ("state");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_from_version" ON "prompt_changes" ("from_version");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_to_version" ON "prompt_changes" ("to_version");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_author" ON "prompt_changes" ("author");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_submitted" ON "prompt_changes" ("submitted");
CREATE INDEX IF NOT EXISTS "prompt_changes_by_team" ON "prompt_changes" ("team");
CREATE TABLE IF NOT EXISTS "prompt_change_surfaces" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "prompt_change_surfaces_by_target" ON "prompt_change_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "eval_deltas" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt_change" BIGINT,
    "baseline" BIGINT,
    "candidate" BIGINT,
    "surface" BIGINT,
    "verdict" TEXT COLLATE "C",
    "figures" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "eval_deltas_by_change" ON "eval_deltas" ("change");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_prompt_change" ON "eval_deltas" ("prompt_change");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_baseline" ON "eval_deltas" ("baseline");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_candidate" ON "eval_deltas" ("candidate");
CREATE INDEX IF NOT EXISTS "eval_deltas_by_surface" ON "eval_deltas" ("surface");
CREATE TABLE IF NOT EXISTS "prompt_reviews" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "note" TEXT COLLATE "C",
    "prompt_change" BIGINT,
    "verdict" TEXT COLLATE "C",
    "person" BIGINT,
    "role" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "at" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_change" ON "prompt_reviews" ("change");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_prompt_change" ON "prompt_reviews" ("prompt_change");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_person" ON "prompt_reviews" ("person");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_at" ON "prompt_reviews" ("at");
CREATE INDEX IF NOT EXISTS "prompt_reviews_by_team" ON "prompt_reviews" ("team");
CREATE TABLE IF NOT EXISTS "deployments" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt" BIGINT,
    "label" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "from_version" BIGINT,
    "to_version" BIGINT,
    "prompt_change" BIGINT,
    "waiver" BIGINT,
    "reason" TEXT COLLATE "C",
    "person" BIGINT,
    "effective_at" BIGINT,
    "watch_until" BIGINT,
    "figures" TEXT COLLATE "C",
    "minutes_taken" DOUBLE PRECISION,
    "team" BIGINT
);
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
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "label" TEXT COLLATE "C",
    "surfaces_min" BIGINT,
    "shared" BIGINT,
    "tier" TEXT COLLATE "C",
    "approvals" BIGINT,
    "escalate_days" BIGINT
);
CREATE INDEX IF NOT EXISTS "risk_rules_by_change" ON "risk_rules" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "risk_rules_by_name" ON "risk_rules" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "rollback_drills" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "scenario" TEXT COLLATE "C",
    "prompt" BIGINT,
    "state" TEXT COLLATE "C",
    "label" TEXT COLLATE "C",
    "plan" TEXT COLLATE "C",
    "from_version" BIGINT,
    "to_version" BIGINT,
    "target_seconds" BIGINT,
    "lead" BIGINT,
    "started" BIGINT,
    "confirmed" BIGINT,
    "seconds" DOUBLE PRECISION,
    "result" TEXT COLLATE "C",
    "lessons" TEXT COLLATE "C",
    "postponed_to" BIGINT,
    "reason" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "rollback_drills_by_change" ON "rollback_drills" ("change");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_prompt" ON "rollback_drills" ("prompt");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_from_version" ON "rollback_drills" ("from_version");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_to_version" ON "rollback_drills" ("to_version");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_lead" ON "rollback_drills" ("lead");
CREATE INDEX IF NOT EXISTS "rollback_drills_by_started" ON "rollback_drills" ("started");
CREATE TABLE IF NOT EXISTS "outside_changes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt" BIGINT,
    "state" TEXT COLLATE "C",
    "label" TEXT COLLATE "C",
    "application" TEXT COLLATE "C",
    "reported_hash" TEXT COLLATE "C",
    "released_hash" TEXT COLLATE "C",
    "first_seen" BIGINT,
    "last_seen" BIGINT,
    "reports" BIGINT,
    "resolution" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "outside_changes_by_change" ON "outside_changes" ("change");
CREATE INDEX IF NOT EXISTS "outside_changes_by_prompt" ON "outside_changes" ("prompt");
CREATE INDEX IF NOT EXISTS "outside_changes_by_reported_hash" ON "outside_changes" ("reported_hash");
CREATE INDEX IF NOT EXISTS "outside_changes_by_first_seen" ON "outside_changes" ("first_seen");
CREATE TABLE IF NOT EXISTS "impact_reviews" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "actual" TEXT COLLATE "C",
    "prompt_change" BIGINT,
    "score" TEXT COLLATE "C",
    "expected" TEXT COLLATE "C",
    "reviewer" BIGINT
);
CREATE INDEX IF NOT EXISTS "impact_reviews_by_change" ON "impact_reviews" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "impact_reviews_by_prompt_change" ON "impact_reviews" ("prompt_change") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "impact_reviews_by_reviewer" ON "impact_reviews" ("reviewer");
CREATE TABLE IF NOT EXISTS "gate_policies" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "surface" BIGINT,
    "floor" TEXT COLLATE "C",
    "regression" TEXT COLLATE "C",
    "critical_cases" TEXT COLLATE "C",
    "tail" TEXT COLLATE "C",
    "cost_usd" TEXT COLLATE "C",
    "latency_ms" TEXT COLLATE "C",
    "coverage_min" DOUBLE PRECISION,
    "errors_max" DOUBLE PRECISION
);
CREATE INDEX IF NOT EXISTS "gate_policies_by_change" ON "gate_policies" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "gate_policies_by_surface" ON "gate_policies" ("surface") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gate_results" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "prompt_change" BIGINT,
    "surface" TEXT COLLATE "C",
    "verdict" TEXT COLLATE "C",
    "result" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "person" BIGINT,
    "at" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "gate_results_by_change" ON "gate_results" ("change");
CREATE INDEX IF NOT EXISTS "gate_results_by_prompt_change" ON "gate_results" ("prompt_change");
CREATE INDEX IF NOT EXISTS "gate_results_by_person" ON "gate_results" ("person");
CREATE INDEX IF NOT EXISTS "gate_results_by_at" ON "gate_results" ("at");
CREATE INDEX IF NOT EXISTS "gate_results_by_team" ON "gate_results" ("team");
CREATE TABLE IF NOT EXISTS "waivers" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "reason" TEXT COLLATE "C",
    "gate" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "requester" BIGINT,
    "approver" BIGINT,
    "expiry" BIGINT,
    "compensating_control" TEXT COLLATE "C",
    "renews" BIGINT,
    "renewals" BIGINT,
    "approved_at" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "waivers_by_change" ON "waivers" ("change");
CREATE INDEX IF NOT EXISTS "waivers_by_gate" ON "waivers" ("gate");
CREATE INDEX IF NOT EXISTS "waivers_by_requester" ON "waivers" ("requester");
CREATE INDEX IF NOT EXISTS "waivers_by_approver" ON "waivers" ("approver");
CREATE INDEX IF NOT EXISTS "waivers_by_expiry" ON "waivers" ("expiry");
CREATE INDEX IF NOT EXISTS "waivers_by_renews" ON "waivers" ("renews");
CREATE INDEX IF NOT EXISTS "waivers_by_team" ON "waivers" ("team");
CREATE TABLE IF NOT EXISTS "actions" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "owner" BIGINT,
    "due" BIGINT,
    "first_step" TEXT COLLATE "C",
    "week" TEXT COLLATE "C",
    "surface" BIGINT,
    "case" BIGINT,
    "class" TEXT COLLATE "C",
    "suspect" TEXT COLLATE "C"
);
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
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "severity" TEXT COLLATE "C",
    "priority" TEXT COLLATE "C",
    "lead" BIGINT,
    "impact" TEXT COLLATE "C",
    "cause" TEXT COLLATE "C",
    "opened" BIGINT
);
CREATE INDEX IF NOT EXISTS "incidents_by_change" ON "incidents" ("change");
CREATE INDEX IF NOT EXISTS "incidents_by_lead" ON "incidents" ("lead");
CREATE INDEX IF NOT EXISTS "incidents_by_opened" ON "incidents" ("opened");
CREATE TABLE IF NOT EXISTS "incident_surfaces" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "incident_surfaces_by_target" ON "incident_surfaces" ("target");
CREATE TABLE IF NOT EXISTS "experiments" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "hypothesis" TEXT COLLATE "C",
    "primary_metric" TEXT COLLATE "C",
    "owner" BIGINT,
    "surface" BIGINT,
    "state" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "experiments_by_change" ON "experiments" ("change");
CREATE INDEX IF NOT EXISTS "experiments_by_owner" ON "experiments" ("owner");
CREATE INDEX IF NOT EXISTS "experiments_by_surface" ON "experiments" ("surface");
CREATE TABLE IF NOT EXISTS "calendar_feeds" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "person" BIGINT,
    "scope" TEXT COLLATE "C",
    "team" BIGINT,
    "ritual" BIGINT,
    "pack" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_change" ON "calendar_feeds" ("change");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_person" ON "calendar_feeds" ("person");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_team" ON "calendar_feeds" ("team");
CREATE INDEX IF NOT EXISTS "calendar_feeds_by_ritual" ON "calendar_feeds" ("ritual");
CREATE TABLE IF NOT EXISTS "busy_blocks" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "what" TEXT COLLATE "C",
    "person" BIGINT,
    "starts" BIGINT,
    "at" TEXT COLLATE "C",
    "minutes" BIGINT,
    "rule" TEXT COLLATE "C",
    "zone" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "busy_blocks_by_change" ON "busy_blocks" ("change");
CREATE INDEX IF NOT EXISTS "busy_blocks_by_person" ON "busy_blocks" ("person");
CREATE TABLE IF NOT EXISTS "outside_calendars" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "person" BIGINT,
    "team" BIGINT,
    "is_private" BIGINT,
    "read_at" BIGINT,
    "events" BIGINT,
    "warnings" BIGINT,
    "address" TEXT COLLATE "C",
    "inside" BIGINT,
    "failure" TEXT COLLATE "C",
    "failed_at" BIGINT
);
CREATE INDEX IF NOT EXISTS "outside_calendars_by_change" ON "outside_calendars" ("change");
CREATE INDEX IF NOT EXISTS "outside_calendars_by_person" ON "outside_calendars" ("person");
CREATE INDEX IF NOT EXISTS "outside_calendars_by_team" ON "outside_calendars" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "outside_calendars_by_person_name" ON "outside_calendars" ("person", "name") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "outside_calendars_by_team_name" ON "outside_calendars" ("team", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "notes" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "body" TEXT COLLATE "C",
    "author" BIGINT,
    "state" TEXT COLLATE "C",
    "due" BIGINT,
    "dimension_reason" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "notes_by_change" ON "notes" ("change");
CREATE INDEX IF NOT EXISTS "notes_by_author" ON "notes" ("author");
CREATE INDEX IF NOT EXISTS "notes_by_due" ON "notes" ("due");
CREATE INDEX IF NOT EXISTS "notes_by_author_created" ON "notes" ("author", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "note_mentions" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "note_mentions_by_target" ON "note_mentions" ("target");
CREATE TABLE IF NOT EXISTS "standups" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "person" BIGINT,
    "day" BIGINT,
    "progress" TEXT COLLATE "C",
    "today" TEXT COLLATE "C",
    "blockers" TEXT COLLATE "C",
    "help_offered" TEXT COLLATE "C",
    "learned" TEXT COLLATE "C",
    "title" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "standups_by_change" ON "standups" ("change");
CREATE INDEX IF NOT EXISTS "standups_by_person" ON "standups" ("person");
CREATE INDEX IF NOT EXISTS "standups_by_day" ON "standups" ("day");
CREATE UNIQUE INDEX IF NOT EXISTS "standups_by_person_day" ON "standups" ("person", "day") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "standups_by_person_created" ON "standups" ("person", "created") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "week_reviews" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "person" BIGINT,
    "team" BIGINT,
    "week" TEXT COLLATE "C",
    "done" TEXT COLLATE "C",
    "achievements" TEXT COLLATE "C",
    "missed" TEXT COLLATE "C",
    "top_three" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "week_reviews_by_change" ON "week_reviews" ("change");
CREATE INDEX IF NOT EXISTS "week_reviews_by_person" ON "week_reviews" ("person");
CREATE INDEX IF NOT EXISTS "week_reviews_by_team" ON "week_reviews" ("team");
CREATE INDEX IF NOT EXISTS "week_reviews_by_week" ON "week_reviews" ("week");
CREATE UNIQUE INDEX IF NOT EXISTS "week_reviews_by_person_week" ON "week_reviews" ("person", "week") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "week_reviews_by_team_week" ON "week_reviews" ("team", "week") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "inbox_marks" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "item" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "until" BIGINT,
    "due" BIGINT
);
CREATE INDEX IF NOT EXISTS "inbox_marks_by_change" ON "inbox_marks" ("change");
CREATE INDEX IF NOT EXISTS "inbox_marks_by_item" ON "inbox_marks" ("item");
CREATE TABLE IF NOT EXISTS "digest_choices" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "person" BIGINT,
    "kind" TEXT COLLATE "C",
    "frequency" TEXT COLLATE "C",
    "channel" BIGINT
);
CREATE INDEX IF NOT EXISTS "digest_choices_by_change" ON "digest_choices" ("change");
CREATE INDEX IF NOT EXISTS "digest_choices_by_person" ON "digest_choices" ("person");
CREATE INDEX IF NOT EXISTS "digest_choices_by_channel" ON "digest_choices" ("channel");
CREATE UNIQUE INDEX IF NOT EXISTS "digest_choices_by_person_kind" ON "digest_choices" ("person", "kind") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "updates" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "week" TEXT COLLATE "C",
    "team" BIGINT,
    "state" TEXT COLLATE "C",
    "author" BIGINT,
    "reviewer" BIGINT,
    "reviewed_hash" TEXT COLLATE "C",
    "production" TEXT COLLATE "C",
    "eval" TEXT COLLATE "C",
    "eval_none" TEXT COLLATE "C",
    "user" TEXT COLLATE "C",
    "user_none" TEXT COLLATE "C",
    "cost_latency" TEXT COLLATE "C",
    "cost_latency_none" TEXT COLLATE "C",
    "world" TEXT COLLATE "C",
    "sent_at" BIGINT,
    "editions" BIGINT
);
CREATE INDEX IF NOT EXISTS "updates_by_change" ON "updates" ("change");
CREATE INDEX IF NOT EXISTS "updates_by_week" ON "updates" ("week");
CREATE INDEX IF NOT EXISTS "updates_by_team" ON "updates" ("team");
CREATE INDEX IF NOT EXISTS "updates_by_author" ON "updates" ("author");
CREATE INDEX IF NOT EXISTS "updates_by_reviewer" ON "updates" ("reviewer");
CREATE INDEX IF NOT EXISTS "updates_by_sent_at" ON "updates" ("sent_at");
CREATE INDEX IF NOT EXISTS "updates_by_week_team" ON "updates" ("week", "team") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "bets" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "update" BIGINT,
    "owner" BIGINT,
    "outcome" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "evidence" TEXT COLLATE "C",
    "scored_at" BIGINT
);
CREATE INDEX IF NOT EXISTS "bets_by_change" ON "bets" ("change");
CREATE INDEX IF NOT EXISTS "bets_by_update" ON "bets" ("update");
CREATE INDEX IF NOT EXISTS "bets_by_owner" ON "bets" ("owner");
CREATE INDEX IF NOT EXISTS "bets_by_scored_at" ON "bets" ("scored_at");
CREATE TABLE IF NOT EXISTS "update_explanations" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "explanation" TEXT COLLATE "C",
    "update" BIGINT,
    "about" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "update_explanations_by_change" ON "update_explanations" ("change");
CREATE INDEX IF NOT EXISTS "update_explanations_by_update" ON "update_explanations" ("update");
CREATE UNIQUE INDEX IF NOT EXISTS "update_explanations_by_update_about" ON "update_explanations" ("update", "about") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "update_editions" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "update" BIGINT,
    "number" BIGINT,
    "audience" TEXT COLLATE "C",
    "correction" TEXT COLLATE "C",
    "markdown" TEXT COLLATE "C",
    "figures" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "person" BIGINT,
    "sent_at" BIGINT
);
CREATE INDEX IF NOT EXISTS "update_editions_by_change" ON "update_editions" ("change");
CREATE INDEX IF NOT EXISTS "update_editions_by_update" ON "update_editions" ("update");
CREATE INDEX IF NOT EXISTS "update_editions_by_person" ON "update_editions" ("person");
CREATE INDEX IF NOT EXISTS "update_editions_by_sent_at" ON "update_editions" ("sent_at");
CREATE INDEX IF NOT EXISTS "update_editions_by_update_number" ON "update_editions" ("update", "number") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "deck_templates" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "theme" TEXT COLLATE "C",
    "size" TEXT COLLATE "C",
    "heading_divider" BIGINT,
    "paginate" BIGINT,
    "header" TEXT COLLATE "C",
    "footer" TEXT COLLATE "C",
    "body" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "deck_templates_by_change" ON "deck_templates" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "deck_templates_by_name" ON "deck_templates" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "board_briefs" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "week" TEXT COLLATE "C",
    "wins" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "markdown" TEXT COLLATE "C",
    "figures" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "sent_at" BIGINT,
    "person" BIGINT
);
CREATE INDEX IF NOT EXISTS "board_briefs_by_change" ON "board_briefs" ("change");
CREATE INDEX IF NOT EXISTS "board_briefs_by_week" ON "board_briefs" ("week");
CREATE INDEX IF NOT EXISTS "board_briefs_by_sent_at" ON "board_briefs" ("sent_at");
CREATE INDEX IF NOT EXISTS "board_briefs_by_person" ON "board_briefs" ("person");
CREATE TABLE IF NOT EXISTS "board_risks" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "risk" TEXT COLLATE "C",
    "brief" BIGINT,
    "mitigation" TEXT COLLATE "C",
    "owner" BIGINT
);
CREATE INDEX IF NOT EXISTS "board_risks_by_change" ON "board_risks" ("change");
CREATE INDEX IF NOT EXISTS "board_risks_by_brief" ON "board_risks" ("brief");
CREATE INDEX IF NOT EXISTS "board_risks_by_owner" ON "board_risks" ("owner");
CREATE TABLE IF NOT EXISTS "insights" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "part" TEXT COLLATE "C",
    "figure" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "so_what" TEXT COLLATE "C",
    "team" BIGINT,
    "words" TEXT COLLATE "C",
    "frozen" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "insights_by_change" ON "insights" ("change");
CREATE INDEX IF NOT EXISTS "insights_by_team" ON "insights" ("team");
CREATE TABLE IF NOT EXISTS "reports" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "owner" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "reports_by_change" ON "reports" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "reports_by_title" ON "reports" ("title") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "reports_by_owner" ON "reports" ("owner");
CREATE INDEX IF NOT EXISTS "reports_by_team" ON "reports" ("team");
CREATE TABLE IF NOT EXISTS "report_cards" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "report" BIGINT,
    "figure" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "report_cards_by_change" ON "report_cards" ("change");
CREATE INDEX IF NOT EXISTS "report_cards_by_report" ON "report_cards" ("report");
CREATE TABLE IF NOT EXISTS "report_snapshots" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "report" BIGINT,
    "as_of" BIGINT,
    "markdown" TEXT COLLATE "C",
    "figures" TEXT COLLATE "C",
    "content_hash" TEXT COLLATE "C",
    "person" BIGINT
);
CREATE INDEX IF NOT EXISTS "report_snapshots_by_change" ON "report_snapshots" ("change");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_report" ON "report_snapshots" ("report");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_as_of" ON "report_snapshots" ("as_of");
CREATE INDEX IF NOT EXISTS "report_snapshots_by_person" ON "report_snapshots" ("person");
CREATE TABLE IF NOT EXISTS "mail_servers" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "address" TEXT COLLATE "C",
    "user" TEXT COLLATE "C",
    "password" TEXT COLLATE "C",
    "sender" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "mail_servers_by_change" ON "mail_servers" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "mail_servers_by_name" ON "mail_servers" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "channels" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "recipients" TEXT COLLATE "C",
    "webhook" TEXT COLLATE "C",
    "inside" BIGINT,
    "personal" BIGINT,
    "audience" TEXT COLLATE "C",
    "team" BIGINT,
    "pages" TEXT COLLATE "C",
    "owner" BIGINT,
    "on" BIGINT
);
CREATE INDEX IF NOT EXISTS "channels_by_change" ON "channels" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "channels_by_name" ON "channels" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "channels_by_audience" ON "channels" ("audience");
CREATE INDEX IF NOT EXISTS "channels_by_team" ON "channels" ("team");
CREATE INDEX IF NOT EXISTS "channels_by_owner" ON "channels" ("owner");
CREATE TABLE IF NOT EXISTS "deliveries" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "subject" TEXT COLLATE "C",
    "channel" BIGINT,
    "state" TEXT COLLATE "C",
    "about" TEXT COLLATE "C",
    "key" TEXT COLLATE "C",
    "tries" BIGINT,
    "next_try" BIGINT,
    "sent_at" BIGINT,
    "error" TEXT COLLATE "C",
    "markdown" TEXT COLLATE "C",
    "person" BIGINT,
    "personal_text" TEXT COLLATE "C",
    "personal_error" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "deliveries_by_change" ON "deliveries" ("change");
CREATE INDEX IF NOT EXISTS "deliveries_by_channel" ON "deliveries" ("channel");
CREATE INDEX IF NOT EXISTS "deliveries_by_state" ON "deliveries" ("state");
CREATE INDEX IF NOT EXISTS "deliveries_by_about" ON "deliveries" ("about");
CREATE INDEX IF NOT EXISTS "deliveries_by_next_try" ON "deliveries" ("next_try");
CREATE INDEX IF NOT EXISTS "deliveries_by_person" ON "deliveries" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "deliveries_by_channel_key" ON "deliveries" ("channel", "key") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "deliveries_by_state_next_try" ON "deliveries" ("state", "next_try") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "message_settings" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "person" BIGINT,
    "at" TEXT COLLATE "C",
    "quiet_from" TEXT COLLATE "C",
    "quiet_until" TEXT COLLATE "C",
    "days_off" BIGINT,
    "channel" BIGINT
);
CREATE INDEX IF NOT EXISTS "message_settings_by_change" ON "message_settings" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "message_settings_by_person" ON "message_settings" ("person") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "message_settings_by_channel" ON "message_settings" ("channel");
CREATE TABLE IF NOT EXISTS "decisions" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "number" BIGINT,
    "title" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "owner" BIGINT,
    "context" TEXT COLLATE "C",
    "options" TEXT COLLATE "C",
    "decision" TEXT COLLATE "C",
    "consequences" TEXT COLLATE "C",
    "decided" BIGINT,
    "revisit" BIGINT,
    "outcome" TEXT COLLATE "C",
    "outcome_recorded" BIGINT,
    "more" TEXT COLLATE "C",
    "front_matter" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "decisions_by_change" ON "decisions" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "decisions_by_number" ON "decisions" ("number") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "decisions_by_owner" ON "decisions" ("owner");
CREATE INDEX IF NOT EXISTS "decisions_by_revisit" ON "decisions" ("revisit");
CREATE TABLE IF NOT EXISTS "knowledge_pages" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "body" TEXT COLLATE "C",
    "owner" BIGINT,
    "review_by" BIGINT,
    "team" BIGINT,
    "source" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_change" ON "knowledge_pages" ("change");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_owner" ON "knowledge_pages" ("owner");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_review_by" ON "knowledge_pages" ("review_by");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_team" ON "knowledge_pages" ("team");
CREATE INDEX IF NOT EXISTS "knowledge_pages_by_source" ON "knowledge_pages" ("source");
CREATE TABLE IF NOT EXISTS "lessons" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "topic" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "body" TEXT COLLATE "C",
    "author" BIGINT,
    "team" BIGINT
);
CREATE INDEX IF NOT EXISTS "lessons_by_change" ON "lessons" ("change");
CREATE INDEX IF NOT EXISTS "lessons_by_topic" ON "lessons" ("topic");
CREATE INDEX IF NOT EXISTS "lessons_by_author" ON "lessons" ("author");
CREATE INDEX IF NOT EXISTS "lessons_by_team" ON "lessons" ("team");
CREATE TABLE IF NOT EXISTS "metric_series" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "surface" BIGINT,
    "kind" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    "direction" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "url" TEXT COLLATE "C",
    "query" TEXT COLLATE "C",
    "step" BIGINT
);
CREATE INDEX IF NOT EXISTS "metric_series_by_change" ON "metric_series" ("change");
CREATE INDEX IF NOT EXISTS "metric_series_by_surface" ON "metric_series" ("surface");
CREATE UNIQUE INDEX IF NOT EXISTS "metric_series_by_surface_name" ON "metric_series" ("surface", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "persons" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "email" TEXT COLLATE "C",
    "zone" TEXT COLLATE "C",
    "working_from" TEXT COLLATE "C",
    "working_until" TEXT COLLATE "C",
    "working_days" TEXT COLLATE "C",
    "holiday_calendar" BIGINT,
    "is_robot" BIGINT
);
CREATE INDEX IF NOT EXISTS "persons_by_change" ON "persons" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_name" ON "persons" ("name") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_email" ON "persons" ("email") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "persons_by_holiday_calendar" ON "persons" ("holiday_calendar");
CREATE TABLE IF NOT EXISTS "teams" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "zone" TEXT COLLATE "C",
    "lead" BIGINT,
    "holiday_calendar" BIGINT
);
CREATE INDEX IF NOT EXISTS "teams_by_change" ON "teams" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "teams_by_name" ON "teams" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "teams_by_lead" ON "teams" ("lead");
CREATE INDEX IF NOT EXISTS "teams_by_holiday_calendar" ON "teams" ("holiday_calendar");
CREATE TABLE IF NOT EXISTS "memberships" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "person" BIGINT,
    "team" BIGINT,
    "note" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "memberships_by_change" ON "memberships" ("change");
CREATE INDEX IF NOT EXISTS "memberships_by_person" ON "memberships" ("person");
CREATE INDEX IF NOT EXISTS "memberships_by_team" ON "memberships" ("team");
CREATE UNIQUE INDEX IF NOT EXISTS "memberships_by_person_team" ON "memberships" ("person", "team") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "tokens" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "person" BIGINT,
    "expires" BIGINT,
    "hash" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "tokens_by_change" ON "tokens" ("change");
CREATE INDEX IF NOT EXISTS "tokens_by_person" ON "tokens" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "tokens_by_hash" ON "tokens" ("hash") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "sessions" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "person" BIGINT
);
CREATE INDEX IF NOT EXISTS "sessions_by_change" ON "sessions" ("change");
CREATE INDEX IF NOT EXISTS "sessions_by_person" ON "sessions" ("person");
CREATE TABLE IF NOT EXISTS "invitations" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "person" BIGINT,
    "expires" BIGINT,
    "used" BIGINT
);
CREATE INDEX IF NOT EXISTS "invitations_by_change" ON "invitations" ("change");
CREATE INDEX IF NOT EXISTS "invitations_by_person" ON "invitations" ("person");
CREATE TABLE IF NOT EXISTS "saved_filters" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "record" TEXT COLLATE "C",
    "query" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "saved_filters_by_change" ON "saved_filters" ("change");
CREATE INDEX IF NOT EXISTS "saved_filters_by_record" ON "saved_filters" ("record");
CREATE TABLE IF NOT EXISTS "absences" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "title" TEXT COLLATE "C",
    "person" BIGINT,
    "first_day" BIGINT,
    "last_day" BIGINT,
    "kind" TEXT COLLATE "C",
    "note" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "absences_by_change" ON "absences" ("change");
CREATE INDEX IF NOT EXISTS "absences_by_person" ON "absences" ("person");
CREATE INDEX IF NOT EXISTS "absences_by_first_day" ON "absences" ("first_day");
CREATE INDEX IF NOT EXISTS "absences_by_last_day" ON "absences" ("last_day");
CREATE TABLE IF NOT EXISTS "holiday_calendars" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "holiday_calendars_by_change" ON "holiday_calendars" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "holiday_calendars_by_name" ON "holiday_calendars" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "holidays" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "day" BIGINT,
    "team" BIGINT,
    "calendar" BIGINT
);
CREATE INDEX IF NOT EXISTS "holidays_by_change" ON "holidays" ("change");
CREATE INDEX IF NOT EXISTS "holidays_by_day" ON "holidays" ("day");
CREATE INDEX IF NOT EXISTS "holidays_by_team" ON "holidays" ("team");
CREATE INDEX IF NOT EXISTS "holidays_by_calendar" ON "holidays" ("calendar");
CREATE UNIQUE INDEX IF NOT EXISTS "holidays_by_day_team" ON "holidays" ("day", "team") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "holidays_by_calendar_day" ON "holidays" ("calendar", "day") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "links" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "kind" TEXT COLLATE "C",
    "from" TEXT COLLATE "C",
    "to" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "from_record" TEXT COLLATE "C",
    "from_row" BIGINT,
    "to_record" TEXT COLLATE "C",
    "to_row" BIGINT
);
CREATE INDEX IF NOT EXISTS "links_by_change" ON "links" ("change");
CREATE INDEX IF NOT EXISTS "links_by_from" ON "links" ("from");
CREATE INDEX IF NOT EXISTS "links_by_to" ON "links" ("to");
CREATE UNIQUE INDEX IF NOT EXISTS "links_by_kind_from_to" ON "links" ("kind", "from", "to") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "eval_column" (
    "surface" BIGINT NOT NULL,
    "run" BIGINT NOT NULL,
    "content" BIGINT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "body" BYTEA NOT NULL,
    PRIMARY KEY ("surface", "run", "content", "name")
);
ALTER TABLE "eval_column" ALTER COLUMN "body" SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS "eval_verdicts" (
    "surface" BIGINT NOT NULL,
    "run" BIGINT NOT NULL,
    "content" BIGINT NOT NULL,
    "fingerprint" BIGINT,
    "body" BYTEA NOT NULL,
    PRIMARY KEY ("surface", "run", "content")
);
ALTER TABLE "eval_verdicts" ALTER COLUMN "body" SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS "eval_verdicts_by_surface_fingerprint" ON "eval_verdicts" ("surface", "fingerprint");
CREATE TABLE IF NOT EXISTS "calendar_feed_key" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "feed" BIGINT NOT NULL,
    "person" BIGINT NOT NULL,
    "asked_at" BIGINT NOT NULL,
    "said" TEXT COLLATE "C",
    "since" BIGINT NOT NULL,
    PRIMARY KEY ("digest")
);
CREATE INDEX IF NOT EXISTS "calendar_feed_key_by_feed" ON "calendar_feed_key" ("feed");
CREATE TABLE IF NOT EXISTS "outside_event" (
    "calendar" BIGINT NOT NULL,
    "number" BIGINT NOT NULL,
    "uid" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C",
    "place" TEXT COLLATE "C",
    "starts" BIGINT NOT NULL,
    "ends" BIGINT NOT NULL,
    "is_day" BIGINT NOT NULL,
    "zone" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C",
    "left_out" TEXT COLLATE "C",
    "is_private" BIGINT NOT NULL,
    "is_free" BIGINT NOT NULL,
    PRIMARY KEY ("calendar", "number")
);
CREATE TABLE IF NOT EXISTS "outside_fetch" (
    "calendar" BIGINT PRIMARY KEY,
    "address" TEXT COLLATE "C" NOT NULL,
    "asked_at" BIGINT NOT NULL,
    "next_at" BIGINT NOT NULL,
    "failures" BIGINT NOT NULL,
    "read_at" BIGINT NOT NULL,
    "content" TEXT COLLATE "C",
    "etag" TEXT COLLATE "C",
    "modified" TEXT COLLATE "C"
);
CREATE TABLE IF NOT EXISTS "digest_told" (
    "person" BIGINT PRIMARY KEY,
    "day" BIGINT NOT NULL,
    "decided_until" BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS "metric_point" (
    "series" BIGINT NOT NULL,
    "labels" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "numerator" DOUBLE PRECISION,
    "denominator" DOUBLE PRECISION,
    "value" DOUBLE PRECISION,
    "word" TEXT COLLATE "C",
    PRIMARY KEY ("series", "labels", "at")
);
CREATE INDEX IF NOT EXISTS "metric_point_by_series_at" ON "metric_point" ("series", "at");
CREATE TABLE IF NOT EXISTS "metric_fetch" (
    "series" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "since" BIGINT NOT NULL,
    "until" BIGINT NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "query" TEXT COLLATE "C" NOT NULL,
    "step" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,
    "notes" TEXT COLLATE "C",
    PRIMARY KEY ("series", "at")
);
CREATE TABLE IF NOT EXISTS "password" (
    "person" BIGINT PRIMARY KEY,
    "kept" TEXT COLLATE "C" NOT NULL
);
CREATE TABLE IF NOT EXISTS "session_key" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "session" BIGINT NOT NULL,
    "person" BIGINT NOT NULL,
    "seen_at" BIGINT NOT NULL,
    PRIMARY KEY ("digest")
);
CREATE INDEX IF NOT EXISTS "session_key_by_person" ON "session_key" ("person");
CREATE INDEX IF NOT EXISTS "session_key_by_seen_at" ON "session_key" ("seen_at");
CREATE TABLE IF NOT EXISTS "invitation_key" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "invitation" BIGINT NOT NULL,
    PRIMARY KEY ("digest")
);
CREATE TABLE IF NOT EXISTS "sign_in_try" (
    "word" TEXT COLLATE "C" NOT NULL,
    "tries" BIGINT NOT NULL,
    "since" BIGINT NOT NULL,
    PRIMARY KEY ("word")
);
CREATE INDEX IF NOT EXISTS "sign_in_try_by_since" ON "sign_in_try" ("since");
CREATE TABLE IF NOT EXISTS "audit" (
    "id" BIGINT PRIMARY KEY,
    "change" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" BIGINT NOT NULL,
    "door" TEXT COLLATE "C" NOT NULL,
    "record" TEXT COLLATE "C" NOT NULL,
    "row" BIGINT NOT NULL,
    "verb" TEXT COLLATE "C" NOT NULL,
    "what" TEXT COLLATE "C" NOT NULL,
    "fields" TEXT COLLATE "C" NOT NULL
);
CREATE INDEX IF NOT EXISTS "audit_by_record_row" ON "audit" ("record", "row");
CREATE INDEX IF NOT EXISTS "audit_by_change" ON "audit" ("change");
CREATE TABLE IF NOT EXISTS "audit_seal" (
    "id" BIGINT PRIMARY KEY,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "chain" TEXT COLLATE "C" NOT NULL
);
CREATE TABLE IF NOT EXISTS "idempotency" (
    "person" BIGINT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "method" TEXT COLLATE "C" NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "status" BIGINT NOT NULL,
    "reply" TEXT COLLATE "C" NOT NULL,
    "location" TEXT COLLATE "C",
    "etag" TEXT COLLATE "C",
    "at" BIGINT NOT NULL,
    PRIMARY KEY ("person", "key")
);
CREATE INDEX IF NOT EXISTS "idempotency_by_at" ON "idempotency" ("at");
CREATE TABLE IF NOT EXISTS "quarantine" (
    "id" BIGINT PRIMARY KEY,
    "change" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "format" TEXT COLLATE "C" NOT NULL,
    "file" TEXT COLLATE "C" NOT NULL,
    "line" BIGINT NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "bytes" BYTEA NOT NULL,
    "run_key" TEXT COLLATE "C" NOT NULL,
    "header" TEXT COLLATE "C" NOT NULL,
    "replayed" BIGINT NOT NULL
);
ALTER TABLE "quarantine" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS "quarantine_by_replayed_id" ON "quarantine" ("replayed", "id");
CREATE INDEX IF NOT EXISTS "quarantine_by_run_key_line" ON "quarantine" ("run_key", "line");
CREATE TABLE IF NOT EXISTS "job" (
    "id" BIGINT PRIMARY KEY,
    "kind" TEXT COLLATE "C" NOT NULL,
    "person" BIGINT NOT NULL,
    "scopes" BIGINT,
    "state" TEXT COLLATE "C" NOT NULL,
    "progress" BIGINT NOT NULL,
    "sentence" TEXT COLLATE "C" NOT NULL,
    "result" TEXT COLLATE "C",
    "options" TEXT COLLATE "C",
    "input_bytes" BIGINT,
    "created" BIGINT NOT NULL,
    "started" BIGINT,
    "ended" BIGINT,
    "attempt" BIGINT,
    "not_before" BIGINT,
    "node" TEXT COLLATE "C",
    "heartbeat" BIGINT,
    "wants_cancel" BIGINT,
    "change" BIGINT,
    "is_stored" BIGINT,
    "version" BIGINT
);
CREATE INDEX IF NOT EXISTS "job_by_person_id" ON "job" ("person", "id");
CREATE INDEX IF NOT EXISTS "job_by_state_id" ON "job" ("state", "id");
CREATE INDEX IF NOT EXISTS "job_by_version" ON "job" ("version");
CREATE TABLE IF NOT EXISTS "job_input" (
    "job" BIGINT NOT NULL,
    "part" BIGINT NOT NULL,
    "bytes" BYTEA NOT NULL,
    PRIMARY KEY ("job", "part")
);
ALTER TABLE "job_input" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS "job_period" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "not_before" BIGINT NOT NULL,
    PRIMARY KEY ("kind")
);
