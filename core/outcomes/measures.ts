import type { EventKind } from "#core/records/kinds.ts";

/** In display order: outreach, then diversion, then enforcement. */
export const tallyGroups = ["outreach", "diversion", "enforcement"] as const;
export type TallyGroup = (typeof tallyGroups)[number];

/** Parts of a whole: everyone counted is in exactly one of them. */
export interface Breakdown {
  readonly label: string;
  readonly parts: Readonly<Record<string, string>>;
  /** Needs a recorded lawful basis, and is typed as totals of a year of 10 or more. */
  readonly isSensitive?: true;
}

const yesNo = { yes: "Yes", no: "No", not_recorded: "Not recorded" } as const;

export const breakdowns = {
  residence: {
    label: "Where they live",
    parts: {
      within_command: "Within the area",
      elsewhere_london: "Elsewhere in the region",
      outside_london: "Outside the region",
      not_known: "Not known",
    },
  },
  known_before: { label: "Previously known to police", parts: yesNo },
  age: {
    label: "Age",
    parts: {
      under_18: "Under 18",
      from_18: "18 to 24",
      from_25: "25 to 34",
      from_35: "35 to 44",
      from_45: "45 and over",
      not_known: "Not known",
    },
  },
  prior_outreach: { label: "Outreach was offered first", parts: yesNo },
  nationality: {
    label: "Nationality",
    parts: {
      uk: "United Kingdom",
      europe: "Elsewhere in Europe",
      other: "Other",
      not_known: "Not known",
    },
    isSensitive: true,
  },
  drug_use: { label: "Drug use", parts: yesNo, isSensitive: true },
} as const satisfies Readonly<Record<string, Breakdown>>;
export type BreakdownName = keyof typeof breakdowns;
export const sensitiveBreakdowns = ["nationality", "drug_use"] as const;
export type SensitiveBreakdown = (typeof sensitiveBreakdowns)[number];

export interface Measure {
  readonly label: string;
  /** What counts as one, said beside the figure. */
  readonly definition: string;
  readonly group: TallyGroup;
  readonly breakdowns: readonly BreakdownName[];
  /** Also counted from events: the count leads, and the typed total stands beside it. */
  readonly event?: Extract<EventKind, "arrest" | "stop_search">;
  /** In no figure for a presenter, the public or a file of Outcomes: told by partners, or for the guarantee alone. */
  readonly isKept?: true;
}

const people = ["residence", "known_before", "age", "nationality", "drug_use"] as const;

const inGroup =
  (group: TallyGroup) =>
  (label: string, definition: string, more: Partial<Measure> = {}): Measure => ({
    label,
    definition,
    group,
    breakdowns: [],
    ...more,
  });
const outreach = inGroup("outreach");
const diversion = inGroup("diversion");
const enforcement = inGroup("enforcement");

export const measures = {
  reports_by_women: outreach(
    "Reports of harm made by women",
    "Reports to police by women who sell sex or live nearby, about harm done to them.",
  ),
  referrals_to_advisers: outreach(
    "Referrals to independent advisers",
    "Referrals taken up by an adviser independent of police.",
  ),
  harm_reported_to_partners: outreach(
    "Incidents of harm reported to partners",
    "One figure, counted by partners. Not the released reports of harm made by women, which are reports to police; some may be in both. It cannot be printed or downloaded.",
    { isKept: true },
  ),
  questions_received: outreach(
    "Questions from the public",
    "Questions to the neighbourhood team from residents and businesses.",
    { isKept: true },
  ),
  questions_answered: outreach(
    "Questions answered within 72 hours",
    "Of the questions received in the period, those answered within 72 hours.",
    { isKept: true },
  ),
  reports_passed_on: outreach(
    "Harm reports passed to police with consent",
    "Of the harm reported to partners, reports that they passed to police because whoever made them agreed. One figure, counted by partners. It cannot be printed or downloaded.",
    { isKept: true },
  ),
  course_places_offered: diversion(
    "Diversion course places offered",
    "Places on a diversion course offered in the period.",
  ),
  course_places_booked: diversion(
    "Diversion course places booked",
    "Of the places offered in the period, those booked at any time.",
  ),
  course_places_attended: diversion(
    "Diversion course places attended",
    "Of the places offered in the period, those where the course was started.",
  ),
  course_places_completed: diversion(
    "Diversion course places completed",
    "Of the places offered in the period, those where the course was finished.",
  ),
  awareness_courses: diversion(
    "Awareness courses attended",
    "People who attended an awareness course in place of a prosecution.",
  ),
  conditional_cautions: diversion(
    "Conditional cautions",
    "Cautions with a condition, such as a course; not among the cautions.",
  ),
  arrests: enforcement("Arrests", "Arrests of every kind in the area.", { event: "arrest" }),
  stop_searches: enforcement(
    "Stop and search",
    "All stops and searches of people and vehicles in the area.",
    { event: "stop_search" },
  ),
  cautions: enforcement("Cautions", "Cautions given for kerb crawling or soliciting."),
  sex_workers_identified: enforcement(
    "People identified by police as sex workers",
    "People, each counted once in the period.",
    { breakdowns: people },
  ),
  kerb_crawlers_identified: enforcement(
    "People identified by police as kerb crawlers",
    "People, each counted once in the period.",
    { breakdowns: people },
  ),
  protection_warnings: enforcement(
    "Community protection warnings",
    "Warnings (CPW) served in the period.",
    { breakdowns: ["prior_outreach"] },
  ),
  protection_notices: enforcement(
    "Community protection notices",
    "Notices (CPN) served in the period.",
    { breakdowns: ["prior_outreach"] },
  ),
} satisfies Readonly<Record<string, Measure>>;
export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as [MeasureName, ...MeasureName[]];

export function measureOf(name: MeasureName): Measure {
  return measures[name];
}

/** Each stage is a part of the one before, by date of the offer. */
export const funnelStages = [
  "course_places_offered",
  "course_places_booked",
  "course_places_attended",
  "course_places_completed",
] as const satisfies readonly MeasureName[];
export type FunnelStage = (typeof funnelStages)[number];

export const snapshotMeasures = [
  "arrests",
  "stop_searches",
  "cautions",
  "sex_workers_identified",
  "kerb_crawlers_identified",
] as const satisfies readonly MeasureName[];

export function breakdownOf(name: BreakdownName): Breakdown {
  return breakdowns[name];
}

/** "Within the command"; null for a part of another breakdown. */
export function partLabel(breakdown: BreakdownName, part: string): string | null {
  const { parts } = breakdownOf(breakdown);
  return Object.hasOwn(parts, part) ? (parts[part] ?? null) : null;
}
