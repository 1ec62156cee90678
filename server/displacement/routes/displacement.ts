import { controlDaysReply } from "#core/displacement/wire/control-days.ts";
import {
  type BannersReply,
  bannersReply,
  type DisplacementReply,
  displacementQuery,
  displacementReply,
} from "#core/displacement/wire/displacement.ts";
import { assess } from "#server/displacement/assess.ts";
import { controlDayAnswer } from "#server/displacement/control-days.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { banners } from "#server/releases/banners.ts";

const readDisplacement = defineRoute({
  method: "GET",
  url: "/api/displacement",
  summary: "Before and after for one operation: overall, in its rings, and along each edge",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "assess displacement", purpose: "assessment" },
  query: displacementQuery,
  replySchema: displacementReply,
  handle: async (context, { query }): Promise<DisplacementReply> => {
    const { reply, zones } = await assess(context, context.actor, query);
    return { ...reply, zones };
  },
});

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

const readControlDays = defineRoute({
  method: "GET",
  url: "/api/displacement/control-days",
  summary: "What days left without a patrol by lot tell of patrols, of whole weeks that are over",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "compare control days", purpose: "assessment" },
  replySchema: controlDaysReply,
  handle: (context) => controlDayAnswer(context, context.actor),
});

export const displacementRoutes: readonly Route[] = [
  readDisplacement,
  readBanners,
  readControlDays,
];
