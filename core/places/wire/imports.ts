import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import * as gazetteer from "#core/places/wire/gazetteer.ts";
import { factorKinds, layerFeaturesReply, longestLicence } from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export const boundaryKinds = ["ward", "lsoa", "beat", "borough"] as const;
export type BoundaryKind = (typeof boundaryKinds)[number];

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

export const areaOverlap = z.strictObject({
  first: z.string(),
  second: z.string(),
  squareMetres: z.number(),
});

export const boundaryResult = z.strictObject({
  kind: z.enum(boundaryKinds),
  dryRun: z.boolean(),
  fileName: z.string(),
  features: z.int(),
  kept: z.int(),
  /** Areas mostly outside the command, or in an unknown borough. */
  outside: z.int(),
  codeProperty: z.string(),
  nameProperty: z.string(),
  repaired: z.array(repairedArea),
  /** Overlapping pairs, largest first; `overlapCount` is the full number. */
  overlaps: z.array(areaOverlap),
  overlapCount: z.int(),
  /** Square metres of the command in none of the areas. */
  uncovered: z.number(),
  /** Events whose ward is gone or redrawn: now counted by cell. */
  eventsByCell: z.int(),
  notes: z.array(z.string()),
});
export type BoundaryResult = z.infer<typeof boundaryResult>;

export const boundarySet = z.strictObject({
  kind: z.enum(boundaryKinds),
  person: z.string(),
  importedAt: instant,
  fileName: z.string(),
  areas: z.int(),
  outside: z.int(),
  repaired: z.int(),
});

export const boundaryRemoval = z.strictObject({
  kind: z.enum(boundaryKinds),
  areas: z.int(),
  eventsByCell: z.int(),
});

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
  /** Self-crossing polygons, repaired. */
  repaired: z.int(),
  labelProperty: z.string().nullable(),
  labelled: z.int(),
  /** Names dropped because they might mention a person or are prose. */
  labelsLeftOut: z.int(),
  notes: z.array(z.string()),
});
export type LayerResult = z.infer<typeof layerResult>;

export const placeLayer = z.strictObject({
  id: z.int(),
  kind: z.enum(factorKinds),
  person: z.string(),
  importedAt: instant,
  fileName: z.string(),
  licence: z.string(),
  features: z.int(),
  outside: z.int(),
});

export const layerRemoval = z.strictObject({
  layer: z.int(),
  kind: z.enum(factorKinds),
  features: z.int(),
});

/** Query of an upload; its body is the file (`application/octet-stream`). */
const fileName = z.string().trim().min(1).max(200).transform(cleanFileName);
const dryRun = z.enum(["true", "false"]).default("false");
const property = z.string().trim().min(1).max(100);

export const boundaryCalls = {
  list: call("GET /api/boundaries", { reply: z.strictObject({ sets: z.array(boundarySet) }) }),
  add: call("POST /api/boundaries", {
    query: z.strictObject({
      kind: z.enum(boundaryKinds),
      fileName,
      /** Properties with the code and the name; found by default. */
      code: property.optional(),
      name: property.optional(),
      dryRun,
    }),
    reply: boundaryResult,
  }),
  remove: call("DELETE /api/boundaries/:kind", {
    params: { kind: z.enum(boundaryKinds) },
    reply: boundaryRemoval,
  }),
};

export const layerCalls = {
  list: call("GET /api/layers", { reply: z.strictObject({ layers: z.array(placeLayer) }) }),
  features: call("GET /api/layers/features", { reply: layerFeaturesReply }),
  add: call("POST /api/layers", {
    query: z.strictObject({
      kind: z.enum(factorKinds),
      fileName,
      /** The property that names a place; `none` for no names, found unless said. */
      label: property.optional(),
      licence: z.string().trim().max(longestLicence).default(""),
      dryRun,
    }),
    reply: layerResult,
  }),
  remove: call("DELETE /api/layers/:id", { reply: layerRemoval }),
};

export const gazetteerCalls = {
  list: call("GET /api/gazetteers", {
    reply: z.strictObject({ gazetteers: z.array(gazetteer.gazetteerImport) }),
  }),
  add: call("POST /api/gazetteers", {
    body: gazetteer.newGazetteer,
    reply: gazetteer.gazetteerResult,
  }),
  remove: call("DELETE /api/gazetteers/:id", {
    reply: z.strictObject({ gazetteer: z.int(), removed: z.int() }),
  }),
  names: call("GET /api/gazetteer", { reply: gazetteer.gazetteerReply }),
  postcodes: call("GET /api/postcodes", { reply: gazetteer.postcodesReply }),
};
