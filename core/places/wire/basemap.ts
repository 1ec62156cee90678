import { z } from "zod";
import type { TileNames } from "#core/geo/tiles/street-tile.ts";

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
  roads: z.array(
    z.strictObject({ name: z.string(), line: z.array(z.tuple([z.number(), z.number()])) }),
  ),
});
export type ShownBasemap = z.infer<typeof shownBasemap>;
