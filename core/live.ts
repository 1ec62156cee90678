import type { Role } from "#core/role.ts";

/** What an open screen can be told to look at again. Never what has changed about it. */
export const liveTopics = [
  /** Plans and their windows. */
  "plan",
  /** Protected time as police are shown it. */
  "keep_clear",
  /** Changes at short notice, and who confirmed them. */
  "notices",
  /** Of a partner: its own and nobody else's. */
  "sessions",
  "places",
  "calendar",
  "record",
  /** Whether police were told of own late sessions, and confirmed. */
  "told",
  /** Who has confirmed its calendar, and where police came: for the coordinator. */
  "partners",
  /** What was opened for accounts, and a second person's word on it; a partner hears of its own. */
  "openings",
  /** The same of police accounts alone: for sergeants. */
  "police_openings",
  /** Operations, their areas and phases. */
  "operations",
  /** Clusters of reports around operations, and what was decided about them. */
  "alerts",
  /** Agreements with neighbours, totals given, alerts handed over. */
  "exchange",
  /** A file came in, or was taken back. */
  "records",
  /** Typed totals, and so the figures of Outcomes. */
  "tallies",
  /** Plans of places, actions, the series of the meeting and its packs. */
  "place_plans",
  /** What partners said about plans, and with whom they are shared: for the coordinator. */
  "comments",
  /** Releases, drafts that wait and what holds them. */
  "releases",
  /** Drafts that wait, for a partner: what holds them is nobody's to hear of. */
  "drafts",
  /** Streets came under the maps, or went. */
  "streets",
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Who is told of what: no more than what the role may read. Whoever is not named hears nothing. */
export const liveTopicsOf: Partial<Record<Role, readonly LiveTopic[]>> = {
  sergeant: [
    "plan",
    "keep_clear",
    "notices",
    "police_openings",
    "operations",
    "alerts",
    "exchange",
    "records",
    "tallies",
    "place_plans",
    "streets",
  ],
  analyst: [
    ...(["operations", "alerts", "exchange", "records", "tallies", "place_plans"] as const),
    ...(["releases", "streets"] as const),
  ],
  partner: [
    ...(["sessions", "places", "calendar", "record", "told", "openings", "drafts"] as const),
    "streets",
  ],
  coordinator: ["partners", "openings", "place_plans", "comments", "releases", "streets"],
  auditor: ["openings", "releases"],
};

/**
 * GET /api/live?since= : server-sent events. `look` names one topic; `beat` comes between them, so that a
 * connection that went silent is noticed. The id of each is the server's clock: given back as
 * `Last-Event-ID` or `since`, it brings what has changed from then on.
 */
export const beatEveryMs = 20_000;
