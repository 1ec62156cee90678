import { fetchJson } from "#client/api/fetch.ts";
import { createResource } from "#client/api/resource.ts";
import { placesReply } from "#core/wire/places.ts";

/** Boundaries, roads, stations and names: loaded once, for the map and for naming cells. */
export const places = createResource((signal) => fetchJson("/api/places", placesReply, { signal }));
