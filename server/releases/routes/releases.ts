import * as wire from "#core/releases/wire/releases.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { approveRelease } from "#server/releases/approve.ts";
import { checkReleases } from "#server/releases/check.ts";
import { draftRelease, previewRelease } from "#server/releases/draft.ts";
import { draftFor, releasesFor } from "#server/releases/list.ts";
import { objectToDraft, takeObjectionBack } from "#server/releases/objections.ts";
import { discardWaitingDraft, withdrawRelease } from "#server/releases/withdraw.ts";

const purpose = "public_information";

const list = defineRoute("GET /api/releases", {
  summary: "Releases, and the drafts that wait for approval",
  audience: ["analyst", "partner", "coordinator", "auditor"],
  audit: { verb: "consultation", act: "read the releases", purpose },
  replySchema: wire.releasesReply,
  handle: (context) => releasesFor(context, context.actor),
});

const preview = defineRoute("GET /api/releases/preview", {
  summary: "Preview a release of these months, or why it is not possible; nothing is saved",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "look at a release before drafting it", purpose },
  query: wire.releaseMonthsQuery,
  replySchema: wire.previewReply,
  handle: (context, { query }) => previewRelease(context, context.actor, query),
});

const draft = defineRoute("POST /api/releases/drafts", {
  summary: "Draft a release; it cannot be changed afterwards",
  audience: ["analyst"],
  audit: { verb: "combination", act: "draft a release", purpose },
  body: wire.draftBody,
  replySchema: wire.releasesReply,
  handle: async (context, { body }) => {
    await draftRelease(context, context.actor, body);
    return answer(context);
  },
});

const readDraft = defineRoute("GET /api/releases/drafts/:id", {
  summary: "A draft as it would be served",
  audience: ["analyst", "partner", "coordinator", "auditor"],
  audit: { verb: "consultation", act: "read a draft of a release", purpose },
  params: wire.draftParams,
  replySchema: wire.draftContentReply,
  handle: (context, { params }) => draftFor(context, context.actor, params.id),
});

const discard = defineRoute("DELETE /api/releases/drafts/:id", {
  summary: "Discard a draft",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "discard a draft of a release", purpose },
  params: wire.draftParams,
  replySchema: wire.releasesReply,
  handle: async (context, { params }) => {
    await discardWaitingDraft(context, context.actor, { draftId: params.id });
    return answer(context);
  },
});

const approve = defineRoute("POST /api/releases/drafts/:id/approve", {
  summary: "Approve a draft that somebody else made: it becomes the next release",
  audience: ["auditor"],
  audit: { verb: "disclosure", act: "approve a release", purpose },
  params: wire.draftParams,
  body: wire.approveBody,
  replySchema: wire.releasesReply,
  handle: async (context, { params, body }) => {
    await approveRelease(context, context.actor, { draftId: params.id, ...body });
    return answer(context);
  },
});

const object = defineRoute("POST /api/releases/drafts/:id/object", {
  summary: "Hold a draft by an objection, whose reason is not published",
  audience: ["partner", "coordinator"],
  audit: { verb: "alteration", act: "object to a release", purpose },
  params: wire.draftParams,
  body: wire.objectBody,
  replySchema: wire.releasesReply,
  handle: async (context, { params, body }) => {
    await objectToDraft(context, context.actor, { draftId: params.id, ...body });
    return answer(context);
  },
});

const takeBack = defineRoute("POST /api/releases/drafts/:id/take-back", {
  summary: "Withdraw one's own objection to a draft",
  audience: ["partner", "coordinator"],
  audit: { verb: "alteration", act: "withdraw an objection to a release", purpose },
  params: wire.draftParams,
  replySchema: wire.releasesReply,
  handle: async (context, { params }) => {
    await takeObjectionBack(context, context.actor, { draftId: params.id });
    return answer(context);
  },
});

const withdraw = defineRoute("POST /api/releases/:number/withdraw", {
  summary: "Withdraw a release with a public notice; its number stays",
  audience: ["analyst", "auditor"],
  audit: { verb: "alteration", act: "withdraw a release", purpose },
  params: wire.releaseParams,
  body: wire.withdrawBody,
  replySchema: wire.releasesReply,
  handle: async (context, { params, body }) => {
    await withdrawRelease(context, context.actor, { ...params, ...body });
    return answer(context);
  },
});

const check = defineRoute("GET /api/releases/check", {
  summary: "Check that every release is unchanged, and that together they reveal nothing",
  audience: ["analyst", "auditor"],
  audit: { verb: "consultation", act: "check the releases", purpose: "oversight" },
  replySchema: wire.releaseCheckReply,
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
