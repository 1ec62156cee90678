import { cutAtCommand } from "#core/displacement/operation-area.ts";
import {
  longestPlanName,
  longestReviewDays,
  mostPlanCells,
  type ResponsePart,
  responseParts,
} from "#core/place-plans/plan.ts";
import type { PlacePlan } from "#core/place-plans/wire/place-plans.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { mostFreeWords, type WordsFault } from "#core/text/free-words.ts";
import { formatCount } from "#core/text/numbers.ts";
import {
  faultsOfOutreachWords,
  faultsOfPlaceWords,
  faultsOfSharedWords,
  type WordsJudge,
} from "#core/text/outreach-times.ts";
import { hasUnseen, unseenReason } from "#core/text/shown-name.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** How each part's words are judged: partner-led parts as outreach's work. */
export const responseJudges: Readonly<Record<ResponsePart, WordsJudge>> = {
  partners: faultsOfOutreachWords,
  place: faultsOfSharedWords,
  diversion: faultsOfSharedWords,
  enforcement: faultsOfSharedWords,
};

export interface PlanGround {
  readonly command: Pick<StudySet, "indexOf" | "name">;
  /** London date. */
  readonly asAt: string;
  /** The stored review date, which may be past. Null for a new plan. */
  readonly keptReviewOn: string | null;
}

/** Every fault of a place plan, by field; page and server both check this. */
export function checkPlan(plan: PlacePlan, ground: PlanGround): readonly WordsFault[] {
  return [
    ...nameFaults(plan.name),
    ...areaFaults(plan, ground),
    ...(["scanning", "analysis", "stopRule"] as const).flatMap((field) =>
      faultsOfPlaceWords(field, plan[field]),
    ),
    ...responseParts.flatMap((part) =>
      responseJudges[part](`response.${part}`, plan.response[part]),
    ),
    ...reviewFaults(plan, ground),
    ...resultFaults(plan),
  ];
}

function nameFaults(name: string): readonly WordsFault[] {
  if (name.trim() === "") return [{ field: "name", reason: "Enter the place." }];
  if (hasUnseen(name)) return [{ field: "name", reason: unseenReason }];
  return faultsOfSharedWords("name", name, { most: longestPlanName, isOptional: false });
}

function areaFaults({ area }: PlacePlan, { command }: PlanGround): readonly WordsFault[] {
  const { inside, outside } = cutAtCommand(area.cells, command);
  const fault = (reason: string) => [{ field: "area", reason }];
  if (area.cells.length === 0) {
    return fault("Choose the place: a street, an area, cells, or a point on the map.");
  }
  if (inside.length === 0)
    return fault(`It is entirely outside ${command.name}. Choose one inside.`);
  if (inside.length > mostPlanCells) {
    return fault(
      `A place can have at most ${mostPlanCells} cells; this has ${formatCount(inside.length)}${outside > 0 ? " in the area" : ""}. Choose a smaller one, or make it an operation.`,
    );
  }
  return area.by === "named" && area.name === null ? fault("Choose the name again.") : [];
}

function reviewFaults(
  { reviewOn, state }: PlacePlan,
  { asAt, keptReviewOn }: PlanGround,
): readonly WordsFault[] {
  if (state === "closed" || reviewOn === keptReviewOn) return [];
  const fault = (reason: string) => [{ field: "reviewOn", reason }];
  if (reviewOn < asAt) {
    return fault(`${formatDate(reviewOn)} is in the past. Choose the next review date.`);
  }
  const last = addDays(asAt, longestReviewDays);
  return reviewOn > last ? fault(`Review the plan within a year, by ${formatDate(last)}.`) : [];
}

function resultFaults({ state, result }: PlacePlan): readonly WordsFault[] {
  if (state === "closed" && result.trim() === "") {
    return [{ field: "result", reason: "Enter the result before you close it." }];
  }
  return faultsOfPlaceWords("result", result, { most: mostFreeWords, isOptional: true });
}
