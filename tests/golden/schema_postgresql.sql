CREATE TABLE IF NOT EXISTS "suites" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT,
    "nulls" TEXT,
    "trial_rule" TEXT,
    "keeps_texts" BIGINT,
    "threshold_metric" TEXT,
    "threshold" DOUBLE PRECISION
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
    "name" TEXT,
    "suite" BIGINT,
    "team" BIGINT,
    "owner" BIGINT,
    "metric" TEXT,
    "direction" TEXT,
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
    "key" TEXT,
    "key_kind" TEXT
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
    "run" TEXT,
    "surface" BIGINT,
    "suite" BIGINT,
    "started_at" BIGINT,
    "started_zone" TEXT,
    "status" TEXT,
    "model" TEXT,
    "agent" TEXT,
    "prompt" TEXT,
    "prompt_version" TEXT,
    "dataset_version" TEXT,
    "judge" TEXT,
    "harness_version" TEXT,
    "cases" BIGINT,
    "results" BIGINT,
    "passed" BIGINT,
    "failed" BIGINT,
    "errors" BIGINT,
    "unscored" BIGINT,
    "skipped" BIGINT,
    "content" BIGINT,
    "content_hash" TEXT,
    "file" TEXT,
    "file_sha256" TEXT
);
CREATE INDEX IF NOT EXISTS "eval_runs_by_change" ON "eval_runs" ("change");
CREATE INDEX IF NOT EXISTS "eval_runs_by_surface" ON "eval_runs" ("surface");
CREATE INDEX IF NOT EXISTS "eval_runs_by_suite" ON "eval_runs" ("suite");
CREATE INDEX IF NOT EXISTS "eval_runs_by_started_at" ON "eval_runs" ("started_at");
CREATE UNIQUE INDEX IF NOT EXISTS "eval_runs_by_surface_run" ON "eval_runs" ("surface", "run") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "persons" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "zone" TEXT,
    "is_robot" BIGINT
);
CREATE INDEX IF NOT EXISTS "persons_by_change" ON "persons" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_name" ON "persons" ("name") WHERE "archived" = 0;
CREATE UNIQUE INDEX IF NOT EXISTS "persons_by_email" ON "persons" ("email") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "teams" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT,
    "zone" TEXT
);
CREATE INDEX IF NOT EXISTS "teams_by_change" ON "teams" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "teams_by_name" ON "teams" ("name") WHERE "archived" = 0;
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
    "note" TEXT
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
    "name" TEXT,
    "person" BIGINT,
    "expires" BIGINT,
    "hash" TEXT
);
CREATE INDEX IF NOT EXISTS "tokens_by_change" ON "tokens" ("change");
CREATE INDEX IF NOT EXISTS "tokens_by_person" ON "tokens" ("person");
CREATE UNIQUE INDEX IF NOT EXISTS "tokens_by_hash" ON "tokens" ("hash") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "links" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "kind" TEXT,
    "from" TEXT,
    "to" TEXT,
    "note" TEXT,
    "from_record" TEXT,
    "from_row" BIGINT,
    "to_record" TEXT,
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
    "name" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    PRIMARY KEY ("surface", "run", "content", "name")
);
CREATE TABLE IF NOT EXISTS "audit" (
    "id" BIGINT PRIMARY KEY,
    "change" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" BIGINT NOT NULL,
    "door" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "row" BIGINT NOT NULL,
    "verb" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "fields" TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS "audit_by_record_row" ON "audit" ("record", "row");
CREATE INDEX IF NOT EXISTS "audit_by_change" ON "audit" ("change");
CREATE TABLE IF NOT EXISTS "audit_seal" (
    "id" BIGINT PRIMARY KEY,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "chain" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "idempotency" (
    "person" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" BIGINT NOT NULL,
    "reply" TEXT NOT NULL,
    "location" TEXT,
    "etag" TEXT,
    "at" BIGINT NOT NULL,
    PRIMARY KEY ("person", "key")
);
CREATE INDEX IF NOT EXISTS "idempotency_by_at" ON "idempotency" ("at");
CREATE TABLE IF NOT EXISTS "quarantine" (
    "id" BIGINT PRIMARY KEY,
    "change" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "format" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "line" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "run_key" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "replayed" BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS "quarantine_by_replayed_id" ON "quarantine" ("replayed", "id");
CREATE INDEX IF NOT EXISTS "quarantine_by_run_key_line" ON "quarantine" ("run_key", "line");
CREATE TABLE IF NOT EXISTS "job" (
    "id" BIGINT PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "person" BIGINT NOT NULL,
    "scopes" BIGINT,
    "state" TEXT NOT NULL,
    "progress" BIGINT NOT NULL,
    "sentence" TEXT NOT NULL,
    "result" TEXT,
    "options" TEXT,
    "input_bytes" BIGINT,
    "created" BIGINT NOT NULL,
    "started" BIGINT,
    "ended" BIGINT,
    "attempt" BIGINT,
    "not_before" BIGINT,
    "node" TEXT,
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
CREATE TABLE IF NOT EXISTS "job_period" (
    "kind" TEXT NOT NULL,
    "not_before" BIGINT NOT NULL,
    PRIMARY KEY ("kind")
);
