import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseFileName } from "#core/releases/file/issue.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { lawCalls } from "#core/releases/wire/law.ts";
import { publicPageCalls, publicReleaseCalls, releaseCalls } from "#core/releases/wire/releases.ts";
import type { Act } from "#server/acts/services.ts";
import { type Route, serve } from "#server/http/route.ts";
import { checkReleases } from "#server/releases/check.ts";
import * as decide from "#server/releases/decide.ts";
import { draftRelease, previewRelease } from "#server/releases/draft.ts";
import { readLaw } from "#server/releases/law.ts";
import { readDraft, readReleases } from "#server/releases/list.ts";
import { readPublicPage, turnPublicPage } from "#server/releases/public-switch.ts";
import { publicRelease, publicReleases } from "#server/releases/serve.ts";

const purpose = "public_information";
const readers = ["analyst", "partner", "coordinator", "auditor"] as const;
const objectors = ["partner", "coordinator"] as const;

async function listAfter(act: Act, done: Promise<unknown>) {
  await done;
  return readReleases({ ...act, addDetail: () => undefined });
}

export const releaseRoutes: readonly Route[] = [
  serve(releaseCalls.list, {
    summary: "Releases, and the drafts that wait for approval",
    audience: readers,
    audit: { verb: "consultation", act: "read the releases", purpose },
    handle: (act) => readReleases(act),
  }),
  serve(releaseCalls.preview, {
    summary: "Preview a release of these months, or why it is not possible; nothing is saved",
    audience: ["analyst"],
    audit: { verb: "consultation", act: "look at a release before drafting it", purpose },
    handle: (act, { query }) => previewRelease(act, query),
  }),
  serve(releaseCalls.draft, {
    summary: "Draft a release; it cannot be changed afterwards",
    audience: ["analyst"],
    audit: { verb: "combination", act: "draft a release", purpose },
    handle: (act, { body }) => listAfter(act, draftRelease(act, body)),
  }),
  serve(releaseCalls.readDraft, {
    summary: "A draft as it would be served",
    audience: readers,
    audit: { verb: "consultation", act: "read a draft of a release", purpose },
    handle: (act, { id }) => readDraft(act, id),
  }),
  serve(releaseCalls.discard, {
    summary: "Discard a draft",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "discard a draft of a release", purpose },
    handle: (act, { id }) => listAfter(act, decide.discardDraft(act, id)),
  }),
  serve(releaseCalls.approve, {
    summary: "Approve a draft that somebody else made: it becomes the next release",
    audience: ["auditor"],
    audit: { verb: "disclosure", act: "approve a release", purpose },
    handle: (act, { id, body }) => listAfter(act, decide.approveRelease(act, id, body.contentHash)),
  }),
  serve(releaseCalls.object, {
    summary: "Hold a draft by an objection, whose reason is not published",
    audience: objectors,
    audit: { verb: "alteration", act: "object to a release", purpose },
    handle: (act, { id, body }) => listAfter(act, decide.objectToDraft(act, id, body.reason)),
  }),
  serve(releaseCalls.takeBack, {
    summary: "Withdraw one's own objection to a draft",
    audience: objectors,
    audit: { verb: "alteration", act: "withdraw an objection to a release", purpose },
    handle: (act, { id }) => listAfter(act, decide.takeObjectionBack(act, id)),
  }),
  serve(releaseCalls.withdraw, {
    summary: "Withdraw a release with a public notice; its number stays",
    audience: ["analyst", "auditor"],
    audit: { verb: "alteration", act: "withdraw a release", purpose },
    handle: (act, { number, body }) =>
      listAfter(act, decide.withdrawRelease(act, number, body.notice)),
  }),
  serve(releaseCalls.check, {
    summary: "Check that every release is unchanged, and that together they reveal nothing",
    audience: ["analyst", "auditor"],
    audit: { verb: "consultation", act: "check the releases", purpose: "oversight" },
    handle: (act) => checkReleases(act),
  }),
];

export const publicPageRoutes: readonly Route[] = [
  serve(publicPageCalls.read, {
    summary: "Whether the public page is on, off, or waits for a second person",
    audience: ["admin", "auditor"],
    audit: { none: "it says what anyone can see at /public" },
    handle: (act) => readPublicPage(act),
  }),
  serve(publicPageCalls.turn, {
    summary: "Turn the public page off, or ask for it: a second person must confirm",
    audience: ["admin", "auditor"],
    audit: { verb: "alteration", act: "turn the public page on or off", purpose },
    handle: (act, { body }) => turnPublicPage(act, body.on),
  }),
];

/** Public, so reading it is not logged. */
const noLine = { none: "approved releases are public; no sign-in is needed" };

export const publicReleaseRoutes: readonly Route[] = [
  serve(publicReleaseCalls.list, {
    summary: "Approved releases by number, with months, hash and notice of withdrawal",
    audience: "public",
    audit: noLine,
    handle: async ({ db }) => ({ releases: await publicReleases(db) }),
  }),
  serve(publicReleaseCalls.latest, {
    summary: "The latest current release: public figures as frozen",
    audience: "public",
    audit: noLine,
    handle: ({ db }) => publicRelease(db, null),
  }),
  serve(publicReleaseCalls.one, {
    summary: "An approved release as it was frozen, or its notice of withdrawal",
    audience: "public",
    audit: noLine,
    handle: ({ db }, { number }) => publicRelease(db, number),
  }),
  serve(lawCalls.now, {
    summary: "Statements of law for slides, each with its source and when it is to be read again",
    audience: "public",
    audit: noLine,
    // The real day, in the demonstration too: the law is not of its date.
    handle: async ({ zone, asAt }) => ({ today: zone.dateOf(asAt.clock()), texts: [...readLaw()] }),
  }),
  serve(publicReleaseCalls.csv, {
    summary: "The same as a table of CSV",
    audience: "public",
    audit: noLine,
    handle: async ({ db, reply }, { number }) => {
      const release = await publicRelease(db, number);
      const name = `${releaseFileName(release.release)}.csv`;
      reply.header("content-disposition", `attachment; filename="${name}"`);
      reply.type("text/csv; charset=utf-8");
      return reply.send(releaseCsv({ reply: release, language: inEnglish }));
    },
  }),
];
