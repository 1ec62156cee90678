import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { tileSchemas } from "#core/geo/tiles/street-tile.ts";
import { placesReply, tileBounds } from "#core/places/wire/places.ts";

/** `--json` of the `streets` commands; null for what the file does not hold. */
export const streetsResult = z.strictObject({
  segments: z.int(),
  km: z.number(),
  /** Islands: no street leads from one to another. */
  parts: z.int(),
  /** Of all kilometres, those of the largest part. */
  largestShare: z.number(),
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

/**
 * A partner's page requests tiles where the partner looks, so no tile may be more precise than a
 * kilometre and a half; the page enlarges those (SAFEGUARDS 5).
 */
export const largestPartnerZoom = 14;

const whole = z.coerce.number().int().min(0);
const tile = {
  params: { z: whole.max(22), x: whole.max(2 ** 22 - 1), y: whole.max(2 ** 22 - 1) },
  /** `v` is the archive's version: with it the answer may be kept for good. */
  query: z.strictObject({ v: z.string().max(64).optional() }),
};

export const mapCalls = {
  places: call("GET /api/places", { reply: placesReply }),
  tile: call("GET /api/tiles/:z/:x/:y", tile),
};
