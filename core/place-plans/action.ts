import type { WordsFault } from "#core/text/free-words.ts";
import {
  faultsOfOutreachWords,
  faultsOfSharedWords,
  type WordsJudge,
} from "#core/text/outreach-times.ts";
import { addDays } from "#core/time/zone.ts";

/** An office, never a person. Outreach and the coordinator come first. */
export const actionOwners = [
  "outreach",
  "coordinator",
  "council_lighting",
  "council_housing",
  "council_cleansing",
  "council_licensing",
  "council_community_safety",
  "highways",
  "transport",
  "health",
  "neighbourhood_policing",
] as const;
export type ActionOwner = (typeof actionOwners)[number];

export const ownerWords: Readonly<Record<ActionOwner, string>> = {
  outreach: "Outreach",
  coordinator: "Coordinator",
  council_lighting: "Council: street lighting",
  council_housing: "Council: housing",
  council_cleansing: "Council: street cleansing",
  council_licensing: "Council: licensing",
  council_community_safety: "Council: community safety",
  highways: "Highways",
  transport: "Public transport",
  health: "Health",
  neighbourhood_policing: "Neighbourhood policing",
};

export const actionStates = ["open", "done", "dropped"] as const;
export type ActionState = (typeof actionStates)[number];

export const actionStateWords: Readonly<Record<ActionState, string>> = {
  open: "Open",
  done: "Done",
  dropped: "Dropped",
};

export interface PlaceAction {
  readonly words: string;
  readonly owner: ActionOwner;
  /** London date. */
  readonly dueOn: string;
  readonly state: ActionState;
}

export const longestAction = 300;
/** In days; anything further ahead belongs in a plan. */
export const farthestDueDays = 731;

/** Outreach's actions are judged as outreach's work. */
export function actionJudge(owner: ActionOwner): WordsJudge {
  return owner === "outreach" ? faultsOfOutreachWords : faultsOfSharedWords;
}

export function actionWordsFaults(words: string, owner: ActionOwner): readonly WordsFault[] {
  return actionJudge(owner)("words", words, { most: longestAction, isOptional: false });
}

/** `kept`: the stored action, whose date may be past. */
export function checkAction(
  action: Pick<PlaceAction, "words" | "owner" | "dueOn">,
  {
    asAt,
    kept,
  }: { readonly asAt: string; readonly kept: Pick<PlaceAction, "owner" | "dueOn"> | null },
): readonly WordsFault[] {
  const words = actionWordsFaults(action.words, action.owner);
  const isKept = action.dueOn === kept?.dueOn;
  if (isKept && action.owner === kept.owner) return words;
  if (!isKept && action.dueOn < asAt) {
    return [...words, { field: "dueOn", reason: "This day is past. Enter a due date." }];
  }
  const reason = dueFault(action, asAt);
  return reason === null ? words : [...words, { field: "dueOn", reason }];
}

function dueFault(
  { owner, dueOn }: Pick<PlaceAction, "owner" | "dueOn">,
  asAt: string,
): string | null {
  if (dueOn > addDays(asAt, farthestDueDays)) {
    return "This is more than two years ahead. Choose an earlier day.";
  }
  // Packs are shared at meetings and plans are read by police (SAFEGUARDS 13).
  return owner === "outreach" && !addDays(dueOn, 1).endsWith("-01")
    ? "For outreach choose the last day of a month. Any other day could show when outreach comes."
    : null;
}

/** Open and due before the as-at date. */
export function isOverdue(
  { state, dueOn }: Pick<PlaceAction, "state" | "dueOn">,
  asAt: string,
): boolean {
  return state === "open" && dueOn < asAt;
}
