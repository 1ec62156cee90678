import { releaseReply } from "#core/releases/wire/release.ts";
import { releaseListReply, releaseParams } from "#core/releases/wire/releases.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { publicRelease, publicReleases } from "#server/releases/serve.ts";

/** What an approved release holds is public: whoever reads it is nobody's business. */
const noLine = { none: "approved releases are public; no sign-in is needed" };

export const publicReleaseRoutes: readonly Route[] = [
  defineRoute("GET /api/public/releases", {
    summary: "Approved releases by number, with months, hash and notice of withdrawal",
    audience: "public",
    audit: noLine,
    replySchema: releaseListReply,
    handle: async ({ db }) => ({ releases: await publicReleases(db) }),
  }),
  defineRoute("GET /api/public/releases/latest", {
    summary: "The latest current release: public figures as frozen",
    audience: "public",
    audit: noLine,
    replySchema: releaseReply,
    handle: ({ db }) => publicRelease(db, null),
  }),
  defineRoute("GET /api/public/releases/:number", {
    summary: "An approved release as it was frozen, or its notice of withdrawal",
    audience: "public",
    audit: noLine,
    params: releaseParams,
    replySchema: releaseReply,
    handle: ({ db }, { params }) => publicRelease(db, params.number),
  }),
];
