import { z } from "zod";
import * as wire from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { largestGeoJson, withUpload } from "#server/files/import-source.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { importLayer, removeLayer } from "#server/places/import-layer.ts";
import { listLayers, loadFactors } from "#server/places/queries/layers.ts";

/** POST /api/layers?... with the file's octets as body (`application/octet-stream`). */
const layerQuery = z.strictObject({
  kind: z.enum(wire.factorKinds),
  fileName: z.string().trim().min(1).max(200).transform(cleanFileName),
  /** The property that names a place; `none` for no names, found unless said. */
  label: z.string().trim().min(1).max(100).optional(),
  /** The line that the source asks for. */
  licence: z.string().trim().max(wire.longestLicence).default(""),
  dryRun: z.enum(["true", "false"]).default("false"),
});

const publicPlaces = "lamps, alleys, stops and venues: no event and no person of one";

const importOne = defineRoute("POST /api/layers", {
  summary: "Import lighting, alleys, stops or late venues from GeoJSON",
  audience: ["analyst"],
  audit: { verb: "collection", act: "import a layer", purpose: "records" },
  query: layerQuery,
  bodyLimit: largestGeoJson,
  replySchema: wire.layerResult,
  handle: (context, { query }) =>
    withUpload(context, query.fileName, (source) =>
      importLayer(context, {
        actor: context.actor,
        source,
        kind: query.kind,
        label: query.label,
        licence: query.licence,
        dryRun: query.dryRun === "true",
        signal: context.signal,
      }),
    ),
});

const listAll = defineRoute("GET /api/layers", {
  summary: "Imported layers of place factors",
  audience: ["analyst"],
  audit: { none: publicPlaces },
  replySchema: wire.layersReply,
  handle: async ({ db, actor, zone }) => {
    const layers = await db.transaction(actor, listLayers);
    return {
      layers: layers.map((layer) => ({
        ...layer,
        fileName: cleanFileName(layer.fileName),
        importedAt: formatInstant(zone, layer.importedAt),
      })),
    };
  },
});

const readFeatures = defineRoute("GET /api/layers/features", {
  summary: "Every place of the imported layers, by kind, with the licence lines to show",
  audience: ["sergeant", "analyst"],
  audit: { none: publicPlaces },
  replySchema: wire.layerFeaturesReply,
  handle: async ({ db, actor }): Promise<wire.LayerFeaturesReply> =>
    db.transaction(actor, async (tx) => {
      const layers = await listLayers(tx);
      const factors = await loadFactors(tx);
      return {
        kinds: wire.factorKinds.flatMap((kind) => {
          const own = factors.filter((factor) => factor.kind === kind);
          const plain = own.map(({ shape, label, line }) => ({ shape, label, line }));
          return plain.length === 0 ? [] : [{ kind, factors: plain }];
        }),
        licences: layers.flatMap(({ kind, licence }) =>
          licence === "" ? [] : [{ kind, line: licence }],
        ),
      };
    }),
});

const removeOne = defineRoute("DELETE /api/layers/:id", {
  summary: "Remove an imported layer",
  audience: ["analyst"],
  audit: { verb: "erasure", act: "remove a layer", purpose: "records" },
  params: wire.layerParams,
  replySchema: wire.layerRemoval,
  handle: (context, { params }) => removeLayer(context, context.actor, params.id),
});

export const layerRoutes: readonly Route[] = [importOne, listAll, readFeatures, removeOne];
