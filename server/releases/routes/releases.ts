import { type BannersReply, bannersReply } from "#core/displacement/wire/displacement.ts";
import {
  approveBody,
  draftBody,
  draftContentReply,
  draftParams,
  objectBody,
  previewReply,
  releaseCheckReply,
  releaseMonthsQuery,
  releaseParams,
  releasesReply,
  withdrawBody,
} from "#core/releases/wire/releases.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { approveRelease } from "#server/releases/approve.ts";
import { banners } from "#server/releases/banners.ts";
import { checkReleases } from "#server/releases/check.ts";
import { draftRelease, previewRelease } from "#server/releases/draft.ts";
import { draftFor, releasesFor } from "#server/releases/list.ts";
import { objectToDraft, takeObjectionBack } from "#server/releases/objections.ts";
import { discardWaitingDraft, withdrawRelease } from "#server/releases/withdraw.ts";

const purpose = "public_information";

const list = defineRoute({
  method: "GET",
  url: "/api/releases",
  summary: "Releases, and the drafts that wait for approval",
  audience: ["analyst", "partner", "coordinator", "auditor"],
  audit: { verb: "consultation", act: "read the releases", purpose },
  replySchema: releasesReply,
  handle: (context) => releasesFor(context, context.actor),
});

const preview = defineRoute({
  method: "GET",
  url: "/api/releases/preview",
  summary: "Preview a release of these months, or why it is not possible; nothing is saved",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "look at a release before drafting it", purpose },
  query: releaseMonthsQuery,
  replySchema: previewReply,
  handle: (context, { query }) => previewRelease(context, context.actor, query),
});

const draft = defineRoute({
  method: "POST",
  url: "/api/releases/drafts",
  summary: "Draft a release; it cannot be changed afterwards",
  audience: ["analyst"],
  audit: { verb: "combination", act: "draft a release", purpose },
  body: draftBody,
  replySchema: releasesReply,
  handle: async (context, { body }) => {
    await draftRelease(context, context.actor, body);
    return answer(context);
  },
});

const readDraft = defineRoute({
  method: "GET",
  url: "/api/releases/drafts/:id",
  summary: "A draft as it would be served",
  audience: ["analyst", "partner", "coordinator", "auditor"],
  audit: { verb: "consultation", act: "read a draft of a release", purpose },
  params: draftParams,
  replySchema: draftContentReply,
  handle: (context, { params }) => draftFor(context, context.actor, params.id),
});

const discard = defineRoute({
  method: "DELETE",
  url: "/api/releases/drafts/:id",
  summary: "Discard a draft",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "discard a draft of a release", purpose },
  params: draftParams,
  replySchema: releasesReply,
  handle: async (context, { params }) => {
    await discardWaitingDraft(context, context.actor, { draftId: params.id });
    return answer(context);
  },
});

const approve = defineRoute({
  method: "POST",
  url: "/api/releases/drafts/:id/approve",
  summary: "Approve a draft that somebody else made: it becomes the next release",
  audience: ["auditor"],
  audit: { verb: "disclosure", act: "approve a release", purpose },
  params: draftParams,
  body: approveBody,
  replySchema: releasesReply,
  handle: async (context, { params, body }) => {
    await approveRelease(context, context.actor, { draftId: params.id, ...body });
    return answer(context);
  },
});

const object = defineRoute({
  method: "POST",
  url: "/api/releases/drafts/:id/object",
  summary: "Hold a draft by an objection, whose reason is not published",
  audience: ["partner", "coordinator"],
  audit: { verb: "alteration", act: "object to a release", purpose },
  params: draftParams,
  body: objectBody,
  replySchema: releasesReply,
  handle: async (context, { params, body }) => {
    await objectToDraft(context, context.actor, { draftId: params.id, ...body });
    return answer(context);
  },
});

const takeBack = defineRoute({
  method: "POST",
  url: "/api/releases/drafts/:id/take-back",
  summary: "Withdraw one's own objection to a draft",
  audience: ["partner", "coordinator"],
  audit: { verb: "alteration", act: "take an objection to a release back", purpose },
  params: draftParams,
  replySchema: releasesReply,
  handle: async (context, { params }) => {
    await takeObjectionBack(context, context.actor, { draftId: params.id });
    return answer(context);
  },
});

const withdraw = defineRoute({
  method: "POST",
  url: "/api/releases/:number/withdraw",
  summary: "Withdraw a release with a public notice; its number stays",
  audience: ["analyst", "auditor"],
  audit: { verb: "alteration", act: "withdraw a release", purpose },
  params: releaseParams,
  body: withdrawBody,
  replySchema: releasesReply,
  handle: async (context, { params, body }) => {
    await withdrawRelease(context, context.actor, { ...params, ...body });
    return answer(context);
  },
});

const check = defineRoute({
  method: "GET",
  url: "/api/releases/check",
  summary: "Check that every release is unchanged, and that together they reveal nothing",
  audience: ["analyst", "auditor"],
  audit: { verb: "consultation", act: "check the releases", purpose: "oversight" },
  replySchema: releaseCheckReply,
  handle: (context) => checkReleases(context),
});

export const releaseRoutes: readonly Route[] = [
  list,
  preview,
  draft,
  readDraft,
  discard,
  approve,
  object,
  takeBack,
  withdraw,
  check,
];

/** The list as it now is, for the same caller; the act has its line already. */
function answer(context: RequestContext) {
  return releasesFor({ ...context, addDetail: () => undefined }, context.actor);
}

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
