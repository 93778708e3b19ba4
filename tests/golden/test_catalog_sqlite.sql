CREATE TABLE IF NOT EXISTS "teams" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "zone" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "teams_by_change" ON "teams" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "teams_by_name" ON "teams" ("name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "people" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "email" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "people_by_change" ON "people" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "people_by_email" ON "people" ("email") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gadgets" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "serial" TEXT,
    "about" TEXT,
    "amount" INTEGER,
    "ratio" REAL,
    "weight" REAL,
    "is_loud" INTEGER,
    "opened" INTEGER,
    "due" INTEGER,
    "zone" TEXT,
    "color" TEXT,
    "state" TEXT,
    "team" INTEGER,
    "owner" INTEGER,
    "place" TEXT,
    "extra" TEXT,
    "picture" BLOB,
    "password" TEXT,
    "remark" TEXT,
    "cases" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "gadgets_by_change" ON "gadgets" ("change");
CREATE UNIQUE INDEX IF NOT EXISTS "gadgets_by_name" ON "gadgets" ("name") WHERE "archived" = 0;
CREATE INDEX IF NOT EXISTS "gadgets_by_serial" ON "gadgets" ("serial");
CREATE INDEX IF NOT EXISTS "gadgets_by_opened" ON "gadgets" ("opened");
CREATE INDEX IF NOT EXISTS "gadgets_by_state" ON "gadgets" ("state");
CREATE INDEX IF NOT EXISTS "gadgets_by_team" ON "gadgets" ("team");
CREATE INDEX IF NOT EXISTS "gadgets_by_owner" ON "gadgets" ("owner");
CREATE UNIQUE INDEX IF NOT EXISTS "gadgets_by_team_place" ON "gadgets" ("team", "place") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "gadget_helpers" (
    "row" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    PRIMARY KEY ("row", "position")
) STRICT;
CREATE INDEX IF NOT EXISTS "gadget_helpers_by_target" ON "gadget_helpers" ("target");
CREATE TABLE IF NOT EXISTS "gizmos" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "gadget" INTEGER,
    "name" TEXT,
    "size" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "gizmos_by_change" ON "gizmos" ("change");
CREATE INDEX IF NOT EXISTS "gizmos_by_gadget" ON "gizmos" ("gadget");
CREATE UNIQUE INDEX IF NOT EXISTS "gizmos_by_gadget_name" ON "gizmos" ("gadget", "name") WHERE "archived" = 0;
CREATE TABLE IF NOT EXISTS "diaries" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "headline" TEXT,
    "entry" TEXT,
    "day" INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS "diaries_by_change" ON "diaries" ("change");
CREATE INDEX IF NOT EXISTS "diaries_by_day" ON "diaries" ("day");
CREATE TABLE IF NOT EXISTS "memos" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "subject" TEXT,
    "body" TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS "memos_by_change" ON "memos" ("change");
CREATE TABLE IF NOT EXISTS "plan_items" (
    "id" INTEGER PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "change" INTEGER NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "name" TEXT,
    "team" INTEGER,
    "effort" REAL
) STRICT;
CREATE INDEX IF NOT EXISTS "plan_items_by_change" ON "plan_items" ("change");
CREATE INDEX IF NOT EXISTS "plan_items_by_team" ON "plan_items" ("team");
CREATE TABLE IF NOT EXISTS "gadget_reading" (
    "gadget" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "note" TEXT,
    "wave" BLOB,
    PRIMARY KEY ("gadget", "at")
) STRICT;
CREATE INDEX IF NOT EXISTS "gadget_reading_by_at" ON "gadget_reading" ("at");
