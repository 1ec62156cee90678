import { z } from "zod";

/** Place factors: what of a place may draw or shelter what is reported there. */
export const factorKinds = ["lighting", "alley", "stop", "late_venue"] as const;
export type FactorKind = (typeof factorKinds)[number];

export const longestLabel = 60;
export const longestLicence = 200;

export const layerResult = z.strictObject({
  /** Null for a dry run. */
  layer: z.int().nullable(),
  kind: z.enum(factorKinds),
  dryRun: z.boolean(),
  fileName: z.string(),
  features: z.int(),
  kept: z.int(),
  /** Further than 500 m from the command. */
  outside: z.int(),
  /** Polygons whose lines crossed, put right. */
  repaired: z.int(),
  labelProperty: z.string().nullable(),
  labelled: z.int(),
  /** Names left out, because they could speak of a person or are prose. */
  labelsLeftOut: z.int(),
  notes: z.array(z.string()),
});
export type LayerResult = z.infer<typeof layerResult>;

export const placeLayer = z.strictObject({
  id: z.int(),
  kind: z.enum(factorKinds),
  person: z.string(),
  importedAt: z.iso.datetime({ offset: true }),
  fileName: z.string(),
  licence: z.string(),
  features: z.int(),
  outside: z.int(),
});
export type PlaceLayer = z.infer<typeof placeLayer>;

/** GET /api/layers */
export const layersReply = z.strictObject({ layers: z.array(placeLayer) });

/** DELETE /api/layers/:id */
export const layerParams = z.strictObject({ id: z.coerce.number().int().positive() });
export const layerRemoval = z.strictObject({
  layer: z.int(),
  kind: z.enum(factorKinds),
  features: z.int(),
});
export type LayerRemoval = z.infer<typeof layerRemoval>;

const position = z.tuple([z.number(), z.number()]);

/** A point, a line or the outer ring of a ground; `label` names the place. */
const factor = z.strictObject({
  shape: z.enum(["point", "line", "ground"]),
  label: z.string().nullable(),
  line: z.array(position).min(1),
});

/** GET /api/layers/features: all places of each kind that is there, and whose they are. */
export const layerFeaturesReply = z.strictObject({
  kinds: z.array(z.strictObject({ kind: z.enum(factorKinds), factors: z.array(factor) })),
  licences: z.array(z.strictObject({ kind: z.enum(factorKinds), line: z.string() })),
});
export type LayerFeaturesReply = z.infer<typeof layerFeaturesReply>;
export type PlaceFactor = z.infer<typeof factor>;
