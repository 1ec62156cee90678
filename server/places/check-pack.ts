import { isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import type { PlacePack } from "#core/place-pack.ts";
import { cellsInside } from "#core/places/command.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import { groundFault } from "#core/places/pack/pack-words.ts";
import { commandRegion, type Region } from "#core/places/place.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";

/** Areas, borders and names, of a pack or kept. */
export interface BundledPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly EdgeLine[];
  readonly gazetteer: Gazetteer;
}

export interface PackContent extends BundledPlaces {
  readonly pack: PlacePack;
}

/** Kilometres from its bounds for neighbours and names. */
const aroundKm = 20;
/** Where metres of the British National Grid can be read: Great Britain, in degrees. */
const britain = { west: -9, south: 49, east: 2.5, north: 61 };

/** Null when consistent; else what is wrong in which file. */
export function packSense(pack: PlacePack, { areas, edges, gazetteer }: BundledPlaces) {
  const wrongAreas = areasFault(areas);
  if (wrongAreas !== null) return { file: "areas.geojson", what: wrongAreas } as const;
  const region = commandRegion({ ...pack, areas }, aroundKm) as Region;
  const looks = [
    ["pack.json", headFault(pack, areas, region)],
    ["edges.geojson", edgesFault(edges, areas, region)],
    ["gazetteer.ndjson", namesFault(gazetteer, region)],
  ] as const;
  for (const [file, what] of looks) if (what !== null) return { file, what };
  return null;
}

function areasFault(areas: readonly Area[]): string | null {
  const parts = areas.filter(({ kind }) => kind === "borough");
  if (!parts.some(({ inCommand }) => inCommand)) {
    return 'it has no borough of the area: at least one feature needs "kind": "borough" and "inCommand": true';
  }
  for (const [index, area] of areas.entries()) {
    const what = labelFault(areas, index, area) ?? shapeFault(area);
    if (what !== null) return `feature ${index + 1} ("${area.name}") ${what}`;
  }
  return partsFault(parts);
}

function labelFault(areas: readonly Area[], index: number, { code, name, kind, inCommand }: Area) {
  if (kind !== "borough" && kind !== "neighbour")
    return `is a ${kind}: a pack has boroughs and neighbours`;
  if (inCommand !== (kind === "borough")) return `is a ${kind} with "inCommand": ${inCommand}`;
  if (code.trim() === "" || name.trim() === "") return "has no code or no name";
  const same = areas.findIndex((other) => other.code === code || other.name === name);
  return same < index ? `has the code or the name of feature ${same + 1}` : null;
}

function shapeFault({ polygons }: Area): string | null {
  const rings = polygons.flat();
  const stray = rings.flat().find(([lng, lat]) => Math.abs(lng) > 180 || Math.abs(lat) > 90);
  if (stray) return `has the point ${stray.join(", ")}, which is no longitude and latitude`;
  const isClosed = (ring: readonly Position[]) =>
    ring.length >= 4 && ring[0]?.join() === ring.at(-1)?.join();
  return rings.length > 0 && rings.every(isClosed)
    ? null
    : "has a ring that is not closed, or has fewer than four points";
}

function partsFault(parts: readonly Area[]): string | null {
  const fault = groundFault(parts);
  if (fault !== null) return fault;
  const held = new Map<string, string>();
  for (const part of parts) {
    const cells = cellsInside([part], 10);
    if (cells.length === 0) return `"${part.name}" is too small to hold a cell`;
    const other = cells.map((cell) => held.get(cell)).find((name) => name !== undefined);
    if (other !== undefined) return `"${other}" and "${part.name}" overlap`;
    for (const cell of cells) held.set(cell, part.name);
  }
  return null;
}

function headFault({ centre, grid, name }: PlacePack, areas: readonly Area[], region: Region) {
  if (!isWithin(region, centre)) return `"centre" (${centre.join(", ")}) ${liesElsewhere}`;
  if (grid !== null && !isWithin(britain, centre))
    return `"grid" is ${grid}, which is metres of Great Britain: set it to null`;
  const parts = areas.filter(({ inCommand }) => inCommand);
  return parts.length > 1 && parts.some((part) => part.name === name)
    ? `"name" is that of one part, "${name}"`
    : null;
}

function edgesFault(edges: readonly EdgeLine[], areas: readonly Area[], region: Region) {
  const parts = areas.filter(({ inCommand }) => inCommand).map(({ name }) => name);
  const known = new Set([
    ...areas.filter(({ inCommand }) => !inCommand).map(({ name }) => name),
    ...parts.flatMap((one) => parts.map((other) => `${one}-${other}`)),
  ]);
  for (const { neighbour, lines } of edges) {
    if (!known.has(neighbour))
      return `"${neighbour}" is neither a neighbour of areas.geojson nor two parts, as "A-B"`;
    if (lines.some((line) => line.length < 2)) return `"${neighbour}" has a line of one point`;
    const stray = lines.flat().find((at) => !isWithin(region, at));
    if (stray) return `"${neighbour}" has the point ${stray.join(", ")}, which ${liesElsewhere}`;
  }
  return null;
}

function namesFault(names: Gazetteer, region: Region): string | null {
  const roads = new Set(names.roads.map(({ name }) => name));
  const lost = names.corners.find(({ road }) => !roads.has(road));
  if (lost) return `the corner "${lost.name}" is of the road "${lost.road}", which it has not`;
  const points = [
    ...names.roads.flatMap(({ name, line }) => line.map((at) => ({ name, at }))),
    ...[names.corners, names.streets, names.stations, names.neighbourhoods].flat(),
  ];
  const stray = points.find(({ at }) => !isWithin(region, at));
  return stray ? `"${stray.name}" (${stray.at.join(", ")}) ${liesElsewhere}` : null;
}

const liesElsewhere = `lies more than ${aroundKm} km away: check longitude and latitude`;
