import { type AuditSample, sample } from "#tests/support/audit-sample.ts";
import { pinQuery, planBody, planCells, seriesFields } from "#tests/support/place-plans.ts";

const sampled = { ...planBody, name: "Fore Street sample" };

/** A plan by the name of a street, which may stand in no line. Partner A reads it and says something. */
export const placePlanSamples: readonly AuditSample[] = [
  sample("sergeant", "POST /api/place-plans", "plan revision cells", {
    body: sampled,
    keep: { placePlan: "id" },
  }),
  sample("auditor", "GET /api/place-plans", "plans"),
  sample("analyst", "PUT /api/place-plans/:id=placePlan", "plan revision state", {
    body: { ...sampled, revision: 1 },
  }),
  sample("analyst", "POST /api/place-plans/:id=placePlan/figures", "plan from to measure figure", {
    body: { query: pinQuery, cell: planCells[0] },
    keep: { figure: "figure" },
  }),
  sample("sergeant", "DELETE /api/place-plans/:id=placePlan/figures/:figure=figure", "plan figure"),
  sample(
    "sergeant",
    "POST /api/place-plans/:id=placePlan/figures/:figure=figure/restore",
    "plan figure",
  ),
  sample("sergeant", "POST /api/place-plans/:id=placePlan/assessment", "plan revision", {
    body: { operation: "boxster-2021", revision: 2 },
  }),
  sample("auditor", "GET /api/place-plans/:id=placePlan/history", "plan"),
  sample("coordinator", "PUT /api/place-plans/:id=placePlan/shares", "plan partners", {
    body: { partners: ["a"] },
  }),
  sample("partner", "GET /api/outreach/place-plans", "plans"),
  sample("partner", "POST /api/outreach/place-plans/:id=placePlan/comments", "plan", {
    body: { words: "The lamps by the elm are out." },
  }),
  // A second look, for the comment's key: its line is as the first one's.
  sample("coordinator", "GET /api/place-plans", "plans", {
    keep: (reply, { placePlan }) => {
      const { plans } = reply.json<{
        plans: { id: number; sharing: { comments: { id: string }[] } | null }[];
      }>();
      const own = plans.find(({ id }) => id === placePlan);
      return { comment: own?.sharing?.comments[0]?.id ?? "" };
    },
  }),
  sample(
    "coordinator",
    "POST /api/place-plans/:id=placePlan/comments/:comment=comment/pass-on",
    "plan",
  ),
  sample("sergeant", "POST /api/place-actions", "plan owner due action", {
    body: ({ placePlan }) => ({
      planId: placePlan,
      packId: null,
      words: "Light the alley in Edmonton",
      owner: "council_lighting",
      dueOn: "2021-12-10",
    }),
    keep: { action: "id" },
  }),
  sample("auditor", "GET /api/place-actions", "actions"),
  sample("coordinator", "PUT /api/place-actions/:id=action", "action owner state", {
    body: {
      words: "Light the alley in Edmonton",
      owner: "council_lighting",
      dueOn: "2021-12-10",
      state: "done",
      revision: 1,
    },
  }),
];

export const meetingSamples: readonly AuditSample[] = [
  // The demonstration has one, at revision 1.
  sample("coordinator", "PUT /api/meeting/series", "revision", {
    body: { ...seriesFields, revision: 1 },
  }),
  sample("auditor", "GET /api/meeting", "packs"),
  sample("coordinator", "POST /api/meeting/packs", "meeting pack", {
    body: { meetingOn: "2021-12-14", decisions: ["Whether the alley in Edmonton is lit"] },
    keep: { pack: "id" },
  }),
  sample("auditor", "GET /api/meeting/packs/:id=pack", "pack"),
];
