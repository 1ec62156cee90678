import { footprintOf } from "#core/protected-time/footprint.ts";
import { type AuditSample, sample } from "#tests/support/audit-sample.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import { once } from "#tests/support/partner-care.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);

/** A partner's calls, and the notice that one of them leaves for a sergeant; each finds what it needs. */
export const outreachSamples: readonly AuditSample[] = [
  sample("partner", "POST /api/outreach/places", "place", {
    body: { label: "By the elm", ...spot },
    keep: { place: "id" },
  }),
  sample("partner", "PATCH /api/outreach/places/:id=place", "place", {
    body: { label: "By the oak" },
  }),
  sample("partner", "GET /api/outreach/places", "places", {
    keep: (reply, { place }) => {
      const { places } = reply.json<{ places: { id: string }[] }>();
      return { saved: places.find(({ id }) => id !== place)?.id ?? "" };
    },
  }),
  sample("partner", "DELETE /api/outreach/places/:id=place", "place"),
  sample("partner", "POST /api/outreach/sessions", "session", {
    body: ({ saved }) => ({ placeId: saved, rule: { ...once("2021-12-06"), repeats: "weekly" } }),
    keep: { session: "id" },
  }),
  sample("partner", "POST /api/outreach/sessions/:id=session/move-date", "session savedAs", {
    body: ({ saved }) => ({ date: "2021-12-13", placeId: saved, rule: once("2021-12-14") }),
  }),
  sample("partner", "GET /api/outreach/sessions", "sessions"),
  sample("partner", "POST /api/outreach/sessions/:id=session/move", "session savedAs", {
    body: ({ saved }) => ({ placeId: saved, rule: once("2021-12-07") }),
    keep: { session: "id" },
  }),
  sample("partner", "POST /api/outreach/sessions/:id=session/cancel", "session", {
    body: { date: "2021-12-07" },
  }),
  sample("partner", "POST /api/outreach/sessions/:id=session/restore", "session", {
    body: { date: "2021-12-07" },
  }),
  sample("partner", "POST /api/outreach/calendar/import", "sessions rejected confirmed", {
    body: ({ saved }) => ({
      entries: [
        {
          key: "0".repeat(64),
          sessions: [
            {
              placeId: saved,
              rule: { ...once("2021-12-08"), repeats: "weekly", days: [3, 5] },
            },
          ],
        },
      ],
      isCutOff: false,
      unread: 0,
    }),
  }),
  sample(
    "partner",
    "GET /api/outreach/occurrences?from=2021-12-01&to=2021-12-31",
    "from to sessions",
  ),
  sample("partner", "POST /api/outreach/out-now", "session", {
    body: ({ saved }) => ({ placeId: saved, hours: 1 }),
  }),
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
  sample("sergeant", "POST /api/keep-clear/ask", "", {
    body: { cell: cells[0], from: "2021-12-01T02:00:00Z", to: "2021-12-01T03:00:00Z" },
  }),
  sample("sergeant", "POST /api/police-attended", "from", {
    body: { cell: cells[0], from: "2021-11-25T02:00:00Z", to: "2021-11-25T03:00:00Z" },
    keep: (reply) => ({
      attended: reply.json<{ attended: { id: string }[] }>().attended[0]?.id ?? "",
    }),
  }),
  sample("sergeant", "GET /api/police-attended", ""),
  sample("partner", "GET /api/outreach/attended", "rows"),
  sample("sergeant", "DELETE /api/police-attended/:id=attended", "attendance"),
  sample("partner", "GET /api/outreach/record", "sessions", {
    keep: (reply) => {
      const [row] = reply.json<{ rows: { sessionId: string; date: string }[] }>().rows;
      return { pastSession: row?.sessionId ?? "", pastDate: row?.date ?? "" };
    },
  }),
  sample("partner", "POST /api/outreach/sessions/:id=pastSession/police-came", "session", {
    body: ({ pastDate }) => ({ date: pastDate }),
  }),
  sample("partner", "POST /api/outreach/objections", "about", {
    body: { about: "patrols", words: "Too many cars by the elm" },
  }),
  sample("partner", "GET /api/outreach/objections", "objections"),
  sample("coordinator", "GET /api/coordinator", "partners", {
    keep: (reply) => {
      const { came, objections } = reply.json<Record<"came" | "objections", { id: string }[]>>();
      return { came: came[0]?.id ?? "", objection: objections[0]?.id ?? "" };
    },
  }),
  sample("coordinator", "POST /api/coordinator/police-came/:id=came/read", ""),
  sample("coordinator", "POST /api/coordinator/objections/:id=objection/answer", "", {
    body: { answer: "Raised by the elm" },
  }),
  sample(
    "partner",
    "POST /api/outreach/sessions/:id=pastSession/police-came/take-back",
    "session",
    { body: ({ pastDate }) => ({ date: pastDate }) },
  ),
  sample("partner", "GET /api/outreach/calendar", ""),
  sample("partner", "GET /api/outreach/views", "from rows"),
  sample("partner", "POST /api/outreach/calendar/confirm", "", { body: {} }),
  sample("partner", "DELETE /api/outreach/leave", ""),
];
