import { z } from "zod";

/** Features that may draw or shelter what is reported. */
export const factorKinds = ["lighting", "alley", "stop", "late_venue"] as const;
export type FactorKind = (typeof factorKinds)[number];

export const longestLabel = 60;
export const longestLicence = 200;

/** A point, a line or the outer ring of a ground; `label` names the place. */
export const placeFactor = z.strictObject({
  shape: z.enum(["point", "line", "ground"]),
  label: z.string().nullable(),
  line: z.array(z.tuple([z.number(), z.number()])).min(1),
});
export type PlaceFactor = z.infer<typeof placeFactor>;

/** GET /api/layers/features: all places of each loaded kind, with attribution. */
export const layerFeaturesReply = z.strictObject({
  kinds: z.array(z.strictObject({ kind: z.enum(factorKinds), factors: z.array(placeFactor) })),
  licences: z.array(z.strictObject({ kind: z.enum(factorKinds), line: z.string() })),
});
export type LayerFeaturesReply = z.infer<typeof layerFeaturesReply>;
