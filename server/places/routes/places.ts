import * as wire from "#core/places/wire/boundaries.ts";
import { type PlacesReply, placesReply } from "#core/places/wire/places.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { largestGeoJson, withUpload } from "#server/files/import-source.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { importBoundaries } from "#server/places/import-boundaries.ts";
import { placesOf } from "#server/places/places.ts";
import { listBoundarySets } from "#server/places/queries/boundaries.ts";
import { removeBoundaries } from "#server/places/remove-boundaries.ts";
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

const importSet = defineRoute("POST /api/boundaries", {
  summary: "Import wards, LSOAs, beats or boroughs from GeoJSON",
  audience: ["analyst"],
  audit: { verb: "collection", act: "import boundaries", purpose: "records" },
  query: wire.boundaryQuery,
  bodyLimit: largestGeoJson,
  replySchema: wire.boundaryResult,
  handle: (context, { query }) =>
    withUpload(context, query.fileName, (source) =>
      importBoundaries(context, {
        actor: context.actor,
        source,
        choices: { kind: query.kind, code: query.code, name: query.name },
        dryRun: query.dryRun === "true",
        signal: context.signal,
      }),
    ),
});

const listSets = defineRoute("GET /api/boundaries", {
  summary: "Imported boundaries",
  audience: ["analyst"],
  audit: { none: "which public boundaries are in; no event and no person of one" },
  replySchema: wire.boundariesReply,
  handle: async ({ db, actor, zone }) => {
    const sets = await db.transaction(actor, listBoundarySets);
    return {
      sets: sets.map((set) => ({
        ...set,
        fileName: cleanFileName(set.fileName),
        importedAt: formatInstant(zone, set.importedAt),
      })),
    };
  },
});

const removeSet = defineRoute("DELETE /api/boundaries/:kind", {
  summary: "Remove an imported set of boundaries",
  audience: ["analyst"],
  audit: { verb: "erasure", act: "remove boundaries", purpose: "records" },
  params: wire.boundaryParams,
  replySchema: wire.boundaryRemoval,
  handle: (context, { params }) => removeBoundaries(context, context.actor, params.kind),
});

export const boundaryRoutes: readonly Route[] = [importSet, listSets, removeSet];
