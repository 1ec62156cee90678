import { z } from "zod";

/** One of the fixed areas that public figures are about. */
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
