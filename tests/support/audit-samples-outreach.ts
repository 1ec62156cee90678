import { footprintOf } from "#core/protected-time/footprint.ts";
import { type AuditSample, get } from "#tests/support/audit-sample.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);
const rule = (firstDate: string, start = "20:10", end = "21:50") => ({
  repeats: "once",
  firstDate,
  start,
  end,
});

/** A partner's calls, and the notice that one of them leaves for a sergeant; each finds what it needs. */
export const outreachSamples: readonly AuditSample[] = [
  {
    route: "POST /api/outreach/places",
    as: "partner",
    call: (caller) => caller.send("POST", "/api/outreach/places", { label: "By the elm", ...spot }),
    keep: (reply, state) => {
      state.place = reply.json<{ id: string }>().id;
    },
    says: "place",
  },
  {
    route: "PATCH /api/outreach/places/:id",
    as: "partner",
    call: (caller, { place }) =>
      caller.send("PATCH", `/api/outreach/places/${place}`, { label: "By the oak" }),
    says: "place",
  },
  {
    route: "GET /api/outreach/places",
    as: "partner",
    call: get("/api/outreach/places"),
    keep: (reply, state) => {
      const { places } = reply.json<{ places: { id: string }[] }>();
      state.saved = places.find(({ id }) => id !== state.place)?.id ?? "";
    },
    says: "places",
  },
  {
    route: "DELETE /api/outreach/places/:id",
    as: "partner",
    call: (caller, { place }) => caller.send("DELETE", `/api/outreach/places/${place}`),
    says: "place",
  },
  {
    route: "POST /api/outreach/sessions",
    as: "partner",
    call: (caller, { saved }) =>
      caller.send("POST", "/api/outreach/sessions", {
        placeId: saved,
        rule: { ...rule("2021-12-06"), repeats: "weekly" },
      }),
    keep: (reply, state) => {
      state.session = reply.json<{ id: string }>().id;
    },
    says: "session",
  },
  {
    route: "POST /api/outreach/sessions/:id/move-date",
    as: "partner",
    call: (caller, { session, saved }) =>
      caller.send("POST", `/api/outreach/sessions/${session}/move-date`, {
        date: "2021-12-13",
        placeId: saved,
        rule: rule("2021-12-14"),
      }),
    says: "session savedAs",
  },
  {
    route: "GET /api/outreach/sessions",
    as: "partner",
    call: get("/api/outreach/sessions"),
    says: "sessions",
  },
  {
    route: "POST /api/outreach/sessions/:id/move",
    as: "partner",
    call: (caller, { session, saved }) =>
      caller.send("POST", `/api/outreach/sessions/${session}/move`, {
        placeId: saved,
        rule: rule("2021-12-07"),
      }),
    keep: (reply, state) => {
      state.session = reply.json<{ id: string }>().id;
    },
    says: "session savedAs",
  },
  {
    route: "POST /api/outreach/sessions/:id/cancel",
    as: "partner",
    call: (caller, { session }) =>
      caller.send("POST", `/api/outreach/sessions/${session}/cancel`, { date: "2021-12-07" }),
    says: "session",
  },
  {
    route: "POST /api/outreach/sessions/:id/restore",
    as: "partner",
    call: (caller, { session }) =>
      caller.send("POST", `/api/outreach/sessions/${session}/restore`, { date: "2021-12-07" }),
    says: "session",
  },
  {
    route: "POST /api/outreach/calendar/import",
    as: "partner",
    call: (caller, { saved }) =>
      caller.send("POST", "/api/outreach/calendar/import", {
        entries: [
          {
            key: "0".repeat(64),
            sessions: [
              {
                placeId: saved,
                rule: { ...rule("2021-12-08"), repeats: "weekly", days: [3, 5] },
              },
            ],
          },
        ],
        isCutOff: false,
        unread: 0,
      }),
    says: "sessions rejected",
  },
  {
    route: "GET /api/outreach/occurrences",
    as: "partner",
    call: get("/api/outreach/occurrences?from=2021-12-01&to=2021-12-31"),
    says: "from to sessions",
  },
  {
    route: "POST /api/outreach/out-now",
    as: "partner",
    call: (caller, { saved }) =>
      caller.send("POST", "/api/outreach/out-now", { placeId: saved, hours: 1 }),
    says: "session",
  },
  {
    route: "POST /api/keep-clear/notices/:id/confirm",
    as: "sergeant",
    call: async (caller) => {
      const listed = await caller.get("/api/keep-clear/notices");
      const [notice] = listed.json<{ notices: { id: string }[] }>().notices;
      return caller.send("POST", `/api/keep-clear/notices/${notice?.id}/confirm`);
    },
    says: "notice",
  },
  {
    route: "POST /api/keep-clear/ask",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/keep-clear/ask", {
        cell: cells[0],
        from: "2021-12-01T02:00:00Z",
        to: "2021-12-01T03:00:00Z",
      }),
    says: "",
  },
  {
    route: "POST /api/police-attended",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/police-attended", {
        cell: cells[0],
        from: "2021-11-25T02:00:00Z",
        to: "2021-11-25T03:00:00Z",
      }),
    keep: (reply, state) => {
      state.attended = reply.json<{ attended: { id: string }[] }>().attended[0]?.id ?? "";
    },
    says: "from",
  },
  {
    route: "GET /api/police-attended",
    as: "sergeant",
    call: get("/api/police-attended"),
    says: "",
  },
  {
    route: "GET /api/outreach/attended",
    as: "partner",
    call: get("/api/outreach/attended"),
    says: "rows",
  },
  {
    route: "DELETE /api/police-attended/:id",
    as: "sergeant",
    call: (caller, { attended }) => caller.send("DELETE", `/api/police-attended/${attended}`),
    says: "attendance",
  },
  {
    route: "GET /api/outreach/record",
    as: "partner",
    call: get("/api/outreach/record"),
    keep: (reply, state) => {
      const [row] = reply.json<{ rows: { sessionId: string; date: string }[] }>().rows;
      state.past = { session: row?.sessionId ?? "", date: row?.date ?? "" };
    },
    says: "sessions",
  },
  {
    route: "POST /api/outreach/sessions/:id/police-came",
    as: "partner",
    call: (caller, { past }) =>
      caller.send("POST", `/api/outreach/sessions/${past.session}/police-came`, {
        date: past.date,
      }),
    says: "session",
  },
  {
    route: "POST /api/outreach/objections",
    as: "partner",
    call: (caller) =>
      caller.send("POST", "/api/outreach/objections", {
        about: "patrols",
        words: "Too many cars by the elm",
      }),
    says: "about",
  },
  {
    route: "GET /api/outreach/objections",
    as: "partner",
    call: get("/api/outreach/objections"),
    says: "objections",
  },
  {
    route: "GET /api/coordinator",
    as: "coordinator",
    call: get("/api/coordinator"),
    keep: (reply, state) => {
      const { came, objections } = reply.json<Record<"came" | "objections", { id: string }[]>>();
      state.came = came[0]?.id ?? "";
      state.objection = objections[0]?.id ?? "";
    },
    says: "partners",
  },
  {
    route: "POST /api/coordinator/police-came/:id/read",
    as: "coordinator",
    call: (caller, { came }) => caller.send("POST", `/api/coordinator/police-came/${came}/read`),
    says: "",
  },
  {
    route: "POST /api/coordinator/objections/:id/answer",
    as: "coordinator",
    call: (caller, { objection }) =>
      caller.send("POST", `/api/coordinator/objections/${objection}/answer`, {
        answer: "Raised by the elm",
      }),
    says: "",
  },
  {
    route: "POST /api/outreach/sessions/:id/police-came/take-back",
    as: "partner",
    call: (caller, { past }) =>
      caller.send("POST", `/api/outreach/sessions/${past.session}/police-came/take-back`, {
        date: past.date,
      }),
    says: "session",
  },
  {
    route: "GET /api/outreach/calendar",
    as: "partner",
    call: get("/api/outreach/calendar"),
    says: "",
  },
  {
    route: "GET /api/outreach/views",
    as: "partner",
    call: get("/api/outreach/views"),
    says: "from rows",
  },
  {
    route: "POST /api/outreach/calendar/confirm",
    as: "partner",
    call: (caller) => caller.send("POST", "/api/outreach/calendar/confirm", {}),
    says: "",
  },
  {
    route: "DELETE /api/outreach/leave",
    as: "partner",
    call: (caller) => caller.send("DELETE", "/api/outreach/leave"),
    says: "",
  },
];
