import type { AlertState } from "#core/displacement/watch/follow.ts";

/** What has happened to an alert, in the words of its history. */
export const alertActs = ["raised", "seen_again", "acknowledged", "handed_over", "closed"] as const;
export type AlertAct = (typeof alertActs)[number];

/** What a person does to one, and from where. */
export const decisions = ["acknowledged", "handed_over", "closed"] as const;
export type AlertDecision = (typeof decisions)[number];

const allowedFrom: Readonly<Record<AlertDecision, readonly AlertState[]>> = {
  acknowledged: ["open"],
  handed_over: ["open", "acknowledged"],
  closed: ["open", "acknowledged", "handed_over"],
};

export function mayFollow(state: AlertState, decision: AlertDecision): boolean {
  return allowedFrom[decision].includes(state);
}

/** Whom of a neighbour an alert is handed to, by role; their outreach comes first. */
export const handoverRoles = ["outreach", "liaison", "neighbourhood_team"] as const;
export type HandoverRole = (typeof handoverRoles)[number];

export const handoverRoleWords: Readonly<Record<HandoverRole, string>> = {
  outreach: "their outreach service",
  liaison: "their liaison officer",
  neighbourhood_team: "their neighbourhood team",
};
