import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { operatorActor } from "#server/cli/command.ts";
import { readMigrations } from "#server/db/applied.ts";
import { type Database, gateActor, ownerActor, systemActor } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { fillPlaces } from "#server/places/load.ts";
import { insertHarmTable } from "#server/records/harm-weights.ts";
import type { Backup } from "#server/upkeep/backup/write-backup.ts";
import { countPlacedOnStreets } from "#server/upkeep/queries/backup.ts";
import { addTestAccount } from "#tests/support/accounts.ts";
import { backUp, everyRow, openBare, restore, scratchFolders } from "#tests/support/backup.ts";
import {
  type Engine,
  engines,
  type OpenedDatabase,
  openFilled,
  openTestDatabase,
} from "#tests/support/database.ts";
import { addPatrol, fillDemo } from "#tests/support/demo.ts";
import { plainTable } from "#tests/support/import.ts";
import { openImportBench } from "#tests/support/import-server.ts";
import { addLegs, addOnStreet } from "#tests/support/on-streets.ts";
import { chainOf, stillWorks } from "#tests/support/restored.ts";
import { runsOf } from "#tests/support/runs.ts";

const folders = scratchFolders();
afterAll(folders.clear);

const operator = operatorActor("tester");
const table = plainTable(["2021-06-05", "2021-06-05", "2021-06-06"]);

const hard = 'a "quoted" \\ line,\nwith é, 漢, \u{1F600} and a tab\t';

/** Beside the demonstration rows of every kind of value: shapes, intervals, arrays, hashes, and text that is hard to write. */
async function fill(db: Database): Promise<void> {
  await addPatrol(db);
  await addLegs(db);
  await addOnStreet(db);
  // With a passkey, which nobody but its owner may add: a restore does.
  await addTestAccount(db, { name: "kept.admin", role: "admin" });
  const imports = await openImportBench(db);
  await imports.importText(table);
  await imports.close();
  await db.transaction(gateActor, (tx) =>
    tx.query(
      `insert into sign_in (token_hash, person, role, created_at, last_seen_at)
       values (sha256('a browser'), 'someone', 'analyst', now(), now())`,
    ),
  );
  await db.transaction(operator, async (tx) => {
    const weights = [
      { name: "complaint", weight: 2.5 },
      { name: "asb", weight: 0.000_001 },
    ] as const;
    const table = { name: "Of a test", source: "Made for a test, 2024, nowhere else", weights };
    await insertHarmTable(tx, table, "tester");
    const note = { verb: "erasure", act: hard, purpose: "records", outcome: "done" } as const;
    for (let index = 0; index < 3; index += 1)
      await appendAudit(tx, operator, { ...note, detail: { index } });
  });
}

function placedOnStreets(db: Database): Promise<number | null> {
  return db.transaction(ownerActor, countPlacedOnStreets);
}

/** Who was signed in, who failed to, and what a restore writes itself. */
const leftOutNames = [
  "call_count",
  "device_link",
  "migration",
  "second_step",
  "sign_in",
  "sign_in_failure",
  "spent_challenge",
];

/** The other one, so that each writes a backup and takes one; its own as well in `npm run test:slow`. */
function targetsOf(from: Engine): readonly Engine[] {
  const isOwnTried = engines.length === 1 || runsOf(1, 0) === 1;
  return engines.filter((engine) => isOwnTried || engine !== from);
}

