import type {
  StopActor,
  StopAnswer,
  StopChoice,
  StopReply,
  StopRule,
} from "#core/displacement/wire/stop-rule.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export const stopChoiceWords: Readonly<Record<StopChoice, string>> = {
  pause: "pause new patrols of this operation and review it",
  hours: "move its hours",
  area: "widen its area",
  neighbour: "tell the neighbour across that boundary",
  partners: "ask partners first what they see",
};

export const stopActorWords: Readonly<Record<StopActor, string>> = {
  sergeant: "the sergeant",
  analyst: "the analyst",
  presenter: "whoever presents at the panel",
  admin: "the administrator",
};

type Agreed = Pick<StopRule, "choices" | "acts" | "withinDays">;

/** "pause new patrols of this operation and review it, and move its hours" */
function deeds({ choices }: Agreed): string {
  const words = choices.map((choice) => stopChoiceWords[choice]);
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")}, and ${last}`;
}

/** For the screen, papers and residents alike; it holds no count. */
export function stopRuleSentence(rule: Agreed): string {
  return `If reports rise at a boundary: ${deeds(rule)}. Done by ${stopActorWords[rule.acts]} within ${formatQuantity(rule.withinDays, "day")}.`;
}

/** Whether it would not be the first, set beforehand. */
export function needsReason(
  { inForce, firstLookOn }: Pick<StopReply, "inForce" | "firstLookOn">,
  today: string,
): boolean {
  return inForce !== null || today >= firstLookOn;
}

/** Last day on which it is done in time. Days count from the rise, or from the first rule if none was agreed by then. */
export function stopDueOn(
  { inForce, earlier }: Pick<StopReply, "inForce" | "earlier">,
  shownOn: string,
): string | null {
  if (!inForce) return null;
  const agreedOn = [...earlier, inForce].flatMap(({ confirmedOn }) => confirmedOn ?? []).toSorted();
  const from = agreedOn[0] !== undefined && agreedOn[0] > shownOn ? agreedOn[0] : shownOn;
  return addDays(from, inForce.withinDays);
}

/** How it was agreed: when, and whether before anybody could look. */
export function stopAgreedWords({
  inForce,
  firstLookOn,
  earlier,
}: Omit<StopReply, "answers" | "risen">): string {
  if (inForce?.confirmedOn == null) return "";
  const when = `Agreed on ${dateName(inForce.confirmedOn)}`;
  if (inForce.confirmedOn < firstLookOn) return `${when}, before the first weekly check.`;
  const instead = earlier.length > 0 ? " in place of an earlier rule" : "";
  return `${when}${instead}, after the first weekly check on ${dateName(firstLookOn)}.`;
}

/** Where nothing is agreed yet: until when it is set beforehand. */
export function stopNotAgreedWords(
  reply: Pick<StopReply, "inForce" | "firstLookOn">,
  today: string,
): string {
  const day = dateName(reply.firstLookOn);
  return needsReason(reply, today)
    ? `The first weekly check was on ${day}. Whoever agrees a rule now knows the result, so it needs a reason.`
    : `Agree it before the first weekly check on ${day}, so that nobody decides with the result in hand.`;
}

/** What was done, and whether two people have said it. */
export function stopAnswerWords(answer: StopAnswer): string {
  const { asAgreed, answeredOn, byTwo, confirmedBy } = answer;
  const done = `done ${asAgreed ? "as agreed" : "otherwise"}, recorded on ${dateName(answeredOn)}`;
  if (!byTwo) return `${done} by one person, before two were asked`;
  return `${done}, ${confirmedBy === null ? "waits for a second person" : `confirmed by ${confirmedBy}`}`;
}

export const waitsForSecond = ({ byTwo, confirmedOn }: StopAnswer) => byTwo && confirmedOn === null;

/** Boundaries that have risen, each with what became of it. */
export function stopDue({ risen, answers }: Pick<StopReply, "risen" | "answers">) {
  return risen.map(({ neighbour, shownOn }) => ({
    neighbour,
    shownOn,
    answer: answers.find((one) => one.neighbour === neighbour) ?? null,
  }));
}
