import {
  gazetteerParams,
  gazetteerRemoved,
  gazetteerReply,
  gazetteerResult,
  gazetteersReply,
  newGazetteer,
  packNames,
  unpackNew,
} from "#core/places/wire/gazetteer.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatInstant } from "#core/time/zone.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { removeGazetteer, storeGazetteer } from "#server/places/gazetteer.ts";
import { listGazetteers, loadMatchedNames } from "#server/places/queries/gazetteer.ts";

const largestGazetteer = 64 * 1024 ** 2;

export const gazetteerRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/gazetteer",
    summary: "All imported street and postcode names with cells, to locate rows in the browser",
    audience: ["analyst"],
    audit: { none: "names of streets and postcodes are public" },
    replySchema: gazetteerReply,
    handle: async ({ db, actor }) => {
      const names = await db.transaction(actor, loadMatchedNames);
      return { names: { ...packNames(names), cells: names.map(({ cell }) => cell) } };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/gazetteers",
    summary: "Imported gazetteers, newest first",
    audience: ["analyst"],
    audit: { none: "names of streets and postcodes are public" },
    replySchema: gazetteersReply,
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
  defineRoute({
    method: "POST",
    url: "/api/gazetteers",
    summary: "Save the names of a gazetteer file read in the browser",
    audience: ["analyst"],
    audit: { verb: "collection", act: "import a gazetteer", purpose: "records" },
    body: newGazetteer,
    bodyLimit: largestGazetteer,
    replySchema: gazetteerResult,
    handle: (context, { body }) =>
      storeGazetteer(context, context.actor, { ...body, names: unpackNew(body) }),
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/gazetteers/:id",
    summary: "Remove a gazetteer with its names",
    audience: ["analyst"],
    audit: { verb: "erasure", act: "remove a gazetteer", purpose: "records" },
    params: gazetteerParams,
    replySchema: gazetteerRemoved,
    handle: (context, { params }) => removeGazetteer(context, context.actor, params.id),
  }),
];
