import { z } from "zod";
import type { TileNames } from "#core/geo/tiles/street-tile.ts";

const position = z.tuple([z.number(), z.number()]);
const line = z.array(position);
const polygons = z.array(z.array(z.array(position)));
const namedLine = z.strictObject({ name: z.string(), line });
const namedPoint = z.strictObject({ name: z.string(), at: position });

/** Everything that names a cell: pure data, shared by server and screen. */
export const gazetteer = z.strictObject({
  roads: z.array(namedLine),
  /** Places on a road, such as side-street corners: "Fore Street by Brettenham Road". */
  corners: z.array(z.strictObject({ road: z.string(), name: z.string(), at: position })),
  /** At most one street per cell, by a central point. */
  streets: z.array(namedPoint),
  stations: z.array(namedPoint),
  neighbourhoods: z.array(namedPoint),
});
export type Gazetteer = z.infer<typeof gazetteer>;

export const area = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(["borough", "neighbour", "ward", "neighbourhood", "lsoa", "beat"]),
  inCommand: z.boolean(),
  polygons,
});
export type Area = z.infer<typeof area>;

/** One named border between the command and a neighbour, or inside the command. */
export const edgeLine = z.strictObject({ neighbour: z.string(), lines: z.array(line) });

/**
 * A part of the command selectable as study area, as indices into the command's sorted cells. LSOAs
 * and beats have no outline here, which would be many times as long.
 */
const studyArea = z.strictObject({
  kind: z.enum(["ward", "neighbourhood", "lsoa", "beat"]),
  code: z.string(),
  name: z.string(),
  cells: z.array(z.int()),
});
export type StudyArea = z.infer<typeof studyArea>;

export const tileNames = ["streets", "places", "stations"] as const satisfies TileNames[];

/** West, south, east, north. */
export const tileBounds = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const shownBasemap = z.strictObject({
  minZoom: z.int(),
  maxZoom: z.int(),
  /** In every tile's address, so that browsers may cache tiles forever. */
  version: z.string(),
  /** Required attribution, in plain words; empty where none. */
  attribution: z.string(),
  /** Of the streets: their tiles reach further. */
  bounds: tileBounds,
  /** Names in its tiles; the others come from the built-in map. */
  names: z.array(z.enum(tileNames)),
  /** Segments of the graph, and those with a name. */
  segments: z.int(),
  named: z.int(),
  /** Stretches of the built-in main roads that its tiles lack: drawn over them. */
  roads: z.array(namedLine),
});
export type ShownBasemap = z.infer<typeof shownBasemap>;

/** GET /api/places */
export const placesReply = z.strictObject({
  name: z.string(),
  areas: z.array(area),
  /** The command's cells, packed; see `unpackedCommand`. */
  command: z.array(z.string()),
  studyAreas: z.array(studyArea),
  edges: z.array(edgeLine),
  gazetteer,
  /** For metres and grid references; null where only degrees are accepted. */
  grid: z.literal("EPSG:27700").nullable(),
  /** Drawn stronger than other roads; matched by prefix of the name. */
  mainRoads: z.array(z.string()),
  attributions: z.array(z.string()),
  /** Streets under every map; null for the built-in map. */
  basemap: shownBasemap.nullable(),
});
export type PlacesReply = z.infer<typeof placesReply>;

export const panelArea = z.strictObject({
  id: z.string(),
  /** `rest`: the part of a borough in no ward. */
  kind: z.enum(["command", "borough", "ward", "neighbourhood", "rest"]),
  name: z.string(),
  /** Id of the parent area; unrounded figures of parts add up to it. */
  parent: z.string().nullable(),
});
export type PanelArea = z.infer<typeof panelArea>;

export const panelOutline = z.strictObject({ area: z.string(), polygons });
export type PanelOutline = z.infer<typeof panelOutline>;
