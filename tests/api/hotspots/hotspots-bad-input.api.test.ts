import { beforeAll, expect, test } from "vitest";
import { cellAt, cellCentre, disk, type H3Cell, type Position } from "#core/geo/cell.ts";
import { type HotspotsReply, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { circleAround, formatDrawn } from "#core/places/drawn-area.ts";
import type { Database } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { complaintAt } from "#tests/support/reports.ts";
import { storeReports } from "#tests/support/store-reports.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const beyond = cellAt([-0.0563, 51.5452], 10);
const eventIn = (cell: H3Cell) => complaintAt(cell, Date.parse("2021-11-05T22:30Z"));

/** One in every cell for about 300 m, five more in the middle, and a stray one beyond the command. */
const events = [...disk(middle, 3), ...Array.from({ length: 5 }, () => middle), beyond].map(
  eventIn,
);
const november = "from=2021-11-01&to=2021-11-26";
const drawn = (corners: readonly Position[]) => encodeURIComponent(formatDrawn(corners));

async function fill(db: Database): Promise<void> {
  await fillPlaces(db);
  await storeReports(db, events);
}

onOneEngine("hotspots of areas and times that can say little", ({ db }) => {
  const app = appWith(db);
  const sergeant = app.caller("sergeant");
  beforeAll(async () => {
    await fill(db());
  });

  const ask = async (query: string): Promise<HotspotsReply> => {
    const reply = await sergeant.get(`/api/hotspots?${query}`);
    expect(reply.statusCode, reply.body).toBe(200);
    expect(reply.body).not.toMatch(/NaN|Infinity/);
    return hotspotsReply.parse(reply.json());
  };

  test("a drawn area is tested by itself: what stood out in the command may not stand out in it", async () => {
    const area = drawn(circleAround(cellCentre(middle), 250));
    const inside = await ask(`${november}&area=${area}`);
    const whole = await ask(november);
    const topOf = ({ rows }: HotspotsReply) => rows.find(({ cell }) => cell === middle);
    expect(inside.studyArea).toBe("Drawn area");
    expect(inside.cells).toBeLessThan(30);
    expect(topOf(inside)?.count).toBe(6);
    expect(topOf(inside)?.p ?? 0).toBeGreaterThan(topOf(whole)?.p ?? 1);
    expect(inside.total).toBeLessThan(whole.total);
    expect(inside.test).toContain(`over ${inside.cells} cells of Drawn area`);
  });

  test("an area of one cell has no z, and nothing in it is hot", async () => {
    const [lng, lat] = cellCentre(middle);
    const corners: Position[] = [
      [lng - 0.0004, lat - 0.0003],
      [lng + 0.0004, lat - 0.0003],
      [lng, lat + 0.0003],
    ];
    const reply = await ask(`${november}&area=${drawn(corners)}`);
    expect(reply).toMatchObject({ cells: 1, total: 6 });
    expect(reply.rows).toMatchObject([{ count: 6, z: null, p: 1, q: 1, hot: false }]);
  });

  test("an area without a cell, and one that is not here, are refused in words", async () => {
    const none = await sergeant.get(
      `/api/hotspots?${november}&area=${drawn(circleAround([2, 48], 200))}`,
    );
    expect(none.statusCode).toBe(422);
    expect(none.json()).toMatchObject({ detail: expect.stringMatching(/Draw it larger/) });
    for (const area of ["Nowhere", "ward:Nowhere", "drawn:1,2,x"]) {
      const reply = await sergeant.get(
        `/api/hotspots?${november}&area=${encodeURIComponent(area)}`,
      );
      expect(reply.statusCode).toBe(404);
      expect(reply.json()).toMatchObject({ detail: expect.stringContaining("There is no area") });
    }
  });
});
