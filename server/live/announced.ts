import type { Announced } from "#server/db/database.ts";

export interface Work {
  readonly drafts: boolean;
  readonly sessions: boolean;
  readonly plans: boolean;
  readonly tonight: boolean;
  readonly operations: boolean;
  readonly closed: boolean;
  readonly notices: boolean;
  /** Something may count as confirmed by now. */
  readonly told: boolean;
  readonly attended: boolean;
  readonly alerts: boolean;
  readonly exchange: boolean;
  readonly records: boolean;
  readonly tallies: boolean;
  readonly placePlans: boolean;
  readonly comments: boolean;
  readonly releases: boolean;
  readonly openings: boolean;
  readonly policeOpenings: boolean;
  readonly streets: boolean;
  /** Sessions with changes beyond their notice, by table. */
  readonly ofSession: readonly Announced[];
  readonly ofPartner: readonly Announced[];
  /** By code of the patrol partner. */
  readonly ofPatrolPartner: readonly Announced[];
}

/** By the clock alone: no table has changed. */
export const quietTable = "quiet";
const ofSessionTables = ["session_exception", "session_notice", "police_came"];
/** They decide which new patrols wait, too. */
const riseTables = ["stop_rule", "stop_answer", "operation_rise"];
const closingTables = ["outreach_session", "session_exception", "calendar_report"];

export function workOf(batch: readonly Announced[]): Work {
  const has = (...tables: string[]) => batch.some(({ table }) => tables.includes(table));
  return {
    sessions: has("sign_in", "account"),
    plans: has("patrol_plan", "patrol_window", ...riseTables),
    tonight: has("patrol_stay", "patrol_seen"),
    operations: has("operation", ...riseTables),
    closed: has(...closingTables),
    notices: has("session_notice"),
    told: batch.some(({ table }) => table === quietTable),
    attended: has("police_attended"),
    alerts: has("alert", "watch_look"),
    exchange: has("neighbour_agreement", "neighbour_total", "handover"),
    records: has("batch"),
    tallies: has("tally"),
    placePlans: has(
      "place_plan",
      "place_plan_figure",
      "place_action",
      "meeting_series",
      "meeting_pack",
    ),
    comments: has("place_plan_comment", "place_plan_share"),
    drafts: has("release_draft", "release"),
    releases: has("release_draft", "release_objection", "release", "release_withdrawal"),
    openings: has("account_opening"),
    policeOpenings: has("police_opening"),
    streets: has("streets"),
    ofSession: batch.filter(({ table }) => ofSessionTables.includes(table)),
    ofPatrolPartner: batch.filter(
      ({ table, id }) => ofPatrolPartnerTables.includes(table) && id !== "",
    ),
    ofPartner: batch.filter(({ table }) => ofPartnerTables.includes(table)),
  };
}

const ofPatrolPartnerTables = [
  "patrol_window",
  "warden_notice",
  "lead_notice",
  "patrol_stay",
  "patrol_seen",
];
const ofPartnerTables = [
  "outreach_session",
  "saved_place",
  "calendar_report",
  "leaving",
  "account_opening",
];
