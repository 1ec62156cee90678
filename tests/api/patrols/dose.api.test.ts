import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { dayMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

onOneEngine(
  "logged patrols",
  ({ db }) => {
    const app = appWith(db);

    test("come back as minutes by cell and London day, once, and never by the hour", async () => {
      const cell = cellAt([-0.0631, 51.6179], 10);
      const visits = [
        ["2021-11-05T11:00Z", "2021-11-05T11:15Z", 2],
        ["2021-11-05T23:30Z", "2021-11-06T00:30Z", 1],
        ["2021-07-04T23:30Z", "2021-07-04T23:45Z", 1],
        // After the demonstration's own date.
        ["2021-11-28T11:00Z", "2021-11-28T12:00Z", 1],
      ] as const;
      const rows = visits.map(([start, end, units]) => ({
        ...{ cell, units, start: Date.parse(start), end: Date.parse(end) },
      }));
      const insert = () => db().transaction(ownerActor, (tx) => insertVisits(tx, rows, "list"));
      expect([await insert(), await insert()]).toEqual([4, 0]);
      for (const role of ["sergeant", "analyst"] as const) {
        const caller = await app.as(role);
        expect(doseReply.parse((await caller.get("/api/dose")).json())).toEqual({
          cells: [cell],
          cell: [0, 0],
          day: [Date.parse("2021-07-05") / dayMs, Date.parse("2021-11-05") / dayMs],
          minutes: [15, 90],
        });
      }
    });
  },
  async () => undefined,
);
