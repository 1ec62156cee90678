export const alertStates = ["open", "acknowledged", "handed_over", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

/** Not decided yet: the one meaning of "open" wherever alerts are counted. */
export const isOpen = (state: AlertState): boolean => state === "open";

export const isOurs = (state: AlertState): boolean => isOpen(state) || state === "acknowledged";

export const alertActs = ["raised", "seen_again", "acknowledged", "handed_over", "closed"] as const;
export type AlertAct = (typeof alertActs)[number];

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

/** Whom an alert is handed to at a neighbour, by role; outreach first. */
export const handoverRoles = ["outreach", "liaison", "neighbourhood_team"] as const;
export type HandoverRole = (typeof handoverRoles)[number];

export const handoverRoleWords: Readonly<Record<HandoverRole, string>> = {
  outreach: "their outreach service",
  liaison: "their liaison officer",
  neighbourhood_team: "their neighbourhood team",
};
