import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cellCentre, type H3Cell, roundedPosition } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import { isTimeZone, type PlacePack, packFormat, placePack } from "#core/place-pack.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import { edgeMetres } from "#core/places/nearest-edge.ts";
import { middleCell, packGazetteer } from "#core/places/pack/pack-gazetteer.ts";
import {
  codeOfWords,
  isBritishZone,
  nameOfParts,
  partWords,
} from "#core/places/pack/pack-words.ts";
import { commandRegion } from "#core/places/place.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { linesOf } from "#core/text/lines.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import type { PackContent } from "#server/places/check-pack.ts";
import { loadPack } from "#server/places/load.ts";
import { type MadeAreas, makeAreas } from "#server/places/pack/make-areas.ts";
import { type PackRequest, readPackStreets } from "#server/places/pack/read-files.ts";

interface PackTools {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Empty PostGIS with GEOS 3.14; the caller closes it. */
  readonly openScratch: () => Promise<Database>;
}

/** Kilometres around the command; boundary zones reach 1 km. */
const namedAroundKm = 1.5;

export type PackReport = Awaited<ReturnType<typeof buildPack>>;

/**
 * Builds a pack of places from files, in a folder beside the target, which is renamed once the pack
 * has been loaded as at a start of Boxster. Throws a `FileFault` for anything unusable, and then
 * leaves nothing.
 */
