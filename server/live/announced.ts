import type { Announced } from "#server/db/database.ts";

/** Of a batch of announcements, what has to be looked into. */
export interface Work {
  /** Something was drafted, discarded or approved. */
  readonly drafts: boolean;
  /** Sessions of browsers may have ended. */
  readonly sessions: boolean;
  readonly plans: boolean;
  readonly operations: boolean;
  /** What is closed may have changed. */
  readonly closed: boolean;
  readonly notices: boolean;
  /** Police wrote down where they attended an emergency. */
  readonly attended: boolean;
  /** Somebody has looked around an operation, or decided about what was found. */
  readonly alerts: boolean;
  /** Something was agreed with a neighbour, given, handed over or told. */
  readonly exchange: boolean;
  /** A batch of records came in or was taken back. */
  readonly records: boolean;
  /** Somebody typed or corrected a total. */
  readonly tallies: boolean;
  /** Somebody kept a plan of a place, an action or a pack of the meeting. */
  readonly placePlans: boolean;
  /** A partner said something about a plan, or one was shared. */
  readonly comments: boolean;
  /** Something was drafted, held, approved or withdrawn. */
  readonly releases: boolean;
  /** Something was opened for an account, or a second person has spoken. */
  readonly openings: boolean;
  /** The same of a police account. */
  readonly policeOpenings: boolean;
  /** Streets under the maps came or went (server/places/streets/change-streets.ts). */
  readonly streets: boolean;
  /** Numbers of sessions of which more than the notice has changed, by table. */
  readonly ofSession: readonly Announced[];
  readonly ofPartner: readonly Announced[];
}

const ofSessionTables = ["session_exception", "session_notice", "police_came"];
const closingTables = ["outreach_session", "session_exception", "calendar_report"];

export function workOf(batch: readonly Announced[]): Work {
  const has = (...tables: string[]) => batch.some(({ table }) => tables.includes(table));
  return {
    sessions: has("sign_in", "account"),
    plans: has("patrol_plan", "patrol_window"),
    operations: has("operation"),
    closed: has(...closingTables),
    notices: has("session_notice"),
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
    ofPartner: batch.filter(({ table }) => ofPartnerTables.includes(table)),
  };
}

const ofPartnerTables = [
  "outreach_session",
  "saved_place",
  "calendar_report",
  "leaving",
  "account_opening",
];
