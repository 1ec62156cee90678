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
  /** At most one street a cell, by a point about its middle. */
  streets: z.array(namedPoint),
  stations: z.array(namedPoint),
  /** Neighbourhood names, such as "Edmonton Green". */
  neighbourhoods: z.array(namedPoint),
});
export type Gazetteer = z.infer<typeof gazetteer>;

export const area = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(["borough", "neighbour", "ward", "neighbourhood", "lsoa", "beat"]),
  /** True for the boroughs that make up the command. */
  inCommand: z.boolean(),
  polygons,
});
export type Area = z.infer<typeof area>;

/** One named border between the command and a neighbour, or inside the command. */
export const edgeLine = z.strictObject({ neighbour: z.string(), lines: z.array(line) });

/**
 * A part of the command that can be chosen as study area, by its cells: their places among the sorted
 * cells of the command. LSOAs and beats have no line here, which would be many times as long.
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

/** The streets under every map, as the page needs to know them. */
export const shownBasemap = z.strictObject({
  minZoom: z.int(),
  maxZoom: z.int(),
  /** Part of every tile's address, so that a browser may keep tiles for good. */
  version: z.string(),
  /** Whom the map must name, in plain words; empty where the source asks for nobody. */
  attribution: z.string(),
  /** Of the streets: beyond them the built-in map is drawn. */
  bounds: tileBounds,
  /** Which names its tiles carry: the others come from the built-in map. */
  names: z.array(z.enum(tileNames)),
  /** Segments of the graph beside the tiles, and those of them with a name. */
  segments: z.int(),
  named: z.int(),
  /** Stretches of the built-in main roads that its tiles lack: drawn over them. */
  roads: z.array(namedLine),
});
export type ShownBasemap = z.infer<typeof shownBasemap>;

/** GET /api/places */
export const placesReply = z.strictObject({
  /** Of the whole command. */
  name: z.string(),
  areas: z.array(area),
  /** The cells of the command, packed: `unpackedCommand`. */
  command: z.array(z.string()),
  studyAreas: z.array(studyArea),
  edges: z.array(edgeLine),
  gazetteer,
  /** What metres and grid references are read by; null where only degrees are. */
  grid: z.literal("EPSG:27700").nullable(),
  /** Drawn stronger than other roads, by the beginning of their names. */
  mainRoads: z.array(z.string()),
  /** Licence lines to show on every map. */
  attributions: z.array(z.string()),
  /** Streets under every map; null for the built-in map. */
  basemap: shownBasemap.nullable(),
});
export type PlacesReply = z.infer<typeof placesReply>;

/** One of the fixed areas that public figures are about. */
export const panelArea = z.strictObject({
  id: z.string(),
  /** `rest`: what a set of wards leaves of its borough. */
  kind: z.enum(["command", "borough", "ward", "neighbourhood", "rest"]),
  name: z.string(),
  /** Id of the area around it; figures of parts add up to it, before they are rounded. */
  parent: z.string().nullable(),
});
export type PanelArea = z.infer<typeof panelArea>;

export const panelOutline = z.strictObject({ area: z.string(), polygons });
export type PanelOutline = z.infer<typeof panelOutline>;
