import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allRoutes } from "#server/app/routes.ts";
import type { Database } from "#server/db/database.ts";
import { openBackup } from "#server/upkeep/backup/read-backup.ts";
import { answerLines, everybody, fileNameOf, readAll } from "#tests/same/calls.ts";
import { runAll } from "#tests/same/commands.ts";
import { callOfPeople, type Tell } from "#tests/same/people.ts";
import { lasting, leaves } from "#tests/same/told.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import type { SampleState } from "#tests/support/audit-sample.ts";
import { auditSamples } from "#tests/support/audit-samples.ts";
import { backUp, passphrase } from "#tests/support/backup.ts";
import { engines, openFilled } from "#tests/support/database.ts";
import { fillWatched } from "#tests/support/demo.ts";
import { plainTable } from "#tests/support/import.ts";
import { raiseAlert } from "#tests/support/watch.ts";

interface Recorded {
  readonly db: Database;
  readonly app: TestApp;
  readonly callers: ReadonlyMap<string, TestCaller>;
}
type Put = (name: string, lines: readonly string[]) => void;

/** Everything but pictures, into a folder for each engine. */
export async function recordAnswers(folder: string, say: (line: string) => void): Promise<void> {
  for (const engine of engines) {
    const opened = await openFilled(engine, fillWatched);
    try {
      await recordOne(opened.db, join(folder, engine), (line) => say(`${engine}: ${line}`));
    } finally {
      await opened.drop();
    }
  }
}

async function recordOne(db: Database, into: string, say: (line: string) => void): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "boxster-same-"));
  const app = await openTestApp(db, { dataFolder: scratch });
  const putIn = (part: string): Put => {
    mkdirSync(join(into, part), { recursive: true });
    return (name, lines) =>
      writeFileSync(join(into, part, `${name}.txt`), lasting(`${lines.join("\n")}\n`));
  };
  try {
    // Of residents' reports alone: with a partner's among them nothing would cross the line.
    await raiseAlert(db, { residents: 12 });
    await raiseAlert(db);
    const callers = await everybody(app);
    putIn(".")("openapi", leaves((await app.stranger.get("/api/openapi.json")).json()));
    say("what everybody reads in the morning");
    await readAll(callers, new Map(), putIn("morning"));
    say("the day");
    const known = await callDay({ db, app, callers }, putIn("day"));
    say("what everybody reads in the evening");
    await readAll(callers, known, putIn("evening"));
    say("commands");
    writeFileSync(join(scratch, "events.csv"), plainTable(["2021-06-05", "31/02/2021"]));
    await runAll(app.services, scratch, putIn("commands"));
    say("the backup");
    await readOut(db, scratch, putIn("backup"));
  } finally {
    await app.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Each call of the day with its answer and its lines in the chain; the addresses that were read. */
async function callDay({ db, app, callers }: Recorded, put: Put): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const called = new Set<string>();
  let count = 0;
  const tell: Tell = async (route, call) => {
    const before = await lastId(db);
    const reply = await call();
    const chain = await linesAfter(db, before);
    count += 1;
    called.add(route.split(" ").slice(0, 2).join(" "));
    put(`${String(count).padStart(3, "0")}-${fileNameOf(route)}`, [
      route,
      ...answerLines(reply),
      ...chain.flatMap(({ id: _, previous: _before, hash: _hash, detail, ...line }) =>
        leaves({ ...line, detail: JSON.parse(detail) as unknown }, "audit"),
      ),
    ]);
    return reply;
  };
  const state: SampleState = {};
  for (const { route, as, call, keep } of auditSamples) {
    const caller = callers.get(as) ?? app.stranger;
    const get = (url: string) => {
      known.set(route, url);
      return caller.get(url);
    };
    const reply = await tell(`${route} as ${as}`, () => call({ ...caller, get }, state));
    keep?.(reply, state);
  }
  await callOfPeople(app, tell);
  const missing = allRoutes
    .map(({ method, url }) => `${method} ${url}`)
    .filter((route) => !route.startsWith("GET") && !called.has(route));
  if (missing.length > 0) throw new Error(`No call of the day is ${missing.join(", ")}.`);
  return known;
}

/** Table by table, as a backup holds it. */
async function readOut(db: Database, scratch: string, put: Put): Promise<void> {
  const file = join(scratch, "backup");
  await backUp(db, file, scratch);
  const backup = await openBackup(file, passphrase, new AbortController().signal);
  const tables = new Map<string, string[]>();
  let [lines, names]: [string[], readonly string[]] = [[], []];
  try {
    const { rows, counters } = await backup.read({
      onTable: async (table, columns) => {
        [lines, names] = [[], columns];
        tables.set(table, lines);
      },
      onRows: async (rows) => {
        for (const row of rows) {
          const values = JSON.parse(row) as readonly unknown[];
          lines.push(names.map((name, at) => `${name} = ${String(values[at])}`).join("; "));
        }
      },
    });
    put("all", leaves({ rows, counters }));
  } finally {
    await backup.close();
  }
  // Some are numbered by chance.
  for (const [table, rows] of tables) put(table, rows.map(lasting).toSorted());
}

const [folder = ""] = process.argv.slice(2);
await recordAnswers(folder, (line) => process.stderr.write(`${line}\n`));
process.exit();
