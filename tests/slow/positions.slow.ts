import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, disk, eventResolution } from "#core/geo/cell.ts";
import { createFixStore, packFix } from "#core/patrols/positions/fix-store.ts";
import { measureDose } from "#core/patrols/positions/read-positions.ts";
import { createZone } from "#core/time/zone.ts";
import { type MobilityDb, openMobilityDb } from "#tests/support/mobilitydb.ts";
import { loggedWalk, type Walk, walkedSeconds } from "#tests/support/patrol-walks.ts";
import type { LoggedFix } from "#tests/support/positions.ts";

const url = process.env["MOBILITYDB_URL"];
if (!url) console.log("MobilityDB: skipped; MOBILITYDB_URL names no server that has it.");

const corner = { lat: 51.61, lng: -0.075 };
const from = Date.parse("2021-11-05T14:00:00Z");
const cells = disk(cellAt([corner.lng + 0.0145, corner.lat + 0.009], eventResolution), 22);
const placeOf = new Map(cells.map((cell, place) => [cell, place] as const));
const walks: readonly Walk[] = Array.from({ length: 24 }, (_, seed) => ({
  device: `device ${seed}`,
  minutes: 480,
  speed: seed % 3 === 2 ? 7 : 1.3,
  seed: seed + 1,
}));
const paths = walks.map(walkedSeconds);

async function ownMinutes(fixes: readonly LoggedFix[], refresh: number) {
  const store = createFixStore();
  for (const { device, at, lat, lng } of fixes) {
    const place = placeOf.get(cellAt([lng, lat], eventResolution)) ?? -1;
    store.add(Number(device.slice(7)), packFix(at, place));
  }
  const dose = await measureDose(store, {
    zone: createZone("Europe/London"),
    refresh,
    pause: async () => undefined,
  });
  return dose;
}

describe.runIf(url)("minutes beside MobilityDB", () => {
  let mobility: MobilityDb;
  beforeAll(async () => {
    mobility = await openMobilityDb(url ?? "");
  });
  afterAll(() => mobility.close());

  test.each([5, 15, 30, 60])(
    "one fix every %i s: within a twentieth",
    async (refresh) => {
      const fixes = walks.flatMap((walk, index) =>
        loggedWalk(walk, paths[index] ?? [], refresh, { from, corner }),
      );
      const dose = await ownMinutes(fixes, refresh);
      const theirs = await mobility.minutes(fixes, cells, refresh);
      const own = new Map(cells.map((cell) => [cell, 0]));
      for (const { place, minutes } of dose.cells) {
        const cell = cells[place];
        if (cell) own.set(cell, (own.get(cell) ?? 0) + minutes);
      }
      const total = [...theirs.values()].reduce((sum, minutes) => sum + minutes, 0);
      const apart = cells.map((cell) => Math.abs((own.get(cell) ?? 0) - (theirs.get(cell) ?? 0)));
      const stops = cells.filter((cell) => (theirs.get(cell) ?? 0) >= 15);
      const worst = Math.max(
        ...stops.map((cell) => Math.abs((own.get(cell) ?? 0) / (theirs.get(cell) ?? 1) - 1)),
      );
      const share = apart.reduce((sum, minutes) => sum + minutes, 0) / total;
      console.log(
        `MobilityDB, ${refresh} s: total ${(100 * (dose.minutes / total - 1)).toFixed(2)}% apart; all cells ${(100 * share).toFixed(2)}%; worst of ${stops.length} cells with 15 min ${(100 * worst).toFixed(1)}%`,
      );
      expect(Math.abs(dose.minutes / total - 1)).toBeLessThan(0.05);
      expect(share).toBeLessThan(0.05);
    },
    600_000,
  );
});