export async function buildPack(request: PackRequest, tools: PackTools) {
  const code = checkRequest(request);
  for (const path of [request.boundary, request.streets]) if (path) await fileSource(path);
  mkdirSync(dirname(request.out), { recursive: true });
  const folder = mkdtempSync(join(dirname(request.out), `.${basename(request.out)}-`));
  try {
    const { pack, made, named, notes, missing } = await gather(request, code, tools);
    writePack(folder, { pack, areas: made.areas, edges: made.edges, gazetteer: named });
    tools.say("Loading the pack as a start does");
    const { gazetteer, areas } = loadPack(folder);
    tools.signal.throwIfAborted();
    // For the server, which may run as another user.
    chmodSync(folder, 0o755);
    if (existsSync(request.out)) await rmdir(request.out);
    await rename(folder, request.out);
    return {
      folder: request.out,
      code: pack.code,
      name: pack.name,
      timeZone: pack.timeZone,
      patch: pack.patch,
      cells: made.study.cells.length,
      parts: made.parts.map(({ name }) => name),
      neighbours: neighboursOf(made),
      roads: pack.mainRoads,
      corners: gazetteer.corners.length,
      streets: gazetteer.streets.length,
      stations: gazetteer.stations.length,
      neighbourhoods: areas.filter(({ kind }) => kind === "neighbourhood").length,
      notes: [...made.notes, ...notes],
      missing: [...made.missing, ...missing],
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Checks possible before any file is read; returns the pack's code. */
function checkRequest({ zone, out, called, attribution: attributions }: PackRequest): string {
  if (!isTimeZone(zone)) {
    throw new FileFault(
      `there is no time zone "${zone}"; give one of the tz database with --zone, such as Europe/London`,
    );
  }
  if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0)) {
    throw new FileFault(
      `${out} is there already; name a folder that is not, or is empty, with --out`,
    );
  }
  const code = codeOfWords(basename(out));
  if (code === "") {
    throw new FileFault(
      `"${basename(out)}" gives the pack no code: name the folder with letters or digits`,
    );
  }
  const options = { name: "--called", attributions: "--attribution" } as const;
  const shown = placePack.pick({ name: true, attributions: true }).partial();
  const read = shown.safeParse({ name: called ?? undefined, attributions });
  if (read.success) return code;
  const option = options[String(read.error.issues[0]?.path[0]) as keyof typeof options];
  throw new FileFault(
    option === "--attribution" && attributions.length === 0
      ? 'a pack needs at least one licence line: say whose data it is with --attribution, such as --attribution "Contains OS data © Crown copyright"'
      : `${option} is empty or too long`,
  );
}

/** In an embedded PostGIS, which lays areas over each other. */
async function readAreas(
  request: PackRequest,
  { say, signal, openScratch }: PackTools,
): Promise<MadeAreas> {
  say("Opening an embedded PostGIS in memory");
  const db = await openScratch();
  try {
    return await db.transaction(ownerActor, (tx) => makeAreas({ tx, say, signal }, request));
  } finally {
    await db.close();
  }
}

async function gather(request: PackRequest, code: string, tools: PackTools) {
  const { say, signal } = tools;
  const made = await readAreas(request, tools);
  signal.throwIfAborted();
  const { areas, edges, parts, study } = made;
  const name = nameOf(request, made);
  const grid: PlacePack["grid"] = isBritishZone(request.zone) ? "EPSG:27700" : null;
  const region = commandRegion({ areas, name, grid }, namedAroundKm);
  if (region === null) throw new RangeError("A command without a part");
  if (request.streets !== null) say("Reading streets");
  const streets =
    request.streets === null
      ? noStreets
      : await readPackStreets(request.streets, { say, signal, region });
  say("Naming the cells");
  const zones = edgeZones(areas, edges, study);
  const { gazetteer, mainRoads, isNamedByParts } = packGazetteer({
    graph: streets.graph,
    places: streets.labels,
    parts,
    study,
    around: new Set([...study.cells, ...zones.flatMap(({ outer }) => outer)]),
  });
  const pack: PlacePack = {
    format: packFormat,
    code,
    name,
    timeZone: request.zone,
    patch: busiestRoad(gazetteer) ?? name,
    centre: roundedPosition(cellCentre(middleCell(study.cells) as H3Cell)),
    grid,
    words: { part: partWords(made.file.propertyNames), ward: ["ward", "wards"] },
    mainRoads: [...mainRoads],
    attributions: [...new Set([...request.attribution, streets.attribution ?? []].flat())],
    sources: sourcesOf(request, streets.licence),
  };
  const missing = linesOf(
    missingStreets(gazetteer, streets.graph),
    isNamedByParts &&
      "No names of neighbourhoods lie inside: the parts are the public areas until wards are imported.",
    gazetteer.stations.length === 0 && "No stations.",
  );
  return { pack, made, named: gazetteer, notes: streets.notes, missing };
}

const noStreets = { graph: null, labels: [], attribution: null, licence: null, notes: [] };

function nameOf({ called }: PackRequest, made: MadeAreas): string {
  const parts = made.parts.map(({ name }) => name);
  const name = called ?? nameOfParts(parts);
  if (name !== null && parts.length > 1 && parts.includes(name)) {
    throw new FileFault(`"${name}" is one of the parts: give the whole another name with --called`);
  }
  if (name !== null) return name;
  throw new FileFault(`the command has ${parts.length} parts: say how it is called with --called`);
}

/** The main road with the most corners: the high street of a town has more than a through road. */
function busiestRoad({ corners }: Pick<Gazetteer, "corners">): string | null {
  const roads = [...groupBy(corners, ({ road }) => road)];
  return roads.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}

const longestLicence = 80;

function sourcesOf(request: PackRequest, streetsLicence: string | null): PlacePack["sources"] {
  const licence = (request.attribution[0] ?? "").slice(0, longestLicence).trim();
  const source = (what: string, path: string | null, under = licence) =>
    path === null ? [] : [{ what, from: cleanFileName(basename(path)), licence: under }];
  return [
    ...source("Boundary", request.boundary),
    ...source("Streets", request.streets, streetsLicence ?? licence),
  ];
}

function missingStreets({ roads, streets }: Gazetteer, graph: StreetGraph | null): string | false {
  if (graph === null) {
    return (
      streets.length === 0 &&
      "No streets: places are named after neighbourhoods alone. --streets brings them."
    );
  }
  if (graph.names.length === 0) {
    return "The streets have no names: places are named after neighbourhoods alone.";
  }
  return (
    roads.length === 0 && "No street has a name for 400 m: there are no main roads and no corners."
  );
}

/** With the kilometres of their line with the command; 0 where they lie near it and do not touch. */
function neighboursOf({ areas, edges }: MadeAreas) {
  return areas
    .filter(({ inCommand }) => !inCommand)
    .map(({ name }) => {
      const edge = edges.find(({ neighbour }) => neighbour === name);
      return { name, km: Math.round(edgeMetres(edge?.lines ?? []) / 100) / 10 };
    })
    .sort((a, b) => b.km - a.km);
}

function writePack(folder: string, { pack, areas, edges, gazetteer }: PackContent): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const names = Object.entries(gazetteer).flatMap(([kind, items]) =>
    items.map((item) => `${JSON.stringify({ kind, ...item })}\n`),
  );
  write("pack.json", `${JSON.stringify(pack, null, 2)}\n`);
  write(
    "areas.geojson",
    collection(areas.map(({ polygons, ...area }) => feature(area, "MultiPolygon", polygons))),
  );
  write(
    "edges.geojson",
    collection(
      edges.map(({ neighbour, lines }) => feature({ neighbour }, "MultiLineString", lines)),
    ),
  );
  write("gazetteer.ndjson", names.join(""));
}

function collection(features: readonly string[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

function feature(properties: object, type: string, coordinates: unknown): string {
  return JSON.stringify({ type: "Feature", properties, geometry: { type, coordinates } });
}
