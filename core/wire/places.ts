import { z } from "zod";

const position = z.tuple([z.number(), z.number()]);
const line = z.array(position);
const polygons = z.array(z.array(z.array(position)));

export const namedPoint = z.strictObject({ name: z.string(), at: position });

/** Everything that names a cell: pure data, shared by server and screen. */
export const gazetteer = z.strictObject({
  roads: z.array(z.strictObject({ name: z.string(), line })),
  /** Places on a road, such as side-street corners: "Fore Street by Brettenham Road". */
  corners: z.array(z.strictObject({ road: z.string(), name: z.string(), at: position })),
  /** At most one street a cell, by a point about its middle. */
  streets: z.array(namedPoint),
  stations: z.array(namedPoint),
  /** Neighbourhood names, such as "Edmonton Green". */
  neighbourhoods: z.array(namedPoint),
});
export type Gazetteer = z.infer<typeof gazetteer>;

export const area = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(["borough", "neighbour", "ward", "neighbourhood"]),
  /** True for the boroughs that make up the command. */
  inCommand: z.boolean(),
  polygons,
});
export type Area = z.infer<typeof area>;

/** One named border between the command and a neighbour, or inside the command. */
export const edgeLine = z.strictObject({ neighbour: z.string(), lines: z.array(line) });

/** GET /api/places */
export const placesReply = z.strictObject({
  areas: z.array(area),
  edges: z.array(edgeLine),
  gazetteer,
  /** Licence lines to show on every map. */
  attributions: z.array(z.string()),
});
export type PlacesReply = z.infer<typeof placesReply>;
