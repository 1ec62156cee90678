import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readTyped } from "#server/outcomes/outcomes.ts";
import { fillPlaces } from "#server/places/load.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";

const header = "Reference,Date,Latitude,Longitude,Kind,Category,Source";
const inside = { lat: "51.6179", lng: "-0.0631" };
/** Beyond the eastern line, and within what an import takes. */
const beyond = { lat: "51.6179", lng: "0.0000" };
const row = (reference: string, kind: string, at: string, where = inside) =>
  `${reference},2021-06-05 ${at},${where.lat},${where.lng},${kind},asb,${
    kind === "complaint" ? "resident" : ""
  }`;
const table = (...rows: readonly string[]) => [header, ...rows].join("\n");

onEachEngine(
  "what Outcomes counts",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    const counted = async () => {
      const { days } = await readTyped(bench.services);
      return Object.fromEntries(days.map(({ kind, count }) => [kind, count]));
    };
    test("an arrest and a stop that were merged into a call stay an arrest and a stop", async () => {
      await bench.importText(
        table(
          row("A1", "complaint", "21:00"),
          row("A1", "arrest", "21:30"),
          row("A1", "stop_search", "21:20"),
          row("A2", "complaint", "22:00"),
          row("A2", "sighting", "22:10"),
        ),
      );
      const before = await counted();
      expect(before).toMatchObject({ arrest: 1, stop_search: 1 });
      expect(await bench.merge("arrest", "complaint")).toBe(1);
      expect(await bench.merge("stop_search", "complaint")).toBe(1);
      expect(await bench.merge("sighting", "complaint")).toBe(1);
      expect(await counted()).toEqual({ arrest: 1, stop_search: 1, reported: 2 });
    });

    test("two records of one arrest, merged into one of them, are one arrest", async () => {
      // In the same letters the second would be a duplicate.
      await bench.importText(
        table(
          row("B1", "arrest", "21:00"),
          row("b1", "arrest", "21:10"),
          row("B1", "stop_search", "20:50"),
        ),
      );
      expect(await counted()).toEqual({ arrest: 2, stop_search: 1 });
      expect(await bench.merge("arrest", "arrest")).toBe(1);
      expect(await counted()).toEqual({ arrest: 1, stop_search: 1 });
    });

    test("what lies beyond the command is stored, and not counted", async () => {
      await bench.importText(
        table(
          row("C1", "complaint", "21:00"),
          row("C2", "arrest", "21:00"),
          row("C3", "complaint", "22:00", beyond),
          row("C4", "arrest", "22:00", beyond),
          row("C5", "stop_search", "22:00", beyond),
        ),
      );
      expect((await bench.stored()).events).toBe(5);
      expect(await counted()).toEqual({ arrest: 1, reported: 1 });
    });
  },
  fillPlaces,
);
