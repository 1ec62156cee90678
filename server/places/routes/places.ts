import { type PlacesReply, placesReply } from "#core/places/wire/places.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { shownBasemapOf } from "#server/places/basemap/kept.ts";
import { placesOf } from "#server/places/places.ts";

export const placesRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/places",
    summary: "Boundaries, borders, roads, stations and names, with their licence lines",
    audience: "signed-in",
    audit: { none: "the map is public" },
    replySchema: placesReply,
    handle: async (context): Promise<PlacesReply> => {
      const { reply } = await placesOf(context);
      return { ...reply, basemap: await shownBasemapOf(context) };
    },
  }),
];
