import type { H3Cell } from "#core/geo/cell.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

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

/** A named street or area, picked cells, or a circle around a point. */
export interface PlanArea {
  readonly by: PlanAreaWay;
  /** Of a named one; null otherwise. */
  readonly name: string | null;
  /** At resolution 10, each once. */
  readonly cells: readonly H3Cell[];
}

/** In this fixed order: partners lead, enforcement is last. */
export const responseParts = ["partners", "place", "diversion", "enforcement"] as const;
export type ResponsePart = (typeof responseParts)[number];
type PlanResponse = Readonly<Record<ResponsePart, string>>;

export const responseWords: Readonly<Record<ResponsePart, string>> = {
  partners: "Outreach and partners lead",
  place: "Change the place",
  diversion: "Diversion",
  enforcement: "Enforcement",
};

/** One place in the four parts of SARA, as written. Figures and assessment are pinned to it. */
export interface PlacePlan {
  /** Unique among plans. */
  readonly name: string;
  readonly area: PlanArea;
  readonly scanning: string;
  readonly analysis: string;
  readonly response: PlanResponse;
  readonly stopRule: string;
  /** London date `YYYY-MM-DD`. */
  readonly reviewOn: string;
  readonly state: PlanState;
  /** The outcome; a closed plan has one. */
  readonly result: string;
  /** Whether partners at the meeting may read its place, response and dates. */
  readonly isForMeeting: boolean;
}

/** More would be an operation, not a place. */
export const mostPlanCells = 400;
export const longestPlanName = 80;
/** A plan is looked at again within a year. */
export const longestReviewDays = 366;

/** Changes between two states, as short clauses; long texts are only noted as changed. */
export function planChanges(before: PlacePlan, after: PlacePlan): readonly string[] {
  return [
    ...changed("name", before.name, after.name),
    ...changed("state", planStateWords[before.state], planStateWords[after.state]),
    ...changed("review", formatDate(before.reviewOn), formatDate(after.reviewOn)),
    ...changed("place", areaWords(before.area), areaWords(after.area)),
    ...(["scanning", "analysis"] as const).flatMap((part) =>
      reworded(part, before[part], after[part]),
    ),
    ...responseParts.flatMap((part) =>
      reworded(
        `response, ${responseWords[part].toLowerCase()}`,
        before.response[part],
        after.response[part],
      ),
    ),
    ...reworded("stop rule", before.stopRule, after.stopRule),
    ...reworded("result", before.result, after.result),
    ...changed("at the meeting", spoken(before), spoken(after)),
  ];
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before}, now ${after}`];
}

function reworded(what: string, before: string, after: string): string[] {
  if (before === after) return [];
  if (before === "") return [`${what}: written`];
  return [after === "" ? `${what}: taken out` : `${what}: reworded`];
}

function spoken({ isForMeeting }: PlacePlan): string {
  return isForMeeting ? "yes" : "no";
}

/** "Fore Street (14 cells)" */
export function areaWords({ by, name, cells }: PlanArea): string {
  const said = name ?? (by === "point" ? "around a point of the map" : "chosen cell by cell");
  return `${said} (${formatQuantity(cells.length, "cell")})`;
}

/** What a partner has said of a place plan is kept so long. */
export const planCommentDays = 365;
