import { expect, test } from "vitest";
import { cellCentre, metresBetween, type Position } from "#core/geo/cell.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import { bundledStudy, bundledZones, readBundledPlaces } from "#tests/support/bundled-places.ts";

const { areas, edges } = readBundledPlaces();
const study = bundledStudy();
const zones = bundledZones();
const zone = (neighbour: string) => {
  const found = zones.find((one) => one.neighbour === neighbour);
  if (!found) throw new Error(`No edge "${neighbour}"`);
  return found;
};

test("there is one zone for each of the nine neighbours, and one inside the command", () => {
  expect(zones.map((one) => one.neighbour)).toEqual([
    "Barnet",
    "Broxbourne",
    "Camden",
    "Enfield-Haringey",
    "Epping Forest",
    "Hackney",
    "Hertsmere",
    "Islington",
    "Waltham Forest",
    "Welwyn Hatfield",
  ]);
  expect(zones.filter((one) => one.isInternal).map((one) => one.neighbour)).toEqual([
    "Enfield-Haringey",
  ]);
});

test("no cell is in two zones or on both sides of one", () => {
  const all = zones.flatMap((one) => [...one.inner, ...one.outer]);
  expect(new Set(all).size).toBe(all.length);
});

test("inner cells lie in the study set, outer cells beyond it", () => {
  for (const one of zones) {
    expect(one.inner.every((cell) => study.indexOf.has(cell))).toBe(true);
    expect(one.outer.every((cell) => study.indexOf.has(cell))).toBe(one.isInternal);
  }
});

/** To the nearest of some points; none of those that lie two kilometres further north or south is. */
function nearestMetres(points: readonly Position[], from: Position): number {
  const near = points.filter(([, lat]) => Math.abs(lat - from[1]) < 0.018);
  return Math.min(...near.map((at) => metresBetween(at, from)));
}

test("each cell lies within 1,000 m of its line and no nearer to another (slow recount)", () => {
  const points = edges.map((edge) => ({
    neighbour: edge.neighbour,
    points: edge.lines.flat(),
  }));
  for (const one of zones) {
    for (const cell of [...one.inner, ...one.outer].filter((_, index) => index % 25 === 0)) {
      const centre = cellCentre(cell);
      const distances = points
        .map((line) => ({
          neighbour: line.neighbour,
          metres: nearestMetres(line.points, centre),
        }))
        .sort((a, b) => a.metres - b.metres);
      const own = distances.find((line) => line.neighbour === one.neighbour);
      // Distances to vertices, at most 60 m apart at these borders, bound those to the line.
      expect(own?.metres).toBeLessThan(1_080);
      expect((own?.metres ?? 0) - (distances[0]?.metres ?? 0)).toBeLessThan(80);
    }
  }
});

test("no study cell within 1,000 m of a border is left out", () => {
  const inner = new Set(zones.flatMap((one) => [...one.inner, ...one.outer]));
  const points = edges.flatMap((edge) => edge.lines.flat());
  const missed = study.cells
    .filter((cell, index) => index % 20 === 0 && !inner.has(cell))
    .map((cell) => ({ cell, centre: cellCentre(cell) }))
    .filter(({ centre }) => nearestMetres(points, centre) < 995);
  expect(missed).toEqual([]);
});

test("a narrower zone is part of the wider one", () => {
  const narrow = edgeZones(areas, edges, study, 300);
  for (const one of narrow) {
    const wide = new Set([...zone(one.neighbour).inner, ...zone(one.neighbour).outer]);
    expect(one.inner.length).toBeLessThan(zone(one.neighbour).inner.length);
    expect([...one.inner, ...one.outer].every((cell) => wide.has(cell))).toBe(true);
  }
});
