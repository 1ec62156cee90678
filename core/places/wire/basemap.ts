import { z } from "zod";
import { tileNames, tileSchemas } from "#core/geo/tiles/tile-schema.ts";

/** The archive of streets under every map, as the page needs to know it. */
export const shownBasemap = z.strictObject({
  schema: z.enum(tileSchemas),
  minZoom: z.int(),
  maxZoom: z.int(),
  /** Part of every tile's address, so that a browser may keep tiles for good. */
  version: z.string(),
  /** Whom the map must name, in plain words. */
  attribution: z.string(),
  /** West, south, east, north of what its tiles cover: beyond them the built-in map is drawn. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Which names its tiles carry: the others come from the built-in map. */
  names: z.array(z.enum(tileNames)),
});
export type ShownBasemap = z.infer<typeof shownBasemap>;

/** GET /api/public/basemap */
export const publicBasemapReply = z.strictObject({ basemap: shownBasemap.nullable() });

/** `--json` of `basemap add` and `basemap get`, and each of `basemap list`. */
export const basemapResult = z.strictObject({
  tiles: z.int(),
  bytes: z.int(),
  minZoom: z.int(),
  maxZoom: z.int(),
  /** West, south, east, north. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  schema: z.enum(tileSchemas),
  attribution: z.string(),
  /** What the streets of the archive became; null where no graph was made of them. */
  streets: z.strictObject({ segments: z.int(), km: z.number() }).nullable(),
});
export type BasemapResult = z.infer<typeof basemapResult>;

const whole = z.coerce.number().int().min(0);

/** `/api/tiles/:z/:x/:y` */
export const tileParams = z.strictObject({
  z: whole.max(22),
  x: whole.max(2 ** 22 - 1),
  y: whole.max(2 ** 22 - 1),
});

/** `v` is the archive's version: with it the answer may be kept for good. */
export const tileQuery = z.strictObject({ v: z.string().max(64).optional() });

/** Public pages show the command and its fixed areas, never a house. */
export const largestPublicZoom = 14;

/**
 * A partner's page asks for tiles where the partner looks, so none of them may tell more than a tile of a kilometre and a
 * half does; the page enlarges those (SAFEGUARDS 5).
 */
export const largestPartnerZoom = 14;