describe.each(engines)("a backup of the database (%s)", (from) => {
  let source: OpenedDatabase;
  let data = "";
  let file = "";
  let made: Backup;

  beforeAll(async () => {
    source = await openFilled(from, fillDemo);
    await fill(source.db);
    data = folders.make();
    writeFileSync(join(data, "import.key"), "0123456789abcdef".repeat(4));
    file = join(folders.make(), "boxster.backup");
    made = await backUp(source.db, file, data);
  });
  afterAll(() => source.drop());

  test("is for its owner alone, tells nothing in the clear, and leaves nothing half-written", () => {
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    expect(readdirSync(join(file, ".."))).toEqual(["boxster.backup"]);
    const text = readFileSync(file).toString("latin1");
    for (const word of ["outreach_session", "Tuesday", "someone", "0123456789abcdef"]) {
      expect(text).not.toContain(word);
    }
    expect(statSync(file).size).toBe(made.bytes);
  });

  test("names every table but those that are left out, with its rows", async () => {
    const rows = await everyRow(source.db);
    const counts = Object.entries(rows).map(([name, lines]) => [name, lines.length] as const);
    const kept = counts.filter(([name]) => !leftOutNames.includes(name));
    expect(made.rows).toEqual(Object.fromEntries(kept));
    expect(made.rows["event"]).toBeGreaterThan(2_000);
    expect(made.head?.id).toBe("3");
  });

  test("does not write over a file that is there", async () => {
    const before = readFileSync(file);
    await expect(backUp(source.db, file, data)).rejects.toThrow("exists already");
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  describe.each(targetsOf(from))("into an empty one (%s)", (to) => {
    test("brings back every row, every number and the chain", async () => {
      const target = await openBare(to);
      const folder = join(folders.make(), "new");
      try {
        const restored = await restore(target.db, { file, dataFolder: folder });
        expect(restored.rows).toEqual(made.rows);
        expect(restored.head).toEqual(made.head);
        const there = await everyRow(target.db);
        const here = await everyRow(source.db);
        // Its own line is all that the restored database has more.
        const [line, ...more] = (there["audit"] ?? []).filter(
          (row) => !here["audit"]?.includes(row),
        );
        expect(more).toEqual([]);
        expect(line).toContain("restore a backup");
        const brought = (rows: typeof here) => {
          // That the database was seen at work moves with its own line.
          const { migration, sign_in, sign_in_failure, call_count, audit, clock_mark, ...rest } =
            rows;
          return rest;
        };
        expect(brought(there)).toEqual(brought(here));
        expect(there["patrol_leg"]?.length).toBeGreaterThan(1);
        expect(await placedOnStreets(target.db)).toBe(1);
        expect(there["sign_in"]).toEqual([]);
        expect(await chainOf(target.db)).toMatchObject({ ok: true });
        expect(readFileSync(join(folder, "import.key"), "utf8")).toHaveLength(64);
        const used = await target.db.transaction(systemActor, usedTables);
        expect(used).toEqual(await source.db.transaction(systemActor, usedTables));
        expect(used).toContain("event");
        await expect(fillDemo(target.db)).rejects.toThrow("Demonstration already loaded");
        await stillWorks(target.db);
      } finally {
        await target.drop();
      }
    });
  });

  test("is refused by a database that is not empty, with the reason, and nothing changes", async () => {
    const before = await everyRow(source.db);
    const folder = folders.make();
    await expect(restore(source.db, { file, dataFolder: folder })).rejects.toThrow(
      /needs an empty database, and this one has rows in .*audit, batch, .*event/,
    );
    expect(await everyRow(source.db)).toEqual(before);
    expect(existsSync(join(folder, "import.key"))).toBe(false);
  });

  // What is refused or kept here is so of any backup; many rows would take three times as long.
  describe("of few rows", () => {
    beforeAll(() => source.db.transaction(ownerActor, (tx) => tx.script(withoutMost)));

    test("of a broken chain says so and brings it back as it was", async () => {
      const rewrite = (act: string) =>
        source.db.transaction(ownerActor, async (tx) => {
          await tx.script("alter table audit disable trigger audit_append_only");
          await tx.query("update audit set act = $1 where id = 2", [act]);
          await tx.script("alter table audit enable trigger audit_append_only");
        });
      const target = await openTestDatabase(from);
      try {
        await rewrite("y");
        const bad = join(folders.make(), "bad");
        const { brokenAt } = await backUp(source.db, bad, data);
        expect(brokenAt).toBe("2");
        const said: string[] = [];
        const say = (line: string) => said.push(line);
        const restored = await restore(target.db, { file: bad, dataFolder: folders.make(), say });
        expect(restored.brokenAt).toBe("2");
        expect(said.join(" ")).toContain("broken at row 2");
      } finally {
        await rewrite(hard);
        await target.drop();
      }
    });
  });

  describe("of few rows into one that stays empty", () => {
    let target: OpenedDatabase;
    let small = "";
    beforeAll(async () => {
      small = join(folders.make(), "small.backup");
      await backUp(source.db, small, data);
      target = await openTestDatabase(from);
      // As every start does: what the tool brings itself is no work of anybody's.
      await fillPlaces(target.db);
    });
    afterAll(() => target.drop());

    test("is refused by a folder that holds the key of another database", async () => {
      const folder = folders.make();
      writeFileSync(join(folder, "import.key"), "f".repeat(64));
      await expect(restore(target.db, { file: small, dataFolder: folder })).rejects.toThrow(
        "the key of another database",
      );
      await expectEmpty(target.db);
    });

    test("restores nothing when it is cut, altered or opened with other words, in one line", async () => {
      const dataFolder = folders.make();
      const bytes = readFileSync(small);
      const broken = join(folders.make(), "broken");
      const refuse = async (content: Buffer, reason: RegExp) => {
        writeFileSync(broken, content);
        const refusal = restore(target.db, { file: broken, dataFolder });
        await expect(refusal).rejects.toThrow(reason);
      };
      await refuse(bytes.subarray(0, -1), /damaged or incomplete/);
      await refuse(bytes.subarray(0, 56 + 65_552), /is incomplete/);
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(bytes.length - 30) ^ 1, bytes.length - 30);
      await refuse(altered, /damaged or incomplete/);
      await refuse(Buffer.from("no backup at all, but a text"), /not a Boxster backup/);
      await expect(
        restore(target.db, { file: small, dataFolder, passphrase: "other words than these" }),
      ).rejects.toThrow("Wrong passphrase");
      await expect(restore(target.db, { file: "/nowhere/at all", dataFolder })).rejects.toThrow(
        "There is no file /nowhere/at all.",
      );
      await expectEmpty(target.db);
    });

    test("leaves neither rows nor numbers when it fails half way", async () => {
      await target.db.transaction(ownerActor, (tx) =>
        tx.script(`create function refuse_row() returns trigger language plpgsql as
            $$ begin raise exception 'on purpose'; end $$;
          create trigger refuse_row before insert on tally execute function refuse_row();`),
      );
      const folder = folders.make();
      await expect(restore(target.db, { file: small, dataFolder: folder })).rejects.toThrow(
        "on purpose",
      );
      await target.db.transaction(ownerActor, (tx) =>
        tx.script("drop function refuse_row cascade"),
      );
      await expectEmpty(target.db);
      expect(existsSync(join(folder, "import.key"))).toBe(false);
    });

    test.each([
      [
        "rows that did not come",
        "tally_change",
        "return null",
        /Table tally_change has 0 rows where/,
      ],
      [
        "another last row of the chain",
        "audit",
        "if new.id = 3 then new.hash := sha256('x'); end if; return new",
        "last row of the audit log does not match",
      ],
      [
        "a row of the chain that does not follow",
        "audit",
        "if new.id = 2 then new.previous := sha256('x'); end if; return new",
        "is broken at row 2",
      ],
    ])(
      "keeps nothing where the database made something else of it: %s",
      async (_what, table, body, reason) => {
        await target.db.transaction(ownerActor, (tx) =>
          tx.script(`create function zz_other() returns trigger language plpgsql as
            $$ begin ${body}; end $$;
          create trigger zz_other before insert on ${table}
            for each row execute function zz_other();`),
        );
        const folder = folders.make();
        await expect(restore(target.db, { file: small, dataFolder: folder })).rejects.toThrow(
          reason,
        );
        await target.db.transaction(ownerActor, (tx) =>
          tx.script("drop function zz_other cascade"),
        );
        await expectEmpty(target.db);
        expect(existsSync(join(folder, "import.key"))).toBe(false);
      },
    );

    test("of a later version is refused", async () => {
      const migrations = readMigrations().slice(0, -1);
      await expect(
        restore(target.db, { file: small, dataFolder: folders.make(), migrations }),
      ).rejects.toThrow("another version of Boxster");
    });

    test("of an earlier version comes back into that version and is brought up to date", async () => {
      const dataFolder = folders.make();
      const restored = await restore(target.db, { file: small, dataFolder, migrations: later });
      expect(restored.migrated).toEqual(["9999-later.sql"]);
      const rows = await target.db.transaction(ownerActor, (tx) =>
        tx.query<{ note: string }>("select note from tally"),
      );
      expect(rows.map(({ note }) => note)).toEqual(rows.map(() => "older"));
      expect(rows.length).toBeGreaterThan(0);
    });

    test("of an earlier version is refused where the schema is newer already", async () => {
      await expect(
        restore(target.db, { file: small, dataFolder: folders.make(), migrations: later }),
      ).rejects.toThrow("older than this database");
    });
  });
});

const later = [
  ...readMigrations(),
  {
    name: "9999-later.sql",
    sql: "alter table tally add column note text; update tally set note = 'older'",
    checksum: "x",
  },
];

const withoutMost = ["patrol_leg", "occupancy", "event", "patrol_visit", "release", "release_draft"]
  .map((table) => `delete from ${table};`)
  .reduce((all, one) => all + one, "set local session_replication_role = replica;");

async function expectEmpty(db: Database): Promise<void> {
  const rows = await everyRow(db);
  const own = ["migration", "setting", "clock_mark", "area", "edge_line", "road", "named_place"];
  const held = Object.entries(rows).filter(
    ([name, { length }]) => !own.includes(name) && length > 0,
  );
  expect(held).toEqual([]);
  expect(await db.transaction(systemActor, usedTables)).toEqual([]);
}
