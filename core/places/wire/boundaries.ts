import { z } from "zod";

export const boundaryKinds = ["ward", "lsoa", "beat", "borough"] as const;
export type BoundaryKind = (typeof boundaryKinds)[number];

/** A shape that was not valid as given, and what PostGIS made of it. */
const repairedArea = z.strictObject({
  name: z.string(),
  /** PostGIS's own word for it, such as "Self-intersection". */
  fault: z.string(),
  /** Longitude and latitude of the fault. */
  at: z.string().nullable(),
  /** Square metres as drawn and as kept. */
  before: z.number(),
  after: z.number(),
});
export type RepairedArea = z.infer<typeof repairedArea>;

/** What the command prints and the page shows, of a dry run as well. */
export const boundaryResult = z.strictObject({
  kind: z.enum(boundaryKinds),
  dryRun: z.boolean(),
  fileName: z.string(),
  features: z.int(),
  kept: z.int(),
  /** Areas that lie mostly outside the command, or boroughs that it does not know. */
  outside: z.int(),
  codeProperty: z.string(),
  nameProperty: z.string(),
  repaired: z.array(repairedArea),
  /** Pairs of areas that share ground, largest first; `overlapCount` is the whole number. */
  overlaps: z.array(
    z.strictObject({ first: z.string(), second: z.string(), squareMetres: z.number() }),
  ),
  overlapCount: z.int(),
  /** Areas with a hole in them, or with a part too thin or too small to be meant. */
  holes: z.array(z.string()),
  slivers: z.array(z.string()),
  /** Square metres of the command in none of the areas. */
  uncovered: z.number(),
  /** Areas that hold the centre of no cell: kept, but nothing can be counted in them. */
  tooSmall: z.array(z.string()),
  /** Events that carried a ward that went or has another line: they count by their cell now. */
  eventsByCell: z.int(),
  notes: z.array(z.string()),
});
export type BoundaryResult = z.infer<typeof boundaryResult>;

export const boundarySet = z.strictObject({
  kind: z.enum(boundaryKinds),
  person: z.string(),
  importedAt: z.iso.datetime({ offset: true }),
  fileName: z.string(),
  areas: z.int(),
  outside: z.int(),
  repaired: z.int(),
});
export type BoundarySet = z.infer<typeof boundarySet>;

/** GET /api/boundaries */
export const boundariesReply = z.strictObject({ sets: z.array(boundarySet) });

/** DELETE /api/boundaries/:kind */
export const boundaryParams = z.strictObject({ kind: z.enum(boundaryKinds) });
export const boundaryRemoval = z.strictObject({
  kind: z.enum(boundaryKinds),
  areas: z.int(),
  eventsByCell: z.int(),
});
export type BoundaryRemoval = z.infer<typeof boundaryRemoval>;
