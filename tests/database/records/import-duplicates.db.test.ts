import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillPlaces } from "#server/places/load.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { plainTable } from "#tests/support/import.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";

const header = "Reference,Date,Latitude,Longitude,Kind,Category";
const row = (reference: string, day: string, category = "asb", kind = "complaint") =>
  `${reference},2021-06-${day},51.6179,-0.0631,${kind},${category}`;
const table = (...rows: readonly string[]) => [header, ...rows].join("\n");

onEachEngine(
  "rows that were there before",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    test("two imports of one file at once both end, and each event is there once", async () => {
      const days = Array.from(
        { length: 11_000 },
        (_, at) => `2021-0${(at % 6) + 1}-0${(at % 9) + 1}`,
      );
      const text = plainTable(days);
      const both = await Promise.all([bench.importText(text), bench.importText(text)]);
      const counts = both.map(({ accepted, duplicates }) => [accepted, duplicates]);
      expect(counts.sort(([one = 0], [other = 0]) => one - other)).toEqual([
        [0, 11_000],
        [11_000, 0],
      ]);
      const [late] = both.filter(({ accepted }) => accepted === 0);
      expect(late?.batch).toBeNull();
      expect(late?.notes.join()).toContain("11,000 rows skipped");
      expect(await bench.stored()).toEqual({ events: 11_000, batches: 1 });
    });

    describe("without a reference", () => {
      test("are told with their lines and batch, and another file with equal rows is warned of", async () => {
        const first = await bench.importText(plainTable(["2021-06-05", "2021-06-06"]));
        expect(first).toMatchObject({ notes: [] });
        const other = await bench.importText(
          plainTable(["2021-06-04", "2021-06-05", "2021-06-06", "2021-06-06"]),
        );
        expect(other).toMatchObject({ accepted: 2, duplicates: 2 });
        expect(other.notes).toEqual([
          `2 rows without a reference (lines 3, 4) equal rows of batch ${first.batch} "test.csv", another file, and were skipped as duplicates. If they are different events, add a reference column, or undo that import and import both files as one. Equal rows within one file are all kept.`,
        ]);
      });

      test("that are alike within one file are all kept, and the import says so", async () => {
        const pair = await bench.importText(plainTable(["2021-06-05", "2021-06-06", "2021-06-05"]));
        expect(pair).toMatchObject({
          accepted: 3,
          duplicates: 0,
          notes: ["2 rows are alike (line 4 repeats one above): both are kept."],
        });
        await bench.undoAll();
        const days = ["2021-06-05", "2021-06-05", "2021-06-06", "2021-06-06", "2021-06-06"];
        const more = await bench.importText(plainTable(days));
        expect(more.notes).toEqual([
          "5 rows are alike (lines 3, 5, 6 repeat one above): all are kept.",
        ]);
        // What an earlier import holds is skipped: nothing is said of keeping.
        const again = await bench.importText(plainTable(days));
        expect(again.notes.join()).not.toContain("alike");
      });

      test("of the very same file are said to be that, not warned of", async () => {
        const text = plainTable(["2021-06-05", "2021-06-06"]);
        const first = await bench.importText(text);
        const again = await bench.importText(text);
        expect(again.notes).toEqual([
          `This file was already imported as batch ${first.batch} "test.csv": 2 rows skipped.`,
        ]);
      });

      test("are told by the batch that had each", async () => {
        const a = await bench.importText(plainTable(["2021-06-05"]));
        const b = await bench.importText(plainTable(["2021-06-06"]));
        const both = await bench.importText(plainTable(["2021-06-06", "2021-06-05"]), {
          dryRun: true,
        });
        expect(both.notes).toEqual([
          expect.stringContaining(`(line 3) equals a row of batch ${a.batch} `),
          expect.stringContaining(`(line 2) equals a row of batch ${b.batch} `),
        ]);
      });
    });

    describe("with a reference", () => {
      test("that says something else now are counted with their lines; the first is kept", async () => {
        const first = await bench.importText(table(row("Q1", "05"), row("Q2", "05")));
        const later = await bench.importText(
          table(row("Q1", "06"), row("Q2", "05"), row("Q3", "05")),
        );
        expect(later).toMatchObject({ accepted: 1, duplicates: 2 });
        expect(later.notes).toEqual([
          `2 rows with a reference already in batch ${first.batch} "test.csv" (lines 2, 3) were skipped.`,
          "Same reference, different content: 1 row (line 2). The first was kept. To use these rows instead, undo the first import and import this file again.",
        ]);
      });

      test("of another kind are other events", async () => {
        await bench.importText(table(row("Q1", "05")));
        const arrest = await bench.importText(table(row("Q1", "05", "asb", "arrest")));
        expect(arrest).toMatchObject({ accepted: 1, duplicates: 0 });
      });

      test("that one file repeats count once, and are said, those of other content apart", async () => {
        const text = table(
          row("Q1", "05"),
          row("Q1", "05"),
          row("Q1", "09", "traffic"),
          row("Q1", "05", "asb", "arrest"),
          row("Q2", "05"),
        );
        const result = await bench.importText(text);
        expect(result).toMatchObject({ accepted: 3, duplicates: 2 });
        expect(result.notes).toEqual([
          "2 rows have a reference already used in this file (lines 3, 4). Only the first row of each was kept. Same reference, different content: 1 row (line 4).",
        ]);
        expect(await bench.stored()).toEqual({ events: 3, batches: 1 });
        expect(await bench.importText(text)).toMatchObject({ accepted: 0, duplicates: 5 });
      });

      test("that begins again on other days names one event of each day", async () => {
        const days = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
        const calls = days.flatMap((day) => [row("CAD1", day), row("CAD2", day)]);
        const result = await bench.importText(table(...calls, row("CAD2", "12", "traffic")));
        expect(result).toMatchObject({ accepted: 24, duplicates: 1 });
        expect(result.notes.join(" ")).toContain("References begin again on other days");
        expect(await bench.importText(table(...calls))).toMatchObject({ duplicates: 24 });
      });

      test("that stands for a beat and not for an event makes no duplicates", async () => {
        const beats = Array.from({ length: 24 }, (_, at) => row(`NA${at % 3}`, "05"));
        const result = await bench.importText(table(...beats));
        expect(result).toMatchObject({ accepted: 24, duplicates: 0 });
        expect(result.notes).toContain(
          "The reference column does not tell events apart, so it was not used.",
        );
      });
    });
  },
  fillPlaces,
);
