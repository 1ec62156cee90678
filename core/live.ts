import type { Role } from "#core/role.ts";

/** What an open screen is told to reload; never what changed. */
export const liveTopics = [
  "plan",
  "keep_clear",
  "notices",
  /** Taps at stops, and what units know to be lost. */
  "tonight",
  /** A partner's own sessions only. */
  "sessions",
  "places",
  "calendar",
  "record",
  /** Whether police were told of own late sessions, and confirmed. */
  "told",
  /** Who has confirmed its calendar, and where police came: for the coordinator. */
  "partners",
  /** Openings of accounts and second persons' decisions; a partner hears of its own. */
  "openings",
  /** The same for police accounts only: for sergeants. */
  "police_openings",
  "operations",
  "alerts",
  "exchange",
  "records",
  /** Typed totals, and so the figures of Outcomes. */
  "tallies",
  /** Plans of places, actions, the series of the meeting and its packs. */
  "place_plans",
  "comments",
  /** Releases, drafts that wait and what holds them. */
  "releases",
  /** Waiting drafts, for a partner, who is not told what holds them. */
  "drafts",
  "streets",
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Never more than the role may read. A role not listed hears nothing. */
export const liveTopicsOf: Partial<Record<Role, readonly LiveTopic[]>> = {
  sergeant: [
    "plan",
    "keep_clear",
    "notices",
    "tonight",
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
  /** Its own patrols, taps and notices only. */
  warden: ["plan", "keep_clear", "notices", "tonight", "streets"],
};

/**
 * GET /api/live?since= : server-sent events. `look` names one topic; a `beat` between them reveals
 * a dead connection. Each id is the server's clock: sent back as `Last-Event-ID` or `since`, it
 * resumes from there.
 */
export const beatEveryMs = 20_000;
