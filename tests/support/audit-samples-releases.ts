import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

const draftAgain: AuditSample = sample("analyst", "POST /api/releases/drafts", "draft from to", {
  body: {},
  keep: (reply) => {
    const [draft] = reply.json<{ drafts: { id: number; contentHash: string }[] }>().drafts;
    return { draft: draft?.id ?? 0, contentHash: draft?.contentHash ?? "" };
  },
});

/** A draft that is read, held, freed, approved and withdrawn, and one that is discarded. */
export const releaseSamples: readonly AuditSample[] = [
  sample("partner", "GET /api/releases", "releases drafts"),
  sample("analyst", "GET /api/releases/preview", "from to"),
  draftAgain,
  sample("coordinator", "GET /api/releases/drafts/:id=draft", "draft"),
  sample("partner", "POST /api/releases/drafts/:id=draft/object", "draft", {
    body: { reason: "Not this month." },
  }),
  sample("partner", "POST /api/releases/drafts/:id=draft/take-back", "draft"),
  sample("auditor", "POST /api/releases/drafts/:id=draft/approve", "draft release", {
    body: ({ contentHash }) => ({ contentHash }),
  }),
  sample("auditor", "POST /api/releases/:number=2/withdraw", "release", {
    body: { notice: "A map was wrong." },
  }),
  sample("auditor", "GET /api/releases/check", "releases faults"),
  sample("admin", "PUT /api/public-page", "on", { body: { on: false } }),
  draftAgain,
  sample("analyst", "DELETE /api/releases/drafts/:id=draft", "draft"),
];
