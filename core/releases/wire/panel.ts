import { z } from "zod";
import { panelArea, panelOutline } from "#core/places/wire/public-areas.ts";

/** `sightings` by residents are public for the whole command alone. */
export const panelMeasures = ["resident_complaints", "sightings"] as const;

/** Figures that anyone may see, shaped as `release export`. */
export const panelReply = z.strictObject({
  id: z.string(),
  /** Counts under this are withheld. */
  threshold: z.int(),
  /** All others are rounded to this. */
  base: z.int(),
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/)),
  areas: z.array(panelArea),
  /** Every area in every month; null is withheld: fewer than 10, or hidden to protect another. */
  values: z.array(
    z.strictObject({
      area: z.string(),
      month: z.string(),
      measure: z.enum(panelMeasures),
      count: z.int().nullable(),
    }),
  ),
  notes: z.array(z.string()),
  /** Shapes to draw, for all areas but the command. */
  outlines: z.array(panelOutline),
  /** True in the demonstration: every screen and print must say so. */
  madeUp: z.boolean(),
});
export type PanelReply = z.infer<typeof panelReply>;
