import { type AuditSample, get } from "#tests/support/audit-sample.ts";

const draftAgain: AuditSample = {
  route: "POST /api/releases/drafts",
  as: "analyst",
  call: (caller) => caller.send("POST", "/api/releases/drafts", {}),
  keep: (reply, state) => {
    const [draft] = reply.json<{ drafts: { id: number; contentHash: string }[] }>().drafts;
    state.draft = { id: draft?.id ?? 0, contentHash: draft?.contentHash ?? "" };
  },
  says: "draft from to",
};

/** A draft that is read, held, freed, approved and withdrawn, and one that is discarded. */
export const releaseSamples: readonly AuditSample[] = [
  {
    route: "GET /api/releases",
    as: "partner",
    call: get("/api/releases"),
    says: "releases drafts",
  },
  {
    route: "GET /api/releases/preview",
    as: "analyst",
    call: get("/api/releases/preview"),
    says: "from to",
  },
  draftAgain,
  {
    route: "GET /api/releases/drafts/:id",
    as: "coordinator",
    call: (caller, { draft }) => caller.get(`/api/releases/drafts/${draft.id}`),
    says: "draft",
  },
  {
    route: "POST /api/releases/drafts/:id/object",
    as: "partner",
    call: (caller, { draft }) =>
      caller.send("POST", `/api/releases/drafts/${draft.id}/object`, { reason: "Not this month." }),
    says: "draft",
  },
  {
    route: "POST /api/releases/drafts/:id/take-back",
    as: "partner",
    call: (caller, { draft }) => caller.send("POST", `/api/releases/drafts/${draft.id}/take-back`),
    says: "draft",
  },
  {
    route: "POST /api/releases/drafts/:id/approve",
    as: "auditor",
    call: (caller, { draft: { id, contentHash } }) =>
      caller.send("POST", `/api/releases/drafts/${id}/approve`, { contentHash }),
    says: "draft release",
  },
  {
    route: "POST /api/releases/:number/withdraw",
    as: "auditor",
    call: (caller) =>
      caller.send("POST", "/api/releases/2/withdraw", { notice: "A map was wrong." }),
    says: "release",
  },
  {
    route: "GET /api/releases/check",
    as: "auditor",
    call: get("/api/releases/check"),
    says: "releases faults",
  },
  draftAgain,
  {
    route: "DELETE /api/releases/drafts/:id",
    as: "analyst",
    call: (caller, { draft }) => caller.send("DELETE", `/api/releases/drafts/${draft.id}`),
    says: "draft",
  },
];
