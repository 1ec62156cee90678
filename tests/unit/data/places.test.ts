import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { multiPolygon, area as turfArea } from "@turf/turf";
import { expect, test } from "vitest";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import { createPlane, lineLength, locateOnLine } from "#core/geo/plane.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

const { areas, edges, gazetteer } = readBundledPlaces();
const plane = createPlane([-0.08, 51.64]);

/** turf's sphere is WGS84's semi-major axis; scaled to the ellipsoid at 51.6 N it agrees to 0.01%. */
function squareKilometres(name: string): number {
  const found = areas.find((one) => one.name === name && one.kind === "borough");
  if (!found) throw new Error(`No borough "${name}"`);
  const [east] = plane.toPlane([-0.08 + 0.001, 51.64]);
  const [, north] = plane.toPlane([-0.08, 51.64 + 0.001]);
  const radians = (0.001 * Math.PI) / 180;
  const sphere = 6_378_137 ** 2 * radians * radians * Math.cos((51.64 * Math.PI) / 180);
  return (turfArea(multiPolygon(found.polygons)) / 1e6) * ((east * north) / sphere);
}

test("Enfield and Haringey have their published areas within 0.5%", () => {
  expect(Math.abs(squareKilometres("Enfield") / 82.2 - 1)).toBeLessThan(0.005);
  expect(Math.abs(squareKilometres("Haringey") / 29.59 - 1)).toBeLessThan(0.005);
});

test("each border has its known length; towards Welwyn Hatfield, drawn by hand, within 6%", () => {
  const known: Record<string, number> = {
    Barnet: 18.3,
    "Waltham Forest": 8.8,
    Hackney: 4.1,
    Islington: 3.6,
    Camden: 2.1,
    Broxbourne: 6.9,
    "Welwyn Hatfield": 4.2,
    Hertsmere: 2.8,
    "Epping Forest": 4.0,
    "Enfield-Haringey": 7.5,
  };
  expect(new Set(edges.map((edge) => edge.neighbour))).toEqual(new Set(Object.keys(known)));
  for (const { neighbour, lines } of edges) {
    const kilometres =
      lines.reduce((sum, line) => sum + lineLength(line.map(plane.toPlane)), 0) / 1_000;
    const tolerance = neighbour === "Welwyn Hatfield" ? 0.06 : 0.015;
    expect(Math.abs(kilometres / (known[neighbour] ?? 0) - 1), neighbour).toBeLessThan(tolerance);
  }
});

test("together the borders close around the command", () => {
  const boroughs = areas.filter((one) => one.inCommand);
  const around = boroughs
    .flatMap((one) => one.polygons.flat())
    .reduce((sum, ring) => sum + lineLength(ring.map(plane.toPlane)), 0);
  const length = (neighbour: string) =>
    (edges.find((edge) => edge.neighbour === neighbour)?.lines ?? []).reduce(
      (sum, line) => sum + lineLength(line.map(plane.toPlane)),
      0,
    );
  const outside = edges
    .filter((edge) => edge.neighbour !== "Enfield-Haringey")
    .reduce((sum, edge) => sum + length(edge.neighbour), 0);
  // The line between the two boroughs runs around each of them once.
  expect(outside + 2 * length("Enfield-Haringey")).toBeCloseTo(around, 3);
});

test("coordinates keep five decimals, rings are closed and outer rings run counter-clockwise", () => {
  for (const { polygons, name } of areas) {
    for (const ring of polygons.flat()) {
      expect(ring[0], name).toEqual(ring.at(-1));
      expect(ring.length, name).toBeGreaterThan(3);
      for (const value of ring.flat()) {
        expect(Math.abs(value * 1e5 - Math.round(value * 1e5))).toBeLessThan(1e-4);
      }
    }
    for (const [outer = []] of polygons) expect(signedArea(outer), name).toBeGreaterThan(0);
  }
});

test("Broxbourne and Welwyn Hatfield meet Enfield near -0.104, 51.692", () => {
  const ends = edges
    .filter((edge) => ["Broxbourne", "Welwyn Hatfield"].includes(edge.neighbour))
    .map((edge) => edge.lines.flatMap((line) => [line[0], line.at(-1)] as Position[]));
  const meeting = (ends[0] ?? []).find((a) =>
    (ends[1] ?? []).some((b) => a[0] === b[0] && a[1] === b[1]),
  );
  expect(meeting && metresBetween(meeting, [-0.104, 51.692])).toBeLessThan(150);
});

test("Fore Street runs 1.8 km from the borough line to The Broadway", () => {
  const road = gazetteer.roads.find((one) => one.name === "Fore Street");
  expect(lineLength((road?.line ?? []).map(plane.toPlane)) / 1_000).toBeCloseTo(1.8, 1);
  const border = edges.find((edge) => edge.neighbour === "Enfield-Haringey");
  const start = plane.toPlane(road?.line[0] ?? [0, 0]);
  const gap = Math.min(
    ...(border?.lines ?? []).map((line) => locateOnLine(start, line.map(plane.toPlane)).distance),
  );
  expect(gap).toBeLessThan(60);
});

test("each corner lies on its road and each road inside the map", () => {
  for (const { road, name, at } of gazetteer.corners) {
    const stretches = gazetteer.roads.filter((one) => one.name === road);
    const distances = stretches.map(
      (one) => locateOnLine(plane.toPlane(at), one.line.map(plane.toPlane)).distance,
    );
    expect(Math.min(...distances), `${road} by ${name}`).toBeLessThan(3);
  }
});

test("main roads cross where they do on the ground", () => {
  const crossing = (road: string, other: string) =>
    gazetteer.corners.find((corner) => corner.road === road && corner.name === other)?.at;
  const a10 = crossing("North Circular Road", "Great Cambridge Road");
  expect(a10 && metresBetween(a10, [-0.0866, 51.6154])).toBeLessThan(80);
  const a1010 = crossing("North Circular Road", "Fore Street");
  expect(a1010 && metresBetween(a1010, [-0.0644, 51.6147])).toBeLessThan(30);
});

test("a street is named once in a cell's reach, and no name is a kind of place", () => {
  const names = gazetteer.streets.map((street) => street.name);
  expect(
    names.filter((name) => /Supermarket|Parking Area|Petrol|Nightclub|^A\d/.test(name)),
  ).toEqual([]);
  expect(gazetteer.streets.length).toBeGreaterThan(2_500);
});

test("the README states the SHA-256 of each file", () => {
  const folder = new URL("../../../data/", import.meta.url);
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  for (const name of ["areas.geojson", "edges.geojson", "gazetteer.ndjson"]) {
    const bytes = readFileSync(new URL(`places/enfield-haringey/${name}`, folder));
    expect(readme).toContain(
      `${createHash("sha256").update(bytes).digest("hex")}  places/enfield-haringey/${name}`,
    );
  }
});

function signedArea(ring: readonly Position[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y);
  }, 0);
}
