import type { LiveTopic } from "#core/live.ts";
import type { Announced } from "#server/db/database.ts";

export interface Work {
  /** Whoever may hear of one of these is told without a further look. */
  readonly topics: readonly LiveTopic[];
  readonly sessions: boolean;
  readonly closed: boolean;
  readonly notices: boolean;
  /** Something may count as confirmed by now. */
  readonly told: boolean;
  readonly attended: boolean;
  /** Sessions with changes beyond their notice, by table. */
  readonly ofSession: readonly Announced[];
  readonly ofPartner: readonly Announced[];
  /** By code of the patrol partner. */
  readonly ofPatrolPartner: readonly Announced[];
}

/** By the clock alone: no table has changed. */
export const quietTable = "quiet";
/** They decide which new patrols wait, too. */
const riseTables = ["stop_rule", "stop_answer", "operation_rise"];

/** Topics that a table tells of by itself. */
const tablesOfTopic: Partial<Record<LiveTopic, readonly string[]>> = {
  plan: ["patrol_plan", "patrol_window", ...riseTables],
  tonight: ["patrol_stay", "patrol_seen"],
  operations: ["operation", ...riseTables],
  alerts: ["alert", "watch_look"],
  exchange: ["neighbour_agreement", "neighbour_total", "handover"],
  records: ["batch"],
  tallies: ["tally"],
  place_plans: [
    "place_plan",
    "place_plan_figure",
    "place_action",
    "meeting_series",
    "meeting_pack",
  ],
  comments: ["place_plan_comment", "place_plan_share"],
  drafts: ["release_draft", "release"],
  releases: ["release_draft", "release_objection", "release", "release_withdrawal"],
  openings: ["account_opening"],
  police_openings: ["police_opening"],
  streets: ["streets"],
};
/** What they tell depends on who listens, or on whether it shows. */
const tablesOf = {
  sessions: ["sign_in", "account"],
  closed: ["outreach_session", "session_exception", "calendar_report"],
  notices: ["session_notice"],
  attended: ["police_attended"],
  ofSession: ["session_exception", "session_notice", "police_came"],
  ofPartner: ["outreach_session", "saved_place", "calendar_report", "leaving", "account_opening"],
  ofPatrolPartner: ["patrol_window", "warden_notice", "lead_notice", "patrol_stay", "patrol_seen"],
} as const;

export const announcedTables: ReadonlySet<string> = new Set(
  [...Object.values(tablesOfTopic), ...Object.values(tablesOf)].flat(),
);

export function workOf(batch: readonly Announced[]): Work {
  const ofTables = (tables: readonly string[]) =>
    batch.filter(({ table }) => tables.includes(table));
  const has = (tables: readonly string[]) => ofTables(tables).length > 0;
  const topics = Object.entries(tablesOfTopic) as [LiveTopic, readonly string[]][];
  return {
    topics: topics.filter(([, tables]) => has(tables)).map(([topic]) => topic),
    sessions: has(tablesOf.sessions),
    closed: has(tablesOf.closed),
    notices: has(tablesOf.notices),
    told: has([quietTable]),
    attended: has(tablesOf.attended),
    ofSession: ofTables(tablesOf.ofSession),
    ofPartner: ofTables(tablesOf.ofPartner),
    ofPatrolPartner: ofTables(tablesOf.ofPatrolPartner).filter(({ id }) => id !== ""),
  };
}
