// DuckDB beside Rondo, driven by lines of JSON on standard input, one answer line for each:
//   {"do":"import","file":F,"store":S,"threads":N}   read_json of F into a table of a new file S
//   {"do":"open","file":F,"store":S}                 a table of results in S, from F when S is new
//   {"do":"answers","query":NAME,"threads":N}        the four answers by that query, all rows taken
// `seconds` are those between the call and its last row, `processor` those that processors worked on
// it; opening a file is not among them.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { DuckDBInstance } = createRequire(process.env.BENCH_MODULES + '/')('@duckdb/node-api');

// One row per surface, week and case: how many of the week's runs passed, and the majority.
const columns = 'sum(passed) AS points, sum(passed) * 2 > count(*) AS passed';
const weeks = [...Array(12).keys()];
const verdicts = {
  // Plain: three keys at once.
  grouped: `SELECT surface, week, number, ${columns} FROM result GROUP BY surface, week, number`,
  // The same with DuckDB's table of all possible groups (its default threshold is 12 bits).
  dense: `SELECT surface, week, number, ${columns} FROM result GROUP BY surface, week, number`,
  // One key of one number, which hashes faster.
  packed: `SELECT key // 1000000 AS surface, key // 10000 % 100 AS week, key % 10000 AS number, points, passed FROM
           (SELECT surface::INT * 1000000 + week::INT * 10000 + number AS key, ${columns} FROM result GROUP BY key)`,
  // Twelve columns at once: fewer groups, more aggregates.
  wide: `SELECT surface, week, number, points, points * 2 > runs AS passed FROM
         (SELECT surface, number, [${weeks.map((week) => `sum(passed) FILTER (week = ${week})`).join(', ')}] AS sums,
                 [${weeks.map((week) => `count(*) FILTER (week = ${week})`).join(', ')}] AS counts
          FROM result GROUP BY surface, number), LATERAL
         (SELECT unnest(sums) AS points, unnest(counts) AS runs, unnest(range(12)) AS week)`,
};

const last = 11;
const answers = {
  rates: `SELECT surface, week, sum(passed::INT) / count(*) AS rate FROM verdict GROUP BY ALL ORDER BY ALL`,
  flips: `SELECT a.surface, a.number, b.passed FROM verdict a JOIN verdict b USING (surface, number)
          WHERE a.week = ${last - 1} AND b.week = ${last} AND a.passed <> b.passed`,
  mcnemar: `SELECT a.surface, count(*) FILTER (a.passed AND NOT b.passed) AS lost,
                   count(*) FILTER (b.passed AND NOT a.passed) AS won
            FROM verdict a JOIN verdict b USING (surface, number)
            WHERE a.week = ${last - 1} AND b.week = ${last} GROUP BY a.surface ORDER BY 1`,
  tail: `WITH past AS (SELECT surface, number, sum(points) FILTER (week < ${last}) AS points,
                              max(passed::INT) FILTER (week = ${last}) AS now,
                              max(passed::INT) FILTER (week = ${last - 1}) AS before
                       FROM verdict GROUP BY surface, number),
              worst AS (SELECT *, row_number() OVER (PARTITION BY surface ORDER BY points, number) AS place
                        FROM past)
         SELECT surface, sum(now) / count(*) AS now, sum(before) / count(*) AS before
         FROM worst WHERE place <= 200 GROUP BY surface ORDER BY surface`,
};

let store;
const open = async (path, threads) => {
  const instance = await DuckDBInstance.create(path);
  store = await instance.connect();
  await store.run(`PRAGMA threads=${threads}`);
  return instance;
};

const rows = async (query) => (await store.runAndReadAll(query)).getRowsJson();

const timed = async (work) => {
  const begin = performance.now(), used = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - begin) / 1000, processor: (user + system) / 1e6, ...result };
};

const deeds = {
  import: async ({ file, store: path, threads }) => {
    const instance = await open(path, threads);
    const took = await timed(() =>
      store.run(`CREATE TABLE result AS SELECT * FROM read_json('${file}', format = 'newline_delimited')`).then(() => ({})));
    const [[count]] = await rows('SELECT count(*) FROM result');
    store.closeSync();
    instance.closeSync();
    return { ...took, count: Number(count) };
  },
  open: async ({ file, store: path }) => {
    const isNew = !existsSync(path);
    await open(path, 2);
    if (isNew)
      await store.run(`CREATE TABLE result AS SELECT * FROM read_csv('${file}', header = false, columns =
        {'surface': 'SMALLINT', 'week': 'TINYINT', 'run': 'SMALLINT', 'number': 'SMALLINT', 'passed': 'TINYINT'})`);
    const [[count]] = await rows('SELECT count(*) FROM result');
    return { count: Number(count), version: (await rows('SELECT version()'))[0][0] };
  },
  answers: async ({ query, threads, tail }) => {
    await store.run(`PRAGMA threads=${threads}`);
    await store.run(`SET perfect_ht_threshold = ${query === 'dense' ? 24 : 12}`);
    return timed(async () => {
      await store.run(`CREATE OR REPLACE TEMP TABLE verdict AS ${verdicts[query]}`);
      const result = {};
      for (const [name, text] of Object.entries(answers))
        result[name] = await rows(text.replace('<= 200', `<= ${tail}`));
      result.flips = result.flips.length;
      return result;
    });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    console.log(JSON.stringify(await deeds[order.do](order)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
