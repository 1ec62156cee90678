import { boundaryCalls, gazetteerCalls, layerCalls } from "#core/places/wire/imports.ts";
import { factorKinds } from "#core/places/wire/layers.ts";
import { mapCalls } from "#core/places/wire/streets.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { type FileImport, largestGeoJson, withUpload } from "#server/files/import-source.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import * as gazetteer from "#server/places/gazetteer.ts";
import * as boundaries from "#server/places/import-boundaries.ts";
import * as layers from "#server/places/import-layer.ts";
import { placesOf } from "#server/places/places.ts";
import { shownBasemapFor } from "#server/places/streets/kept-tiles.ts";

export const placesRoutes: readonly Route[] = [
  serve(mapCalls.places, {
    summary: "Boundaries, borders, roads, stations and names, with their licence lines",
    audience: "signed-in",
    audit: { none: "the map is public" },
    handle: async (act) => {
      const { reply } = await placesOf(act);
      return { ...reply, basemap: await shownBasemapFor(act) };
    },
  }),
];

function uploaded<Result>(
  act: RequestContext,
  query: { readonly fileName: string; readonly dryRun: "true" | "false" },
  work: (given: Pick<FileImport, "source" | "dryRun">) => Promise<Result>,
): Promise<Result> {
  const dryRun = query.dryRun === "true";
  return withUpload(act, query.fileName, (source) => work({ source, dryRun }));
}

const cleaned = <Row extends { readonly fileName: string }>(rows: readonly Row[]) =>
  rows.map((row) => ({ ...row, fileName: cleanFileName(row.fileName) }));

const analyst = ["analyst"] as const;
const purpose = "records";

export const boundaryRoutes: readonly Route[] = [
  serve(boundaryCalls.add, {
    summary: "Import wards, LSOAs, beats or boroughs from GeoJSON",
    audience: analyst,
    audit: { verb: "collection", act: "import boundaries", purpose },
    bodyLimit: largestGeoJson,
    handle: (act, { query }) =>
      uploaded(act, query, (given) =>
        boundaries.importBoundaries(act, { ...given, choices: query }),
      ),
  }),
  serve(boundaryCalls.list, {
    summary: "Imported boundaries",
    audience: analyst,
    audit: { none: "which public boundaries are in; no event and no person of one" },
    handle: async ({ db, actor }) => ({
      sets: cleaned(await db.transaction(actor, boundaries.listBoundarySets)),
    }),
  }),
  serve(boundaryCalls.remove, {
    summary: "Remove an imported set of boundaries",
    audience: analyst,
    audit: { verb: "erasure", act: "remove boundaries", purpose },
    handle: (act, { kind }) => boundaries.removeBoundaries(act, kind),
  }),
];

const publicPlaces = "lamps, alleys, stops and venues: no event and no person of one";

export const layerRoutes: readonly Route[] = [
  serve(layerCalls.add, {
    summary: "Import lighting, alleys, stops or late venues from GeoJSON",
    audience: analyst,
    audit: { verb: "collection", act: "import a layer", purpose },
    bodyLimit: largestGeoJson,
    handle: (act, { query }) =>
      uploaded(act, query, (given) => layers.importLayer(act, { ...query, ...given })),
  }),
  serve(layerCalls.list, {
    summary: "Imported layers of place factors",
    audience: analyst,
    audit: { none: publicPlaces },
    handle: async ({ db, actor }) => ({
      layers: cleaned(await db.transaction(actor, layers.listLayers)),
    }),
  }),
  serve(layerCalls.features, {
    summary: "Every place of the imported layers, by kind, with the licence lines to show",
    audience: ["sergeant", "analyst"],
    audit: { none: publicPlaces },
    handle: ({ db, actor }) =>
      db.transaction(actor, async (tx) => {
        const sets = await layers.listLayers(tx);
        const factors = await layers.loadFactors(tx);
        return {
          kinds: factorKinds.flatMap((kind) => {
            const own = factors.filter((factor) => factor.kind === kind);
            const plain = own.map(({ kind: _, ...factor }) => factor);
            return plain.length === 0 ? [] : [{ kind, factors: plain }];
          }),
          licences: sets.flatMap(({ kind, licence: line }) =>
            line === "" ? [] : [{ kind, line }],
          ),
        };
      }),
  }),
  serve(layerCalls.remove, {
    summary: "Remove an imported layer",
    audience: analyst,
    audit: { verb: "erasure", act: "remove a layer", purpose },
    handle: (act, { id }) => layers.removeLayer(act, id),
  }),
];

const publicNames = "names of streets and postcodes are public";

export const gazetteerRoutes: readonly Route[] = [
  serve(gazetteerCalls.names, {
    summary: "All imported street and postcode names with cells, to locate rows in the browser",
    audience: analyst,
    audit: { none: publicNames },
    handle: async ({ db, actor }) => ({
      names: await db.transaction(actor, gazetteer.loadMatchedNames),
    }),
  }),
  serve(gazetteerCalls.postcodes, {
    summary: "All imported postcodes with cells, to find a place by on the partner's own device",
    audience: ["partner"],
    audit: { none: publicNames },
    handle: async ({ db, actor }) => {
      const rows = await db.transaction(actor, gazetteer.loadPostcodes);
      return { names: rows.map(({ name }) => name), cells: rows.map(({ cell }) => cell) };
    },
  }),
  serve(gazetteerCalls.list, {
    summary: "Imported gazetteers, newest first",
    audience: analyst,
    audit: { none: publicNames },
    handle: async ({ db, actor }) => ({
      gazetteers: cleaned(await db.transaction(actor, gazetteer.listGazetteers)),
    }),
  }),
  serve(gazetteerCalls.add, {
    summary: "Save the names of a gazetteer file read in the browser",
    audience: analyst,
    audit: { verb: "collection", act: "import a gazetteer", purpose },
    bodyLimit: 64 * 1024 ** 2,
    handle: (act, { body }) => gazetteer.storeGazetteer(act, body),
  }),
  serve(gazetteerCalls.remove, {
    summary: "Remove a gazetteer with its names",
    audience: analyst,
    audit: { verb: "erasure", act: "remove a gazetteer", purpose },
    handle: (act, { id }) => gazetteer.removeGazetteer(act, id),
  }),
];
