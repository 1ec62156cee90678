import * as wire from "#core/places/wire/gazetteer.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { removeGazetteer, storeGazetteer } from "#server/places/gazetteer.ts";
import {
  listGazetteers,
  loadMatchedNames,
  loadPostcodes,
} from "#server/places/queries/gazetteer.ts";

const largestGazetteer = 64 * 1024 ** 2;

export const gazetteerRoutes: readonly Route[] = [
  defineRoute("GET /api/gazetteer", {
    summary: "All imported street and postcode names with cells, to locate rows in the browser",
    audience: ["analyst"],
    audit: { none: "names of streets and postcodes are public" },
    replySchema: wire.gazetteerReply,
    handle: async ({ db, actor }) => {
      const names = await db.transaction(actor, loadMatchedNames);
      return { names: { ...wire.packNames(names), cells: names.map(({ cell }) => cell) } };
    },
  }),
  defineRoute("GET /api/postcodes", {
    summary: "All imported postcodes with cells, to find a place by on the partner's own device",
    audience: ["partner"],
    audit: { none: "names of streets and postcodes are public" },
    replySchema: wire.postcodesReply,
    handle: async ({ db, actor }) => {
      const rows = await db.transaction(actor, loadPostcodes);
      return { names: rows.map(({ name }) => name), cells: rows.map(({ cell }) => cell) };
    },
  }),
  defineRoute("GET /api/gazetteers", {
    summary: "Imported gazetteers, newest first",
    audience: ["analyst"],
    audit: { none: "names of streets and postcodes are public" },
    replySchema: wire.gazetteersReply,
    handle: async ({ db, actor, zone }) => {
      const rows = await db.transaction(actor, listGazetteers);
      return {
        gazetteers: rows.map((row) => ({
          ...row,
          fileName: cleanFileName(row.fileName),
          importedAt: formatInstant(zone, row.importedAt),
        })),
      };
    },
  }),
  defineRoute("POST /api/gazetteers", {
    summary: "Save the names of a gazetteer file read in the browser",
    audience: ["analyst"],
    audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
    body: wire.newGazetteer,
    bodyLimit: largestGazetteer,
    replySchema: wire.gazetteerResult,
    handle: (context, { body }) =>
      storeGazetteer(context, context.actor, { ...body, names: wire.unpackNew(body) }),
  }),
  defineRoute("DELETE /api/gazetteers/:id", {
    summary: "Remove a gazetteer with its names",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove a gazetteer", purpose: "records" },
    params: wire.gazetteerParams,
    replySchema: wire.gazetteerRemoved,
    handle: (context, { params }) => removeGazetteer(context, context.actor, params.id),
  }),
];
