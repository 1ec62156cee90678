import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventSources } from "#core/records/event.ts";
import { ownerActor, publisherActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { undoBatch } from "#server/records/batches.ts";
import { decideIncidents, insertDecisions, readIncidents } from "#server/records/incidents.ts";
import { loadEventColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { countByResidents } from "#server/releases/draft.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";

const header = "Reference,Date,Latitude,Longitude,Kind,Category,Source";
const row = (reference: string, at: string, kind: string, source = "", lat = "51.6179") =>
  `${reference},${at},${lat},-0.0631,${kind},asb,${source}`;
const table = (...rows: readonly string[]) => [header, ...rows].join("\n");
const call = row("CAD 12/05JUN21".replace(" ", "-"), "2021-06-05 21:00", "complaint", "resident");
const found = row("cad-12/05jun21", "2021-06-05 23:30", "arrest");

onEachEngine(
  "records of one incident",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    const read = () => readIncidents({ ...bench.services, actor: analyst });
    const decide = (decision: "merge" | "leave" | "split", incidents: "all" | string[][] = "all") =>
      decideIncidents({ ...bench.services, actor: analyst }, { decision, incidents });
    const counted = async () => {
      const columns = await db().transaction({ ...analyst, role: "sergeant" }, (tx) =>
        loadEventColumns(tx, { before: Date.now() }),
      );
      return columns.length;
    };
    const ids = async () =>
      (await read()).open.map(({ records }) => records.map(({ event }) => event));

    test("a reference in two kinds within a day is offered, what was reported first", async () => {
      await bench.importText(table(found));
      await bench.importText(table(call));
      const { open, offered } = await read();
      expect(offered).toBe(1);
      expect(open).toMatchObject([
        {
          reference: "CAD-12/05JUN21",
          apart: 0,
          records: [
            { kind: "complaint", source: "resident" },
            { kind: "arrest", source: "police" },
          ],
        },
      ]);
    });

    test("neither across days, where numbers begin again, nor within one kind and source", async () => {
      const rows = [
        call,
        row("CAD-12/05JUN21", "2021-06-07 21:00", "arrest"),
        row("X1", "2021-06-05", "complaint", "resident"),
        row("X1", "2021-06-05", "complaint", "resident"),
        row("", "2021-06-05", "complaint"),
        row("", "2021-06-05", "arrest"),
      ];
      await bench.importText(table(...rows));
      expect(await read()).toEqual({ offered: 0, merged: 0, open: [], done: [] });
    });

    test("merged records count once on maps and in public figures, and the change is seen at once", async () => {
      await bench.importText(table(call, found, row("X2", "2021-06-08", "complaint", "resident")));
      const version = () => db().transaction(analyst, eventsVersion);
      const before = await version();
      expect(await counted()).toBe(3);
      expect(await decide("merge")).toEqual({ incidents: 1, events: 1 });
      expect(await counted()).toBe(2);
      expect(await version()).not.toBe(before);
      const complaints = await db().transaction(publisherActor, (tx) =>
        countByResidents(tx, "complaint", { timeZone: "Europe/London", from: 0, to: Date.now() }),
      );
      expect(complaints.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      expect(await read()).toMatchObject({
        offered: 0,
        merged: 1,
        done: [{ records: [{ kind: "complaint" }, { kind: "arrest" }] }],
      });
      // What came in before is still recognised.
      expect(await bench.importText(table(call, found))).toMatchObject({ duplicates: 2 });
    });

    test("of two reports of one kind the one whose time is known counts, whichever came first", async () => {
      const day = row("cad-12/05jun21", "2021-06-05", "complaint", "resident");
      await bench.importText(table(day, call, found));
      const { open } = await read();
      expect(
        open[0]?.records.map(({ kind, startsAt }) => `${kind} ${startsAt.slice(11, 16)}`),
      ).toEqual(["complaint 21:00", "complaint 00:00", "arrest 23:30"]);
    });

    test("SAFEGUARDS 9: no report counts through a record of police, so that removing those changes none", async () => {
      await bench.importText(table(found, call));
      const [[report = "", arrest = ""] = []] = await ids();
      const merge = (event: string, into: string) =>
        db().transaction(analyst, (tx) => insertDecisions(tx, analyst.person, [{ event, into }]));
      await expect(merge(report, arrest)).rejects.toMatchObject({
        constraint: "event_match_reported_counts",
      });
      await decide("merge");
      expect((await read()).done[0]?.records.map(({ source }) => source)).toEqual([
        "resident",
        "police",
      ]);
      const reports = async () => {
        const columns = await db().transaction({ ...analyst, role: "sergeant" }, (tx) =>
          loadEventColumns(tx, { before: Date.now() }),
        );
        return Array.from(columns.source).filter((source) => eventSources[source] !== "police");
      };
      const before = await reports();
      await db().transaction(ownerActor, (tx) =>
        tx.query("delete from event where source = 'police'"),
      );
      expect(await reports()).toEqual(before);
      expect(before).toHaveLength(1);
    });

    test("undoing either import, or the merge, brings the other record back", async () => {
      const complaint = await bench.importText(table(call));
      const arrest = await bench.importText(table(found));
      await decide("merge");
      await undoBatch({ ...bench.services, actor: analyst }, complaint.batch ?? 0);
      expect(await counted()).toBe(1);
      expect(await read()).toMatchObject({ offered: 0, merged: 0 });
      await bench.importText(table(call));
      expect(await read()).toMatchObject({ offered: 1 });
      await decide("merge");
      await undoBatch({ ...bench.services, actor: analyst }, arrest.batch ?? 0);
      expect(await counted()).toBe(1);
      await bench.importText(table(found));
      await decide("merge");
      expect(await counted()).toBe(1);
      const [done] = (await read()).done;
      expect(await decide("split", [done?.records.map(({ event }) => event) ?? []])).toEqual({
        incidents: 1,
        events: 1,
      });
      expect(await counted()).toBe(2);
      expect(await read()).toMatchObject({ offered: 1, merged: 0 });
    });

    test("what was left is not offered again until another record comes", async () => {
      await bench.importText(table(call, found));
      expect(await decide("leave", await ids())).toEqual({ incidents: 1, events: 2 });
      expect(await read()).toMatchObject({ offered: 0, merged: 0 });
      expect(await counted()).toBe(2);
      await bench.importText(
        table(row("CAD-12/05JUN21", "2021-06-05 22:00", "sighting", "partner")),
      );
      expect(await read()).toMatchObject({ offered: 1, open: [{ records: { length: 3 } }] });
      await decide("merge");
      expect(await counted()).toBe(1);
    });

    test("what has changed since it was shown is refused, and nothing of it is done", async () => {
      const second = ["X9", "2021-06-09"] as const;
      await bench.importText(
        table(call, found, row(...second, "complaint"), row(...second, "arrest")),
      );
      const shown = await ids();
      await bench.importText(table(row("CAD-12/05JUN21", "2021-06-05 22:00", "sighting")));
      await expect(decide("merge", shown)).rejects.toThrow("Someone else changed this");
      expect(await counted()).toBe(5);
      await expect(decide("split", [["1", "2"]])).rejects.toThrow("Someone else changed this");
    });

    test("places that lie apart are said to", async () => {
      await bench.importText(
        table(call, row("cad-12/05jun21", "2021-06-05 22:00", "arrest", "", "51.6279")),
      );
      const [one] = (await read()).open;
      expect(one?.apart).toBeGreaterThan(1_000);
      expect(one?.apart).toBeLessThan(1_250);
    });

    test("the reference is read by the analyst alone", async () => {
      await bench.importText(table(call, found));
      for (const role of [
        "sergeant",
        "presenter",
        "admin",
        "auditor",
        "liaison",
        "coordinator",
      ] as const) {
        const read = readIncidents({ ...bench.services, actor: { ...analyst, role } });
        await expect(read, role).rejects.toThrow(/permission denied/);
      }
    });
  },
  fillPlaces,
);
