import { z } from "zod";

export const panelArea = z.strictObject({
  id: z.string(),
  /** `rest`: what a set of wards leaves of its borough. */
  kind: z.enum(["command", "borough", "ward", "neighbourhood", "rest"]),
  name: z.string(),
  /** Id of the area around it; figures of parts add up to it, before they are rounded. */
  parent: z.string().nullable(),
});
export type PanelArea = z.infer<typeof panelArea>;

export const panelOutline = z.strictObject({
  area: z.string(),
  polygons: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
});
export type PanelOutline = z.infer<typeof panelOutline>;

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
