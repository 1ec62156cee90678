export const planStates = ["open", "in_review", "closed"] as const;
export type PlanState = (typeof planStates)[number];

export const planStateWords: Readonly<Record<PlanState, string>> = {
  open: "Open",
  in_review: "In review",
  closed: "Closed",
};

/** How a plan's place was given; any way, it becomes cells. */
export const planAreaWays = ["named", "picked", "point"] as const;
export type PlanAreaWay = (typeof planAreaWays)[number];

/** In this fixed order: partners lead, enforcement is last. */
export const responseParts = ["partners", "place", "diversion", "enforcement"] as const;
export type ResponsePart = (typeof responseParts)[number];

export const responseWords: Readonly<Record<ResponsePart, string>> = {
  partners: "Outreach and partners lead",
  place: "Change the place",
  diversion: "Diversion",
  enforcement: "Enforcement",
};

/** Free text beside the response: its heading, and what to write there. */
export const planTexts = {
  scanning: {
    label: "Scanning: what is seen",
    hint: "What residents and partners report, where and when.",
  },
  analysis: {
    label: "Analysis: why there, why then",
    hint: "Once the plan is saved, pin figures from Hotspots.",
  },
  stopRule: {
    label: "When to stop this plan",
    hint: "When it does harm or no good. Agree on this first.",
  },
  result: { label: "Result", hint: "What came of it." },
} as const;
export type PlanText = keyof typeof planTexts;

/** More would be an operation, not a place. */
export const mostPlanCells = 400;
export const longestPlanName = 80;
/** A plan is looked at again within a year. */
export const longestReviewDays = 366;

/** What a partner has said of a place plan is kept so long. */
export const planCommentDays = 365;
