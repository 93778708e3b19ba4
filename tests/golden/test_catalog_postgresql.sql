CREATE TABLE IF NOT EXISTS "teams" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "zone" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "teams_by_change" ON "teams" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "teams_by_name" ON "teams" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "people" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "email" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "people_by_change" ON "people" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "people_by_email" ON "people" ("email") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gadgets" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "serial" TEXT COLLATE "C",
    "about" TEXT COLLATE "C",
    "amount" BIGINT,
    "ratio" DOUBLE PRECISION,
    "weight" DOUBLE PRECISION,
    "is_loud" BIGINT,
    "opened" BIGINT,
    "due" BIGINT,
    "zone" TEXT COLLATE "C",
    "color" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "team" BIGINT,
    "owner" BIGINT,
    "place" TEXT COLLATE "C",
    "extra" TEXT COLLATE "C",
    "picture" BYTEA,
    "password" TEXT COLLATE "C",
    "remark" TEXT COLLATE "C",
    "cases" BIGINT
);
ALTER TABLE "gadgets" ALTER COLUMN "picture" SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS "gadgets_by_change" ON "gadgets" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "gadgets_by_name" ON "gadgets" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "gadgets_by_serial" ON "gadgets" ("serial");
CREATE INDEX IF NOT EXISTS "gadgets_by_opened" ON "gadgets" ("opened");
CREATE INDEX IF NOT EXISTS "gadgets_by_state" ON "gadgets" ("state");
CREATE INDEX IF NOT EXISTS "gadgets_by_team" ON "gadgets" ("team");
CREATE INDEX IF NOT EXISTS "gadgets_by_owner" ON "gadgets" ("owner");
CREATE UNIQUE INDEX IF NOT EXISTS "gadgets_by_team_place" ON "gadgets" ("team", "place") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gadget_helpers" (
    "row" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "target" BIGINT NOT NULL,
    PRIMARY KEY ("row", "position")
);
CREATE INDEX IF NOT EXISTS "gadget_helpers_by_target" ON "gadget_helpers" ("target");
CREATE TABLE IF NOT EXISTS "gizmos" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "gadget" BIGINT,
    "name" TEXT COLLATE "C",
    "size" BIGINT
);
CREATE INDEX IF NOT EXISTS "gizmos_by_change" ON "gizmos" ("change");
CREATE INDEX IF NOT EXISTS "gizmos_by_gadget" ON "gizmos" ("gadget");
CREATE UNIQUE INDEX IF NOT EXISTS "gizmos_by_gadget_name" ON "gizmos" ("gadget", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "diaries" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "headline" TEXT COLLATE "C",
    "entry" TEXT COLLATE "C",
    "day" BIGINT
);
CREATE INDEX IF NOT EXISTS "diaries_by_change" ON "diaries" ("change");
CREATE INDEX IF NOT EXISTS "diaries_by_day" ON "diaries" ("day");
CREATE TABLE IF NOT EXISTS "memos" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "subject" TEXT COLLATE "C",
    "body" TEXT COLLATE "C"
);
CREATE INDEX IF NOT EXISTS "memos_by_change" ON "memos" ("change");
CREATE TABLE IF NOT EXISTS "plan_items" (
    "id" BIGINT PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "changed" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "dimensions" BIGINT NOT NULL,
    "name" TEXT COLLATE "C",
    "team" BIGINT,
    "effort" DOUBLE PRECISION
);
CREATE INDEX IF NOT EXISTS "plan_items_by_change" ON "plan_items" ("change");
CREATE INDEX IF NOT EXISTS "plan_items_by_team" ON "plan_items" ("team");
CREATE TABLE IF NOT EXISTS "gadget_reading" (
    "gadget" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "note" TEXT COLLATE "C",
    "wave" BYTEA,
    PRIMARY KEY ("gadget", "at")
);
ALTER TABLE "gadget_reading" ALTER COLUMN "wave" SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS "gadget_reading_by_at" ON "gadget_reading" ("at");
