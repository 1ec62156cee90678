import { z } from "zod";
import { fetchJson } from "#client/api/fetch.ts";
import { kept } from "#client/live/kept.ts";
import { area, edgeLine, gazetteer, placesReply } from "#core/places/wire/places.ts";

type Line = readonly (readonly [number, number])[];

/** Loaded once, and again when streets arrive. */
export const places = kept((signal) => fetchJson("/api/places", quickReply, { signal }), "streets");

/**
 * A plain loop: without `eval` (CSP) zod takes a tenth of a second for the 40,000 positions, and
 * the map waits.
 */
const quickLine = z.custom<[number, number][]>((value) => isLine(value), "not a line of positions");
const quickLines = z.array(quickLine);
const quickReply = placesReply.extend({
  areas: z.array(area.extend({ polygons: z.array(quickLines) })),
  edges: z.array(edgeLine.extend({ lines: quickLines })),
  gazetteer: gazetteer.extend({
    roads: z.array(z.strictObject({ name: z.string(), line: quickLine })),
  }),
});

export function isLine(value: unknown): value is Line {
  return Array.isArray(value) && value.every(isPosition);
}

function isPosition(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    Number.isFinite(value[0]) &&
    Number.isFinite(value[1])
  );
}
