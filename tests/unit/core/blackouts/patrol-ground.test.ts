import { expect, test } from "vitest";
import { drawFootprint, footprintOfCircle, venueFault } from "#core/blackouts/footprint.ts";
import {
  createPatrolGround,
  footprintGroundFault,
  venueGroundFault,
} from "#core/blackouts/patrol-ground.ts";
import { cellCentre, disk, type Position } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { corner } from "#tests/support/outreach.ts";

const { areas } = readBundledPlaces();
const ground = createPatrolGround(areas);

test("a place in the command is taken; one in central London or beyond the edge is refused in words", () => {
  expect(venueGroundFault(ground, { at: corner, radiusM: 150 })).toBeNull();
  for (const at of [
    [-0.1, 51.5],
    [0.0005, 51.6303],
    [-0.0303, 51.7002],
  ] as const) {
    const venue = { at, radiusM: 150 };
    // Near enough not to be a slip of the finger: the older check lets it through.
    expect(venueFault(venue)).toBeNull();
    const fault = venueGroundFault(ground, venue) ?? "";
    expect(fault).toContain("outside Enfield and Haringey");
    expect(fault).toContain("plans no patrols there");
    expect(fault).not.toMatch(/\d/);
  }
});

test("every cell that a patrol can stop at, and those beside it, is ground", () => {
  const study = bundledStudy();
  for (const cell of study.cells) expect(ground.touches([cell])).toBe(true);
  const beside = study.cells
    .filter((_, index) => index % 40 === 0)
    .flatMap((cell) => disk(cell, 2));
  expect(beside.every((cell) => ground.touches([cell]))).toBe(true);
});

test("what the browser takes the server takes too, whatever the secret draw, and over the border", () => {
  const study = bundledStudy();
  const random = createRandom(11).next;
  let taken = 0;
  let refused = 0;
  for (const cell of study.cells.filter((_, index) => index % 23 === 0)) {
    const [lng, lat] = cellCentre(cell);
    const at: Position = [lng + (random() - 0.5) * 0.1, lat + (random() - 0.5) * 0.06];
    const venue = { at, radiusM: 25 + Math.floor(random() * 300) };
    if (venueGroundFault(ground, venue) !== null) {
      refused += 1;
      expect(ground.touches(footprintOfCircle(at, venue.radiusM))).toBe(false);
      continue;
    }
    taken += 1;
    expect(footprintGroundFault(ground, drawFootprint(venue, random))).toBeNull();
  }
  expect(taken).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(20);
});
