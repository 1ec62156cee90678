import { type BannersReply, bannersReply } from "#core/displacement/wire/displacement.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { banners } from "#server/releases/banners.ts";

const readBanners = defineRoute({
  method: "GET",
  url: "/api/displacement/banners",
  summary:
    "Operations whose core fell while an edge rose, in the months that may be public; no figures",
  audience: ["sergeant", "analyst", "presenter"],
  audit: {
    verb: "disclosure",
    act: "read the notes on displacement",
    purpose: "public_information",
  },
  replySchema: bannersReply,
  handle: async (context): Promise<BannersReply> => ({ banners: await banners(context) }),
});

export const bannerRoutes: readonly Route[] = [readBanners];
