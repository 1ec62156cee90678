import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";

/** Separate: the page reads the other fields before it loads the cell library. */
export const eventCell = z
  .custom<H3Cell>(
    (value) =>
      typeof value === "string" && isCell(value) && resolutionOf(value) === eventResolution,
    `an H3 cell at resolution ${eventResolution}`,
  )
  .register(columnTypes, { type: "cell" });
