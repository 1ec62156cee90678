export const alertStates = ["open", "acknowledged", "handed_over", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

/** Nobody has decided anything about it yet: the one meaning of "open" wherever alerts are counted. */
export const isOpen = (state: AlertState): boolean => state === "open";

/** Still the own command's to look at: neither handed over nor closed. */
export const isOurs = (state: AlertState): boolean => isOpen(state) || state === "acknowledged";

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
