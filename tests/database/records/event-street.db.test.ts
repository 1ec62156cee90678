import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { segmentName } from "#core/places/streets/graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { noSegment, otherStreets } from "#core/records/event-street.ts";
import type { Actor } from "#core/role.ts";
import { ownerActor, systemActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { streetsFile } from "#server/places/streets/streets.ts";
import { undoBatch } from "#server/records/batches.ts";
import { loadStreetEvents } from "#server/records/queries/events.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { keepStreets, removeStreets } from "#tests/support/kept-graph.ts";
import { place, street } from "#tests/support/streets.ts";

const fore = street("0 0, 0 4", { name: "Fore Street", class: "main" });
const sebastopol = street("0 2, 3 2", { name: "Sebastopol Road" });
const streets = [{ ...fore, line: [place(0, 0), place(0, 2), place(0, 4)] }, sebastopol];
const source = {
  name: "a.geojson",
  attribution: null,
} as const;

/** One row a point; `more` are further columns. */
const fileOf = (points: readonly Position[]) =>
  [
    "Date,Latitude,Longitude,Kind",
    ...points.map(([lng, lat], at) => `2021-06-${at + 10},${lat},${lng},complaint`),
  ].join("\n");

onEachEngine(
  "the street of an event",
  ({ db }) => {
    let bench: ImportBench;
    const range = { before: Date.UTC(2022, 11, 31) };
    const folder = () => bench.services.config.dataFolder;
    const keep = async (lines: readonly StreetLine[], about: object = {}) => {
      const graph = buildGraph(lines);
      await keepStreets(folder(), graph, { ...source, ...about });
      const open = await bench.services.streets.now();
      if (!open) throw new Error("The streets were kept");
      return { graph, network: open.network };
    };
    const load = async (network: string) => {
      const loaded = await db().transaction(ownerActor, (tx) =>
        loadStreetEvents(tx, range, network),
      );
      expect(loaded.segment).toHaveLength(loaded.columns.length);
      return [...loaded.segment];
    };
    const own = (sql: string) => db().transaction(ownerActor, (tx) => tx.query<{ n: number }>(sql));
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(async () => {
      await bench.undoAll();
      await removeStreets(folder());
    });
    afterAll(() => bench.close());

    test("is the nearest one within 30 m of its point, and the point is kept nowhere", async () => {
      const { graph, network } = await keep(streets);
      const result = await bench.importText(
        fileOf([place(0.1, 1), place(0.29, 3), place(0.4, 1), place(1.5, 2.25), place(1.5, 2.31)]),
      );
      expect(result.accepted).toBe(5);
      expect(result.notes).toContain("3 rows lie within 30 m of a street, of 5 rows with a point.");
      const segments = await load(network);
      expect(segments.map((segment) => segment >= 0 && segmentName(graph, segment))).toEqual([
        "Fore Street",
        "Fore Street",
        false,
        "Sebastopol Road",
        false,
      ]);
      expect(segments[0]).not.toBe(segments[1]);
      expect(segments[2]).toBe(noSegment);
      expect(await bench.dump()).not.toMatch(/51\.618|-0\.062/);
    });

    test("is none for a row that words or a square of 100 m placed", async () => {
      const { network } = await keep(streets);
      const rows = ["Date,Grid reference,Kind", "2021-06-10,TQ 342 927,complaint"].join("\n");
      const result = await bench.importText(rows);
      expect(result.accepted).toBe(1);
      expect(result.notes.join()).not.toContain("street");
      expect(await load(network)).toEqual([noSegment]);
    });

    test("is none without streets, of which no word is said; and stays none once they come", async () => {
      const result = await bench.importText(fileOf([place(0.1, 1)]));
      expect(result.notes.join()).not.toContain("street");
      const { network } = await keep(streets);
      expect(await load(network)).toEqual([noSegment]);
      const again = await bench.importText(fileOf([place(0.1, 1)]));
      expect(again).toMatchObject({ accepted: 0, duplicates: 1 });
      expect(await load(network)).toEqual([noSegment]);
    });

    test("of streets that were replaced is never read as one of those that came after", async () => {
      const old = await keep(streets);
      await bench.importText(fileOf([place(0.1, 1)]));
      const other = await keep([sebastopol, ...streets.slice(0, 1)].toReversed().slice(1));
      expect(other.network).not.toBe(old.network);
      expect(await load(other.network)).toEqual([otherStreets]);
      await bench.importText(fileOf([place(0.1, 1), place(1.5, 2)]));
      expect(await load(other.network)).toEqual([
        otherStreets,
        expect.toSatisfy((one) => one >= 0),
      ]);
      expect((await load(old.network))[0]).toBeGreaterThanOrEqual(0);
    });

    test("is the same where the same streets come again from another file", async () => {
      const { network } = await keep(streets);
      await bench.importText(fileOf([place(0.1, 1)]));
      const again = await keep(streets, { name: "b.geojson", attribution: "© OpenStreetMap" });
      expect(again.network).toBe(network);
      expect((await load(again.network))[0]).toBeGreaterThanOrEqual(0);
    });

    test("goes with its batch, and a dry run leaves none", async () => {
      const { network } = await keep(streets);
      await bench.importText(fileOf([place(0.1, 1)]), { dryRun: true });
      expect(await load(network)).toEqual([]);
      const { batch } = await bench.importText(fileOf([place(0.1, 1)]));
      const actor = { person: "analyst-1", role: "analyst", partner: null } as const;
      await undoBatch({ ...bench.services, actor }, batch ?? 0);
      expect(await load(network)).toEqual([]);
    });

    test("streets that are damaged refuse no file, and the result says so", async () => {
      await keep(streets);
      const octets = readFileSync(streetsFile(folder()));
      octets[octets.length - 80] = (octets.at(-80) ?? 0) ^ 1;
      writeFileSync(streetsFile(folder()), octets);
      const result = await bench.importText(fileOf([place(0.1, 1)]));
      expect(result.accepted).toBe(1);
      expect(result.notes).toContain(
        "No row was placed on a street, because the streets cannot be read: this file of streets is damaged; bring the streets in again.",
      );
    });

    test("is a number of known streets, of an event with a point, or it is refused", async () => {
      await keep(streets);
      await bench.importText(fileOf([place(0.1, 1)]));
      for (const [change, constraint] of [
        ["streets = null", "event_segment_of_streets"],
        ["segment = null", "event_segment_of_streets"],
        ["segment = -1", "event_segment_not_negative"],
        ["streets = '\\x00'", "event_streets_length"],
        ["placed_by = 'postcode'", "event_segment_by_point"],
      ] as const) {
        await expect(own(`update event set ${change}`), change).rejects.toThrow(constraint);
      }
    });

    test("SAFEGUARDS 7: no segment of an event can be read by whoever makes public figures", async () => {
      await keep(streets);
      await bench.importText(fileOf([place(0.1, 1)]));
      const read = (door: "publisher" | "public", column: string) =>
        db().transaction(ownerActor, (tx) =>
          tx.through(door, (inside) => inside.query(`select ${column} from event`)),
        );
      for (const column of ["segment", "streets"]) {
        for (const door of ["publisher", "public"] as const) {
          await expect(read(door, column), door).rejects.toThrow(/permission denied/);
        }
        await expect(
          db().transaction(systemActor, (tx) => tx.query(`select ${column} from event`)),
        ).rejects.toThrow(/permission denied/);
      }
      for (const role of [
        "partner",
        "coordinator",
        "presenter",
        "liaison",
        "auditor",
        "admin",
      ] as const) {
        const actor = {
          person: "x",
          role,
          partner: role === "partner" ? "P1" : null,
        } satisfies Actor;
        await expect(
          db().transaction(actor, (tx) => tx.query("select segment from event")),
          role,
        ).rejects.toThrow(/permission denied|not permitted/);
      }
    });
  },
  fillPlaces,
);
