import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parseWordChoices } from "#core/records/word-choices.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { readBatches, undoBatch } from "#server/records/batches.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { profileNamed, removeProfile } from "#server/records/import/saved-profiles.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { plainTable } from "#tests/support/import.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const words =
  "When,Lat,Lng,What\n2021-06-05,51.6179,-0.0631,noise\n2021-06-06,51.6179,-0.0631,noise\n";
const mapping = { date: "When", category: "What" };

onEachEngine(
  "what a person chooses of an import",
  ({ db }) => {
    let bench: ImportBench;
    const folder = scratchFolder("choices");
    const file = (text: string) => {
      const path = join(folder, "words.csv");
      writeFileSync(path, text);
      return path;
    };
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(async () => {
      await bench.undoAll();
      await db().transaction(ownerActor, (tx) => tx.query("delete from import_profile"));
    });
    afterAll(async () => {
      await bench.close();
    });
    const act = (person = analyst.person) => ({ ...bench.services, actor: { ...analyst, person } });
    const history = () => readBatches(act());

    test("none unless all are good: one bad row keeps nothing, and says so", async () => {
      const text = plainTable(["2021-06-05", "31/02/2021"]);
      const refused = await bench.importText(text, { allOrNone: true });
      expect(refused).toMatchObject({ batch: null, accepted: 1, rejected: 1 });
      expect(refused.refused).toBe(
        "1 row is refused, and you chose to import nothing unless every row is valid.",
      );
      expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      expect(await history()).toEqual([]);
      const good = await bench.importText(plainTable(["2021-06-05"]), { allOrNone: true });
      expect(good).toMatchObject({ refused: null, accepted: 1 });
      expect(await bench.stored()).toEqual({ events: 1, batches: 1 });
    });

    test("a trial says just what the real run says, and keeps nothing", async () => {
      const text = plainTable(["2021-06-05", "31/02/2021", "2021-06-05", "soon"]);
      await bench.importText(plainTable(["2021-06-05"]));
      const trial = await bench.importText(text, { dryRun: true });
      expect(await bench.stored()).toEqual({ events: 1, batches: 1 });
      const real = await bench.importText(text);
      const { seconds: _, ...said } = trial;
      expect({ ...real, dryRun: true, batch: null }).toEqual({ ...said, seconds: real.seconds });
      expect(await bench.stored()).toEqual({ events: 2, batches: 2 });
    });

    test("an undone import stays in the history, with who and when, and without its events", async () => {
      const { batch } = await bench.importText(plainTable(["2021-06-05", "2021-06-06"]));
      await undoBatch(act("analyst-2"), batch ?? 0);
      expect(await history()).toMatchObject([
        {
          id: batch,
          person: "analyst-1",
          accepted: 2,
          undoneBy: "analyst-2",
          undoneAt: expect.any(String),
        },
      ]);
      expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      const again = await bench.importText(plainTable(["2021-06-05"]));
      expect(again).toMatchObject({ accepted: 1, duplicates: 0, notes: [] });
    });

    test("what was undone is not undone again, by whoever: the history names who did it", async () => {
      const { batch } = await bench.importText(plainTable(["2021-06-05"]));
      await undoBatch(act(), batch ?? 0);
      const [before] = await history();
      const again = undoBatch(act("analyst-2"), batch ?? 0);
      await expect(again).rejects.toMatchObject({ status: 404 });
      expect(await history()).toEqual([before]);
    });

    test("nobody can delete events of an import that is not undone, nor a line of the history", async () => {
      await bench.importText(plainTable(["2021-06-05"]));
      const gone = await db().transaction(analyst, (tx) =>
        tx.query("delete from event returning 1 as one"),
      );
      expect(gone).toEqual([]);
      await expect(
        db().transaction(analyst, (tx) => tx.query("delete from batch")),
      ).rejects.toThrow(/permission denied/);
    });

    test("the fingerprint is that of the file that the person has, beside that of what came", async () => {
      const sent = plainTable(["2021-06-05"]);
      const own = createHash("sha256").update(`${sent} with names`).digest("hex");
      const result = await bench.importText(sent, { fileSha256: own });
      expect(result.fileSha256).toBe(own);
      const [row] = await db().transaction(analyst, (tx) =>
        tx.query(`select file_sha256 as "own", received_sha256 as "sent" from batch`),
      );
      expect(row).toEqual({ own, sent: createHash("sha256").update(sent).digest("hex") });
    });

    test("the same file read another way is warned of: its rows would count twice", async () => {
      const text = "When,Lat,Lng\n2021-06-05,51.6179,-0.0631\n";
      const choices = { map: { date: "When" } };
      const first = await bench.importText(text, { choices: { ...choices, kind: "complaint" } });
      const other = await bench.importText(text, { choices: { ...choices, kind: "sighting" } });
      expect(other.notes.join(" ")).toContain(
        `This file was imported before, as batch ${first.batch} "test.csv".`,
      );
      for (const { batch } of [first, other]) await undoBatch(act(), batch ?? 0);
      const after = await bench.importText(text, { choices: { ...choices, kind: "sighting" } });
      expect(after.notes.join(" ")).not.toContain("was imported before");
    });

    test("words are refused with their counts, mapped by the command, and kept in a profile", async () => {
      const path = file(words);
      const command = (values: Record<string, unknown>) =>
        runCommand(bench.services, importCommand, {
          positionals: [path],
          values: { kind: "complaint", map: ["date=When", "category=What"], ...values } as never,
        });
      const refused = await command({});
      expect(refused).toMatchObject({ exit: 1 });
      expect(refused.text.join("\n")).toContain('category, column What: "noise", 2 rows');
      const done = await command({ word: ["category:noise=asb"], "save-profile": "Noise line" });
      expect(done.json).toMatchObject({ accepted: 2, unknownWords: [], profile: "plain" });
      await undoBatch(act(), (done.json as { batch: number }).batch);
      const again = await runCommand(bench.services, importCommand, {
        positionals: [path],
        values: { profile: "noise LINE" },
      });
      expect(again.json).toMatchObject({ accepted: 2, profile: "Noise line" });
      expect(await history()).toMatchObject([
        {
          profile: "Noise line",
          mapping: { date: "When", category: "What" },
          choices: ["kind complaint", "category:noise=asb"],
        },
        { undoneBy: "analyst-1" },
      ]);
      await expect(command({ profile: "nobody's" })).rejects.toThrow(
        'There is no profile "nobody\'s"; the saved ones are "Noise line".',
      );
      await expect(command({ word: ["category:noise=loud"] })).rejects.toThrow(
        '"loud" is no category',
      );
    });

    test("a name that is taken refuses the import whole, and a trial saves none", async () => {
      const options = {
        choices: {
          map: mapping,
          kind: "complaint",
          words: parseWordChoices(["category:noise=asb"]),
        },
      } as const;
      await bench.importText(words, { ...options, saveAs: "One", dryRun: true });
      await expect(db().transaction(analyst, (tx) => profileNamed(tx, "One"))).rejects.toThrow(
        "none has been saved",
      );
      await bench.importText(words, { ...options, saveAs: "One" });
      await expect(
        bench.importText(words.replace("05", "07"), { ...options, saveAs: "ONE" }),
      ).rejects.toThrow('There is already a profile "ONE"');
      expect(await bench.stored()).toEqual({ events: 2, batches: 1 });
    });

    test("a profile is removed by who may, and holds no value of a row", async () => {
      const choices = {
        map: mapping,
        kind: "complaint",
        words: parseWordChoices(["category:noise=asb"]),
      } as const;
      await bench.importText(words, { choices, saveAs: "One" });
      const one = await db().transaction(analyst, (tx) => profileNamed(tx, "one"));
      expect(JSON.stringify(one.reading)).not.toMatch(/2021|51\.6/);
      expect(one).toMatchObject({
        madeBy: "analyst-1",
        reading: { words: { category: { noise: "asb" } } },
      });
      await removeProfile(act(), one.id);
      await expect(removeProfile(act(), one.id)).rejects.toThrow("No such profile");
      await expect(
        db().transaction({ ...analyst, role: "sergeant" }, (tx) => profileNamed(tx, "One")),
      ).rejects.toThrow(/permission denied/);
    });

    test("reasons are counted over the whole file, beyond the rows that are listed", async () => {
      const text = plainTable([
        ...new Array<string>(1_500).fill("31/02/2021"),
        "soon",
        "2021-06-05",
      ]);
      const result = await bench.importText(text);
      expect(result.errors).toHaveLength(1_000);
      expect(result.errorCounts).toEqual([
        { column: "Date", reason: expect.stringContaining("no such day"), rows: 1_500 },
        { column: "Date", reason: expect.stringContaining("not a date"), rows: 1 },
      ]);
    });
  },
  fillPlaces,
);
