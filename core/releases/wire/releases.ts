import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { releaseCommitment, releaseDocument, releaseReply } from "#core/releases/wire/release.ts";

/** Frozen byte for byte when drafted; approval only adds its number. */
export const releaseContent = releaseDocument.omit({ id: true, number: true });
export type ReleaseContent = z.infer<typeof releaseContent>;

const month = z.string().max(40);
const hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** GET /api/releases/preview and POST /api/releases/drafts: without months thirteen, up to the last public one. */
const releaseMonthsQuery = z.strictObject({ from: month.optional(), to: month.optional() });

const draftBody = releaseMonthsQuery.extend({
  commitments: z.array(releaseCommitment).max(50).default([]),
});
export type DraftBody = z.infer<typeof draftBody>;

/** Figures taken over or left out, so that nothing can be derived from an earlier release. */
const draftHistory = z.strictObject({
  /** Months as an earlier release showed them. */
  taken: z.array(
    z.strictObject({ month: z.string(), release: z.int(), changedSince: z.boolean() }),
  ),
  /**
   * Months not shown (again): released with other areas, only in withdrawn releases, or begun before
   * the boundaries moved, which no release of theirs need have shown.
   */
  left: z.array(
    z.strictObject({
      month: z.string(),
      release: z.int().nullable(),
      why: z.enum(["areas", "withdrawn", "moved"]),
    }),
  ),
});
export type DraftHistory = z.infer<typeof draftHistory>;

export const previewReply = z.strictObject({
  content: releaseContent.nullable(),
  history: draftHistory,
  /** Why such a release is impossible; null where it is possible. */
  refused: z.string().nullable(),
});
export type PreviewReply = z.infer<typeof previewReply>;

/** Without a number, which would tell a partner how many there are. */
export const objectionReply = z.strictObject({
  byRole: z.enum(["partner", "coordinator", "operator"]),
  /** For its writer and the coordinator; null to all others. */
  reason: z.string().nullable(),
  objectedAt: instant,
  isOwn: z.boolean(),
});

export const draftReply = z.strictObject({
  id: z.int(),
  number: z.int().positive(),
  draftedOn: date,
  /** End of the reading time for partners and coordinator; null once it is over. */
  approvableFrom: instant.nullable(),
  /** Null where the caller may not know the name. */
  draftedBy: z.string().nullable(),
  months: z.array(z.string()),
  /** SHA-256 of the content; an approver states what they read. */
  contentHash: hash,
  /** Another release was approved since, which rules this out. */
  isStale: z.boolean(),
  objections: z.array(objectionReply),
  /** Also held by a visible objection to another draft that never became a release. */
  isHeldByAnother: z.boolean(),
  /** Whether the caller may approve it now, as far as is known: never its drafter. */
  mayApprove: z.boolean(),
});
export type DraftReply = z.infer<typeof draftReply>;

export const releaseLine = z.strictObject({
  number: z.int().positive(),
  approvedOn: date,
  from: z.string(),
  to: z.string(),
  hash,
  withdrawn: z.strictObject({ on: date, notice: z.string() }).nullable(),
});
export type ReleaseLine = z.infer<typeof releaseLine>;

/** GET /api/public/releases, the last first. */
export const releaseListReply = z.strictObject({ releases: z.array(releaseLine) });

export const releasesReply = releaseListReply.extend({ drafts: z.array(draftReply) });
export type ReleasesReply = z.infer<typeof releasesReply>;

export const draftContentReply = z.strictObject({ draft: draftReply, content: releaseContent });
export type DraftContentReply = z.infer<typeof draftContentReply>;

const releaseCheckReply = z.strictObject({
  ok: z.boolean(),
  releases: z.int(),
  /** One sentence per fault; empty where all is well. */
  faults: z.array(z.string()),
  /** Of the last release; null where there is none. */
  head: hash.nullable(),
});
export type ReleaseCheckReply = z.infer<typeof releaseCheckReply>;

const number = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const ofDraft = { params: { id: number }, reply: releasesReply };

/** Each change returns the new state. */
export const releaseCalls = {
  list: call("GET /api/releases", { reply: releasesReply }),
  preview: call("GET /api/releases/preview", { query: releaseMonthsQuery, reply: previewReply }),
  draft: call("POST /api/releases/drafts", { body: draftBody, reply: releasesReply }),
  readDraft: call("GET /api/releases/drafts/:id", { ...ofDraft, reply: draftContentReply }),
  discard: call("DELETE /api/releases/drafts/:id", ofDraft),
  approve: call("POST /api/releases/drafts/:id/approve", {
    ...ofDraft,
    body: z.strictObject({ contentHash: hash }),
  }),
  object: call("POST /api/releases/drafts/:id/object", {
    ...ofDraft,
    body: z.strictObject({ reason: z.string().max(5_000) }),
  }),
  takeBack: call("POST /api/releases/drafts/:id/take-back", ofDraft),
  withdraw: call("POST /api/releases/:number/withdraw", {
    params: { number },
    body: z.strictObject({ notice: z.string().max(5_000) }),
    reply: releasesReply,
  }),
  check: call("GET /api/releases/check", { reply: releaseCheckReply }),
};

/** Whether anyone may read `/public`; `waits` for a second person. */
export const publicPageReply = z.strictObject({ state: z.enum(["on", "off", "waits"]) });
export type PublicPageState = z.infer<typeof publicPageReply>["state"];

export const publicPageCalls = {
  read: call("GET /api/public-page", { reply: publicPageReply }),
  turn: call("PUT /api/public-page", {
    body: z.strictObject({ on: z.boolean() }),
    reply: publicPageReply,
  }),
};

export const publicReleaseCalls = {
  list: call("GET /api/public/releases", { reply: releaseListReply }),
  latest: call("GET /api/public/releases/latest", { reply: releaseReply }),
  one: call("GET /api/public/releases/:number", { params: { number }, reply: releaseReply }),
  csv: call("GET /api/public/releases/:number/csv", { params: { number } }),
};
