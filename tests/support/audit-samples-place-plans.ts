import type { AuditSample } from "#tests/support/audit-sample.ts";
import { get } from "#tests/support/audit-sample.ts";
import { pinQuery, planBody, planCells, seriesFields } from "#tests/support/place-plans.ts";

const sampled = { ...planBody, name: "Fore Street sample" };

/** A plan by the name of a street, which may stand in no line. Partner A reads it and says something. */
export const placePlanSamples: readonly AuditSample[] = [
  {
    route: "POST /api/place-plans",
    as: "sergeant",
    call: (caller) => caller.send("POST", "/api/place-plans", sampled),
    keep: (reply, state) => {
      state.placePlan = reply.json<{ id: number }>().id;
    },
    says: "plan revision cells",
  },
  { route: "GET /api/place-plans", as: "auditor", call: get("/api/place-plans"), says: "plans" },
  {
    route: "PUT /api/place-plans/:id",
    as: "analyst",
    call: (caller, { placePlan }) =>
      caller.send("PUT", `/api/place-plans/${placePlan}`, { ...sampled, revision: 1 }),
    says: "plan revision state",
  },
  {
    route: "POST /api/place-plans/:id/figures",
    as: "analyst",
    call: (caller, { placePlan }) =>
      caller.send("POST", `/api/place-plans/${placePlan}/figures`, {
        query: pinQuery,
        cell: planCells[0],
      }),
    keep: (reply, state) => {
      state.figure = reply.json<{ figure: number }>().figure;
    },
    says: "plan from to measure figure",
  },
  {
    route: "DELETE /api/place-plans/:id/figures/:figure",
    as: "sergeant",
    call: (caller, { placePlan, figure }) =>
      caller.send("DELETE", `/api/place-plans/${placePlan}/figures/${figure}`),
    says: "plan figure",
  },
  {
    route: "POST /api/place-plans/:id/figures/:figure/restore",
    as: "sergeant",
    call: (caller, { placePlan, figure }) =>
      caller.send("POST", `/api/place-plans/${placePlan}/figures/${figure}/restore`),
    says: "plan figure",
  },
  {
    route: "POST /api/place-plans/:id/assessment",
    as: "sergeant",
    call: (caller, { placePlan }) =>
      caller.send("POST", `/api/place-plans/${placePlan}/assessment`, {
        operation: "boxster-2021",
        revision: 2,
      }),
    says: "plan revision",
  },
  {
    route: "GET /api/place-plans/:id/history",
    as: "auditor",
    call: (caller, { placePlan }) => caller.get(`/api/place-plans/${placePlan}/history`),
    says: "plan",
  },
  {
    route: "PUT /api/place-plans/:id/shares",
    as: "coordinator",
    call: (caller, { placePlan }) =>
      caller.send("PUT", `/api/place-plans/${placePlan}/shares`, { partners: ["a"] }),
    says: "plan partners",
  },
  {
    route: "GET /api/outreach/place-plans",
    as: "partner",
    call: get("/api/outreach/place-plans"),
    says: "plans",
  },
  {
    route: "POST /api/outreach/place-plans/:id/comments",
    as: "partner",
    call: (caller, { placePlan }) =>
      caller.send("POST", `/api/outreach/place-plans/${placePlan}/comments`, {
        words: "The lamps by the elm are out.",
      }),
    says: "plan",
  },
  {
    // A second look, for the comment's key: its line is as the first one's.
    route: "GET /api/place-plans",
    as: "coordinator",
    call: get("/api/place-plans"),
    keep: (reply, state) => {
      const { plans } = reply.json<{
        plans: { id: number; sharing: { comments: { id: string }[] } | null }[];
      }>();
      const own = plans.find(({ id }) => id === state.placePlan);
      state.comment = own?.sharing?.comments[0]?.id ?? "";
    },
    says: "plans",
  },
  {
    route: "POST /api/place-plans/:id/comments/:comment/pass-on",
    as: "coordinator",
    call: (caller, { placePlan, comment }) =>
      caller.send("POST", `/api/place-plans/${placePlan}/comments/${comment}/pass-on`),
    says: "plan",
  },
  {
    route: "POST /api/place-actions",
    as: "sergeant",
    call: (caller, { placePlan }) =>
      caller.send("POST", "/api/place-actions", {
        planId: placePlan,
        packId: null,
        words: "Light the alley in Edmonton",
        owner: "council_lighting",
        dueOn: "2021-12-10",
      }),
    keep: (reply, state) => {
      state.action = reply.json<{ id: number }>().id;
    },
    says: "plan owner due action",
  },
  {
    route: "GET /api/place-actions",
    as: "auditor",
    call: get("/api/place-actions"),
    says: "actions",
  },
  {
    route: "PUT /api/place-actions/:id",
    as: "coordinator",
    call: (caller, { action }) =>
      caller.send("PUT", `/api/place-actions/${action}`, {
        words: "Light the alley in Edmonton",
        owner: "council_lighting",
        dueOn: "2021-12-10",
        state: "done",
        revision: 1,
      }),
    says: "action owner state",
  },
];

export const meetingSamples: readonly AuditSample[] = [
  {
    // The demonstration has one, at revision 1.
    route: "PUT /api/meeting/series",
    as: "coordinator",
    call: (caller) => caller.send("PUT", "/api/meeting/series", { ...seriesFields, revision: 1 }),
    says: "revision",
  },
  { route: "GET /api/meeting", as: "auditor", call: get("/api/meeting"), says: "packs" },
  {
    route: "GET /api/meeting/calendar.ics",
    as: "coordinator",
    call: get("/api/meeting/calendar.ics"),
    says: "revision",
  },
  {
    route: "POST /api/meeting/packs",
    as: "coordinator",
    call: (caller) =>
      caller.send("POST", "/api/meeting/packs", {
        meetingOn: "2021-12-14",
        decisions: ["Whether the alley in Edmonton is lit"],
      }),
    keep: (reply, state) => {
      state.pack = reply.json<{ id: number }>().id;
    },
    says: "meeting pack",
  },
  {
    route: "GET /api/meeting/packs/:id",
    as: "auditor",
    call: (caller, { pack }) => caller.get(`/api/meeting/packs/${pack}`),
    says: "pack",
  },
];
