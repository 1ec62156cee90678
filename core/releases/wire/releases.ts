import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { releaseCommitment, releaseDocument, releaseReply } from "#core/releases/wire/release.ts";

/** What is frozen when it is drafted, octet for octet; approved, it is given its number and no more. */
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

/** What a draft took over or left out, so that no figure can be worked out from an earlier release. */
const draftHistory = z.strictObject({
  /** Months that stand as an earlier release showed them. */
  taken: z.array(
    z.strictObject({ month: z.string(), release: z.int(), changedSince: z.boolean() }),
  ),
  /** Months that are not shown again: released with other areas, or in none but withdrawn releases. */
  left: z.array(
    z.strictObject({ month: z.string(), release: z.int(), why: z.enum(["areas", "withdrawn"]) }),
  ),
});
export type DraftHistory = z.infer<typeof draftHistory>;

/** What the analyst looks at before drafting. Nothing is kept. */
export const previewReply = z.strictObject({
  content: releaseContent.nullable(),
  history: draftHistory,
  /** Why there can be no such release, in words; null where there can. */
  refused: z.string().nullable(),
});
export type PreviewReply = z.infer<typeof previewReply>;

/** Without a number of its own: a partner would read from it how many there are. */
export const objectionReply = z.strictObject({
  byRole: z.enum(["partner", "coordinator", "operator"]),
  /** Its writer's and the coordinator's alone; null to all others. */
  reason: z.string().nullable(),
  objectedAt: instant,
  /** Whether the caller may take it back. */
  isOwn: z.boolean(),
});

export const draftReply = z.strictObject({
  id: z.int(),
  /** The release that it becomes once it is approved. */
  number: z.int().positive(),
  draftedOn: date,
  /** Until then partners and the coordinator have time to read it, and nobody approves it; null once that is over. */
  approvableFrom: instant.nullable(),
  /** Whom the caller may not know by name is null. */
  draftedBy: z.string().nullable(),
  months: z.array(z.string()),
  /** SHA-256 of the content: whoever approves names what they have read. */
  contentHash: hash,
  /** Another release was approved since: it can no longer be. */
  isStale: z.boolean(),
  /** Those that the caller may know of. */
  objections: z.array(objectionReply),
  /** An objection that the caller knows of, to another draft that never became a release, holds this one too. */
  isHeldByAnother: z.boolean(),
  /** Whether the caller may approve it now, as far as one can tell: not who drafted it. */
  mayApprove: z.boolean(),
});
export type DraftReply = z.infer<typeof draftReply>;

/** One line of the list of releases: public. */
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

/** GET /api/releases */
export const releasesReply = releaseListReply.extend({ drafts: z.array(draftReply) });
export type ReleasesReply = z.infer<typeof releasesReply>;

/** GET /api/releases/drafts/{id} */
export const draftContentReply = z.strictObject({ draft: draftReply, content: releaseContent });
export type DraftContentReply = z.infer<typeof draftContentReply>;

/** GET /api/releases/check */
const releaseCheckReply = z.strictObject({
  ok: z.boolean(),
  releases: z.int(),
  /** In words, one for each fault; none where all is well. */
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

/** Each change answers what stands there after it. */
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

export const publicReleaseCalls = {
  list: call("GET /api/public/releases", { reply: releaseListReply }),
  latest: call("GET /api/public/releases/latest", { reply: releaseReply }),
  one: call("GET /api/public/releases/:number", { params: { number }, reply: releaseReply }),
};
