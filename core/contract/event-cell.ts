import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";

/** Apart from the other fields, which the page reads before it has the library of cells. */
export const eventCell = z
  .custom<H3Cell>(
    (value) =>
      typeof value === "string" && isCell(value) && resolutionOf(value) === eventResolution,
    `an H3 cell at resolution ${eventResolution}`,
  )
  .register(columnTypes, { type: "cell" });
