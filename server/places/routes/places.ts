import { z } from "zod";
import * as boundaries from "#core/places/wire/boundaries.ts";
import * as gazetteers from "#core/places/wire/gazetteer.ts";
import * as layers from "#core/places/wire/layers.ts";
import { type PlacesReply, placesReply } from "#core/places/wire/places.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { type FileImport, largestGeoJson, withUpload } from "#server/files/import-source.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { removeGazetteer, storeGazetteer } from "#server/places/gazetteer.ts";
import { importBoundaries, removeBoundaries } from "#server/places/import-boundaries.ts";
import { importLayer, removeLayer } from "#server/places/import-layer.ts";
import { placesOf } from "#server/places/places.ts";
import { listBoundarySets } from "#server/places/queries/boundaries.ts";
import {
  listGazetteers,
  loadMatchedNames,
  loadPostcodes,
} from "#server/places/queries/gazetteer.ts";
import { listLayers, loadFactors } from "#server/places/queries/layers.ts";
import { shownBasemapFor } from "#server/places/streets/kept-tiles.ts";

export const placesRoutes: readonly Route[] = [
  defineRoute("GET /api/places", {
    summary: "Boundaries, borders, roads, stations and names, with their licence lines",
    audience: "signed-in",
    audit: { none: "the map is public" },
    replySchema: placesReply,
    handle: async (context): Promise<PlacesReply> => {
      const { reply } = await placesOf(context);
      return { ...reply, basemap: await shownBasemapFor(context) };
    },
  }),
];

/** What the address of an upload says; the file's octets are the body (`application/octet-stream`). */
const fileName = z.string().trim().min(1).max(200).transform(cleanFileName);
const dryRun = z.enum(["true", "false"]).default("false");
const property = z.string().trim().min(1).max(100);

function uploaded<Result>(
  context: RequestContext,
  query: { readonly fileName: string; readonly dryRun: "true" | "false" },
  work: (given: FileImport) => Promise<Result>,
): Promise<Result> {
  const { actor, signal } = context;
  return withUpload(context, query.fileName, (source) =>
    work({ actor, source, dryRun: query.dryRun === "true", signal }),
  );
}

/** Imports as a list tells them. */
function listed<Row extends { readonly fileName: string; readonly importedAt: number }>(
  zone: Zone,
  rows: readonly Row[],
) {
  return rows.map((row) => ({
    ...row,
    fileName: cleanFileName(row.fileName),
    importedAt: formatInstant(zone, row.importedAt),
  }));
}

export const boundaryRoutes: readonly Route[] = [
  defineRoute("POST /api/boundaries", {
    summary: "Import wards, LSOAs, beats or boroughs from GeoJSON",
    audience: ["analyst"],
    audit: { verb: "collection", act: "import boundaries", purpose: "records" },
    query: z.strictObject({
      kind: z.enum(boundaries.boundaryKinds),
      fileName,
      /** The property that holds the code, and the one that holds the name; found unless said. */
      code: property.optional(),
      name: property.optional(),
      dryRun,
    }),
    bodyLimit: largestGeoJson,
    replySchema: boundaries.boundaryResult,
    handle: (context, { query }) =>
      uploaded(context, query, (given) => importBoundaries(context, { ...given, choices: query })),
  }),
  defineRoute("GET /api/boundaries", {
    summary: "Imported boundaries",
    audience: ["analyst"],
    audit: { none: "which public boundaries are in; no event and no person of one" },
    replySchema: boundaries.boundariesReply,
    handle: async ({ db, actor, zone }) => ({
      sets: listed(zone, await db.transaction(actor, listBoundarySets)),
    }),
  }),
  defineRoute("DELETE /api/boundaries/:kind", {
    summary: "Remove an imported set of boundaries",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove boundaries", purpose: "records" },
    params: boundaries.boundaryParams,
    replySchema: boundaries.boundaryRemoval,
    handle: (context, { params }) => removeBoundaries(context, context.actor, params.kind),
  }),
];

const publicPlaces = "lamps, alleys, stops and venues: no event and no person of one";

