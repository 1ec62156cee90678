import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventSources } from "#core/records/event.ts";
import { ownerActor, publisherActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { undoBatch } from "#server/records/batches.ts";
import { loadEventColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { countByResidents } from "#server/releases/draft.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";

const header = "Reference,Date,Latitude,Longitude,Kind,Category,Source";
const row = (reference: string, at: string, kind: string, source = "") =>
  `${reference},${at},51.6179,-0.0631,${kind},asb,${source}`;
const table = (...rows: readonly string[]) => [header, ...rows].join("\n");
const call = row("CAD-12/05JUN21", "2021-06-05 21:00", "complaint", "resident");
const found = row("cad-12/05jun21", "2021-06-05 23:30", "arrest");

onEachEngine(
  "records that were merged into others",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    const columns = () =>
      db().transaction({ ...analyst, role: "sergeant" }, (tx) =>
        loadEventColumns(tx, { before: Date.now() }),
      );
    const counted = async () => (await columns()).length;

    test("count once on maps and in public figures, and the change is seen at once", async () => {
      await bench.importText(table(call, found, row("X2", "2021-06-08", "complaint", "resident")));
      const version = () => db().transaction(analyst, eventsVersion);
      const before = await version();
      expect(await counted()).toBe(3);
      expect(await bench.merge("arrest", "complaint")).toBe(1);
      expect(await counted()).toBe(2);
      expect(await version()).not.toBe(before);
      const complaints = await db().transaction(publisherActor, (tx) =>
        countByResidents(tx, "complaint", { timeZone: "Europe/London", from: 0, to: Date.now() }),
      );
      expect(complaints.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      // What came in before is still recognised.
      expect(await bench.importText(table(call, found))).toMatchObject({ duplicates: 2 });
    });

    test("SAFEGUARDS 9: no report counts through a record of police, so that removing those changes none", async () => {
      await bench.importText(table(found, call));
      await refusedBy("event_match_reported_counts", bench.merge("complaint", "arrest"));
      expect(await bench.merge("arrest", "complaint")).toBe(1);
      const reports = async () =>
        Array.from((await columns()).source).filter((source) => eventSources[source] !== "police");
      const before = await reports();
      await db().transaction(ownerActor, (tx) =>
        tx.query("delete from event where source = 'police'"),
      );
      expect(await reports()).toEqual(before);
      expect(before).toHaveLength(1);
    });

    test("undoing either import brings the other record back", async () => {
      const complaint = await bench.importText(table(call));
      const arrest = await bench.importText(table(found));
      await bench.merge("arrest", "complaint");
      await undoBatch({ ...bench.services, actor: analyst }, complaint.batch ?? 0);
      expect(await counted()).toBe(1);
      await bench.importText(table(call));
      await bench.merge("arrest", "complaint");
      await undoBatch({ ...bench.services, actor: analyst }, arrest.batch ?? 0);
      expect(await counted()).toBe(1);
    });
  },
  fillPlaces,
);
