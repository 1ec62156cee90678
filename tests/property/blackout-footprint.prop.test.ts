import { expect, test } from "vitest";
import { drawFootprint, findHolding, type Venue } from "#core/blackouts/footprint.ts";
import { checkFootprint, middleOf } from "#core/blackouts/footprint-check.ts";
import { cellAt, eventResolution, metresBetween, type Position } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { randomVenue } from "#tests/support/random-calendar.ts";
import { runsOf } from "#tests/support/runs.ts";

const venues = runsOf(10_000, 300);

test("random venues: the true area is inside the footprint always, its centre 75 m away at the median", () => {
  const random = createRandom(20211126);
  const distances: number[] = [];
  const open: string[] = [];
  const refused: string[] = [];
  for (let index = 0; index < venues; index += 1) {
    const venue = randomVenue(random);
    const cells = drawFootprint(venue, random.next);
    const held = new Set<string>(cells);
    for (const point of pointsOf(venue)) {
      if (!held.has(cellAt(point, eventResolution))) open.push(`${index}: ${point.join()}`);
    }
    distances.push(metresBetween(middleOf(cells), venue.at));
    // What the server checks, and a second import, on every tenth: they take longer than the draw.
    if (index % 10 > 0) continue;
    const checked = checkFootprint(cells, venue.radiusM);
    if (!checked.ok) refused.push(`${index}: ${checked.reason}`);
    if (findHolding([{ cells }], venue) === null) refused.push(`${index}: its own venue not found`);
  }
  expect(open).toEqual([]);
  expect(refused).toEqual([]);
  distances.sort((a, b) => a - b);
  const median = distances[venues / 2] ?? 0;
  const near = distances.filter((metres) => metres < 20).length / venues;
  process.stdout.write(
    `Footprint's centre to the venue: median ${median.toFixed(1)} m, nearer than 20 m in ${(100 * near).toFixed(1)} %\n`,
  );
  expect(median).toBeGreaterThanOrEqual(75);
  expect(near).toBeLessThan(0.05);
});

test("the offset is uniform over the disc of 150 m: as many venues inside 106 m as outside", () => {
  const random = createRandom(7);
  const at: Position = [-0.0644, 51.6147];
  const moved = Array.from({ length: runsOf(2_000, 300) }, () => {
    const middle = middleOf(drawFootprint({ at, radiusM: 25 }, random.next));
    return { metres: metresBetween(middle, at), east: middle[0] > at[0], north: middle[1] > at[1] };
  });
  const share = (list: readonly unknown[]) => list.length / moved.length;
  expect(share(moved.filter((one) => one.metres < 150 / Math.SQRT2))).toBeCloseTo(0.5, 1);
  expect(share(moved.filter((one) => one.east))).toBeCloseTo(0.5, 1);
  expect(share(moved.filter((one) => one.north))).toBeCloseTo(0.5, 1);
});

/** The disc of a venue on the WGS84 ellipsoid: its rim densely, three circles within, the middle. */
function pointsOf({ at: [lng, lat], radiusM }: Venue): Position[] {
  const phi = (lat * Math.PI) / 180;
  const bend = 1 - 0.00669437999 * Math.sin(phi) ** 2;
  const metresNorth = (Math.PI / 180) * ((6_378_137 * (1 - 0.00669437999)) / bend ** 1.5);
  const metresEast = (Math.PI / 180) * (6_378_137 / Math.sqrt(bend)) * Math.cos(phi);
  const points: Position[] = [[lng, lat]];
  for (const [share, count] of [
    [1, 72],
    [0.99, 24],
    [0.75, 12],
    [0.4, 6],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const bearing = (2 * Math.PI * index) / count;
      points.push([
        lng + (share * radiusM * Math.sin(bearing)) / metresEast,
        lat + (share * radiusM * Math.cos(bearing)) / metresNorth,
      ]);
    }
  }
  return points;
}
