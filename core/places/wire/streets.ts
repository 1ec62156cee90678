import { z } from "zod";
import { tileSchemas } from "#core/geo/tiles/street-tile.ts";
import { shownBasemap, tileBounds } from "#core/places/wire/basemap.ts";

/** GET /api/public/basemap */
export const publicBasemapReply = z.strictObject({ basemap: shownBasemap.nullable() });

/** `--json` of the `streets` commands; null for what the file does not hold. */
export const streetsResult = z.strictObject({
  segments: z.int(),
  km: z.number(),
  /** Islands: no street leads from one to another. */
  parts: z.int(),
  /** Of all kilometres, those of the largest part. */
  largestShare: z.number(),
  /** Segments with a name. */
  named: z.int(),
  tiles: z.int().nullable(),
  bytes: z.int().nullable(),
  minZoom: z.int().nullable(),
  maxZoom: z.int().nullable(),
  bounds: tileBounds,
  schema: z.enum(tileSchemas).nullable(),
  attribution: z.string().nullable(),
});
export type StreetsResult = z.infer<typeof streetsResult>;

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
