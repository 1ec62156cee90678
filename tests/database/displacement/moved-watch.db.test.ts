import { beforeAll, expect, test } from "vitest";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { cellCentre, disk, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { ActServices } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { createOperation } from "#server/displacement/operations/store.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { forgetPlaces, placesOf } from "#server/places/places.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { moveTo } from "#tests/support/moved.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, fillQuietDemo, pickettsLock } from "#tests/support/watch.ts";

/** A look beside a line that moved within the days that it scans. One story. */
onEachEngine(
  "the watch for displacement after boundaries moved",
  ({ db }) => {
    let services: ActServices;
    let before: ReadonlySet<H3Cell>;
    let now: ReadonlySet<H3Cell>;
    let cameIn: H3Cell;
    const watched = async () => {
      const { command, edgeZones } = await placesOf({ db: db() });
      const zones = edgeZones.flatMap(({ inner, outer }) => [...inner, ...outer]);
      return new Set([...command.cells, ...zones]);
    };
    const look = async () => {
      await db().transaction(ownerActor, (tx) => tx.query("delete from watch_look"));
      const seen = new Set<H3Cell>();
      const kept = await lookAround(services, {
        scan: async (input) => {
          for (const { cell } of input.reports) seen.add(cell);
          return lookForClusters(input);
        },
      });
      return { cells: [...seen], raised: kept.flatMap((one) => one.raised).length };
    };

    beforeAll(async () => {
      services = await testServices(db());
      // Beside the line, so that what came in lies within its reach.
      const byTheLine = { name: "by the line", cells: [pickettsLock], startsOn: "2021-09-01" };
      await db().transaction(ownerActor, (tx) =>
        createOperation(tx, { ...byTheLine, endsOn: null, control: null, phases: [] }),
      );
      before = await watched();
      await moveTo(services, "moved");
      now = await watched();
      const metres = (cell: H3Cell) => metresBetween(cellCentre(cell), cellCentre(pickettsLock));
      const grown = [...now].filter((cell) => disk(cell, 1).every((one) => !before.has(one)));
      cameIn = grown.toSorted((a, b) => metres(a) - metres(b))[0] as H3Cell;
      await storeReports(db(), comeTogether(cameIn, 12));
    });

    test("counts no report on ground that came in or left meanwhile, and raises no alert there", async () => {
      const { cells, raised } = await look();
      expect(raised).toBe(0);
      expect(cells.length).toBeGreaterThan(0);
      expect(cells.filter((cell) => !before.has(cell) || !now.has(cell))).toEqual([]);
    });

    test("a cluster on ground that was watched all the while is an alert as ever", async () => {
      await storeReports(db(), comeTogether(pickettsLock, 12));
      const { cells, raised } = await look();
      expect(cells).toContain(pickettsLock);
      expect(raised).toBeGreaterThan(0);
    });

    test("once the days that are scanned begin after the move, the ground that came in counts", async () => {
      await db().transaction(ownerActor, (tx) =>
        tx.through("copier", (door) => door.query("update place_move set moved_on = '2021-08-01'")),
      );
      forgetPlaces(db());
      const { cells } = await look();
      expect(cells.filter((cell) => disk(cameIn, 1).includes(cell)).length).toBeGreaterThan(0);
    });
  },
  fillQuietDemo,
);
