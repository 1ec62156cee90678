import { z } from "zod";
import { columnTypes } from "#core/contract/plain-fields.ts";
import { eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";

// biome-ignore lint/performance/noBarrelFile: rooms with cells read all of their fields here.
export { columnTypes, date, id, instant, revision } from "#core/contract/plain-fields.ts";

export const eventCell = z
  .custom<H3Cell>(
    (value) =>
      typeof value === "string" && isCell(value) && resolutionOf(value) === eventResolution,
    `an H3 cell at resolution ${eventResolution}`,
  )
  .register(columnTypes, { type: "cell" });
