import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { mapCalls } from "#core/places/wire/streets.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { largestZoomFor, readTile } from "#server/places/streets/kept-tiles.ts";
import { Problem } from "#server/problem.ts";

export const tileRoutes: readonly Route[] = [
  serve(mapCalls.tile, {
    summary: "A vector tile of the streets; 204 where there is none",
    audience: "signed-in",
    askedInCrowds: true,
    audit: { none: "a public map: no event and no person" },
    handle: (act, asked) => {
      if (asked.z > largestZoomFor(act.actor)) throw noTiles("Your page shows larger tiles.");
      return sendTile(act, asked);
    },
  }),
];

/** As it lies in the archive, packed with gzip; unpacked for the few who do not take that. */
async function sendTile(
  { config, request, reply }: RequestContext,
  { z, x, y, query }: Tile & { readonly query: { readonly v?: string | undefined } },
): Promise<unknown> {
  if (x >= 2 ** z || y >= 2 ** z) throw noTiles(`Zoom ${z} has no tile ${x}/${y}.`);
  const found = await readTile(config, { z, x, y });
  if (found === null) throw noTiles("This server has no streets to show.");
  const tag = `"${found.version}-${z}-${x}-${y}"`;
  reply.header("etag", tag);
  reply.header("vary", "accept-encoding");
  // The address contains the archive's version, so its content never changes.
  reply.header(
    "cache-control",
    query.v === found.version ? "private, max-age=31536000, immutable" : "private, no-cache",
  );
  const { packed } = found;
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  if (packed === null) return reply.code(204).send();
  reply.type("application/vnd.mapbox-vector-tile");
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    return reply.send(await promisify(gunzip)(packed));
  }
  return reply.header("content-encoding", "gzip").send(packed);
}

function noTiles(detail: string): Problem {
  return new Problem(404, "No such tile", detail);
}