export const layerRoutes: readonly Route[] = [
  defineRoute("POST /api/layers", {
    summary: "Import lighting, alleys, stops or late venues from GeoJSON",
    audience: ["analyst"],
    audit: { verb: "collection", act: "import a layer", purpose: "records" },
    query: z.strictObject({
      kind: z.enum(layers.factorKinds),
      fileName,
      /** The property that names a place; `none` for no names, found unless said. */
      label: property.optional(),
      /** The line that the source asks for. */
      licence: z.string().trim().max(layers.longestLicence).default(""),
      dryRun,
    }),
    bodyLimit: largestGeoJson,
    replySchema: layers.layerResult,
    handle: (context, { query }) =>
      uploaded(context, query, (given) => importLayer(context, { ...query, ...given })),
  }),
  defineRoute("GET /api/layers", {
    summary: "Imported layers of place factors",
    audience: ["analyst"],
    audit: { none: publicPlaces },
    replySchema: layers.layersReply,
    handle: async ({ db, actor, zone }) => ({
      layers: listed(zone, await db.transaction(actor, listLayers)),
    }),
  }),
  defineRoute("GET /api/layers/features", {
    summary: "Every place of the imported layers, by kind, with the licence lines to show",
    audience: ["sergeant", "analyst"],
    audit: { none: publicPlaces },
    replySchema: layers.layerFeaturesReply,
    handle: ({ db, actor }): Promise<layers.LayerFeaturesReply> =>
      db.transaction(actor, async (tx) => {
        const sets = await listLayers(tx);
        const factors = await loadFactors(tx);
        return {
          kinds: layers.factorKinds.flatMap((kind) => {
            const own = factors.filter((factor) => factor.kind === kind);
            const plain = own.map(({ shape, label, line }) => ({ shape, label, line }));
            return plain.length === 0 ? [] : [{ kind, factors: plain }];
          }),
          licences: sets.flatMap(({ kind, licence }) =>
            licence === "" ? [] : [{ kind, line: licence }],
          ),
        };
      }),
  }),
  defineRoute("DELETE /api/layers/:id", {
    summary: "Remove an imported layer",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove a layer", purpose: "records" },
    params: layers.layerParams,
    replySchema: layers.layerRemoval,
    handle: (context, { params }) => removeLayer(context, context.actor, params.id),
  }),
];

const publicNames = "names of streets and postcodes are public";

export const gazetteerRoutes: readonly Route[] = [
  defineRoute("GET /api/gazetteer", {
    summary: "All imported street and postcode names with cells, to locate rows in the browser",
    audience: ["analyst"],
    audit: { none: publicNames },
    replySchema: gazetteers.gazetteerReply,
    handle: async ({ db, actor }) => {
      const names = await db.transaction(actor, loadMatchedNames);
      return { names: { ...gazetteers.packNames(names), cells: names.map(({ cell }) => cell) } };
    },
  }),
  defineRoute("GET /api/postcodes", {
    summary: "All imported postcodes with cells, to find a place by on the partner's own device",
    audience: ["partner"],
    audit: { none: publicNames },
    replySchema: gazetteers.postcodesReply,
    handle: async ({ db, actor }) => {
      const rows = await db.transaction(actor, loadPostcodes);
      return { names: rows.map(({ name }) => name), cells: rows.map(({ cell }) => cell) };
    },
  }),
  defineRoute("GET /api/gazetteers", {
    summary: "Imported gazetteers, newest first",
    audience: ["analyst"],
    audit: { none: publicNames },
    replySchema: gazetteers.gazetteersReply,
    handle: async ({ db, actor, zone }) => ({
      gazetteers: listed(zone, await db.transaction(actor, listGazetteers)),
    }),
  }),
  defineRoute("POST /api/gazetteers", {
    summary: "Save the names of a gazetteer file read in the browser",
    audience: ["analyst"],
    audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
    body: gazetteers.newGazetteer,
    bodyLimit: 64 * 1024 ** 2,
    replySchema: gazetteers.gazetteerResult,
    handle: (context, { body }) =>
      storeGazetteer(context, context.actor, { ...body, names: gazetteers.unpackNew(body) }),
  }),
  defineRoute("DELETE /api/gazetteers/:id", {
    summary: "Remove a gazetteer with its names",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove a gazetteer", purpose: "records" },
    params: gazetteers.gazetteerParams,
    replySchema: gazetteers.gazetteerRemoved,
    handle: (context, { params }) => removeGazetteer(context, context.actor, params.id),
  }),
];
