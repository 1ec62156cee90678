import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import { importLine } from "#core/records/wire/import.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { fillPlaces } from "#server/places/load.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { type Engine, engines, openTestDatabase, runOnServer } from "#tests/support/database.ts";
import { foundOnDisk } from "#tests/support/found-on-disk.ts";
import { autoChoices } from "#tests/support/import.ts";
import { personalFile, personalHeadings } from "#tests/support/personal-file.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const { text, values } = personalFile();

/** A database whose files can be looked through; null where they are on another machine. */
async function openOnDisk(engine: Engine, folder: string) {
  if (engine === "embedded") {
    const files = join(folder, "database");
    await startOnce(folder);
    const db = await openEmbedded({ folder: files, snapshot: null });
    const folders = () => Promise.resolve([files]);
    return { db, drop: () => db.close(), folders, flush: () => Promise.resolve() };
  }
  const { db, url, drop } = await openTestDatabase("postgres");
  // Until then a busy server may hold in memory what its files do not show.
  const flush = () => runOnServer(url ?? "", "checkpoint");
  return { db, drop, folders: () => foldersOf(db), flush };
}

/** The files of this one database and what all of the server's write ahead. */
async function foldersOf(db: Database): Promise<string[] | null> {
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ folder: string | null; oid: string }>(
      `select current_setting('data_directory', true) as "folder",
              (select oid::text from pg_database where datname = current_database()) as "oid"`,
    ),
  );
  const { folder, oid } = row ?? { folder: null, oid: "" };
  if (!folder) return null;
  const folders = [join(folder, "base", oid), join(folder, "pg_wal")];
  try {
    for (const one of folders) readdirSync(one);
    return folders;
  } catch {
    return null;
  }
}

describe.each(engines)("thirty columns of people (%s)", (engine) => {
  const folder = scratchFolder("personal");
  const written: string[] = [];
  let opened: Awaited<ReturnType<typeof openOnDisk>>;
  let app: TestApp;
  const tmp = process.env["TMPDIR"];
  beforeAll(async () => {
    opened = await openOnDisk(engine, folder);
    await fillPlaces(opened.db);
    const log = (line: string) => void written.push(line);
    app = await openTestApp(opened.db, { log });
    const dataFolder = join(folder, "data");
    mkdirSync(join(folder, "tmp"));
    mkdirSync(dataFolder);
    process.env["TMPDIR"] = join(folder, "tmp");
    Object.assign(app.services, { config: { ...app.services.config, dataFolder } });
  });
  afterAll(async () => {
    if (tmp === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = tmp;
    await app.close();
    await opened.drop();
  });

  const upload = async (body: Buffer, name: string) => {
    const analyst = await app.as("analyst");
    const reply = await analyst.inject({
      method: "POST",
      url: `/api/imports?fileName=${name}`,
      headers: { "content-type": "application/octet-stream" },
      payload: body,
    });
    written.push(reply.body);
    const last = reply.body.trimEnd().split("\n").at(-1) ?? "";
    return reply.statusCode === 200 ? importLine.parse(JSON.parse(last)) : null;
  };

  test("do not leave the browser: the page sends five columns and names the rest", async () => {
    const head = await readHead(new File([text], "people.csv"));
    if (!head.ok) throw new Error(head.reason);
    const plan = columnPlan(head.value, autoChoices);
    const sent = await stripColumns(head.value, plan, {
      signal: new AbortController().signal,
      onShare: () => undefined,
    });
    const body = await sent.text();
    expect(body.split("\n")[0]).toBe("Date,Latitude,Longitude,Kind,Category");
    expect(values.filter((value) => body.includes(value))).toEqual([]);
    const line = await upload(Buffer.from(body), "zz-page-file.csv");
    expect(line).toMatchObject({ result: { rows: 12, accepted: 11, rejected: 1 } });
  });

  test("are refused again by the server, whatever a program sends", async () => {
    expect(await upload(Buffer.from(text), "zz-raw-file.csv")).toMatchObject({
      result: { rows: 12, duplicates: 11, rejected: 1, blockedColumns: personalHeadings },
    });
    // Refused whole at its end, and refused for what a column was said to be.
    await upload(Buffer.from(`${text}"never closed`), "zz-broken-file.csv");
    expect(written.at(-1)).toContain("never closed");
    await upload(Buffer.from(text), "zz-mapped-file.csv&map=reference%3DCol%2016");
    expect(written.at(-1)).toContain("its values look like e-mail addresses");
  });

  test("are not read by the command, which names each with why", async () => {
    const file = join(folder, "given.csv");
    writeFileSync(file, text);
    const result = await runCommand(app.services, importCommand, { positionals: [file] });
    rmSync(file);
    written.push(...result.said, ...result.text, JSON.stringify(result.json));
    expect(result.json).toMatchObject({ blockedColumns: personalHeadings });
    expect(result.text.join("\n")).toContain("Col 16 (its values look like e-mail addresses)");
  });

  test("are in no reply, no message and no line of the log", () => {
    const all = written.join("\n");
    expect(all).toContain("zz-raw-file.csv");
    expect(values.filter((value) => all.includes(value))).toEqual([]);
  });

  test("are nowhere in the files of the database, of the data folder or of temporary files", async (context) => {
    await opened.flush();
    const folders = await opened.folders();
    if (folders === null) context.skip("the files of this server cannot be read from here");
    const found = [...(folders ?? []), folder].flatMap((one) =>
      foundOnDisk(one, ["zz-page-file.csv", ...values]),
    );
    // The name of the file is stored: what is looked for would be found.
    expect([...new Set(found)]).toEqual(["zz-page-file.csv"]);
  });
});
