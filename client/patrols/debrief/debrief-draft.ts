import { formatMinutes } from "#client/patrols/plan-words.ts";
import {
  type DebriefBody,
  type DebriefShift,
  type DebriefsReply,
  type MissedOutcome,
  missedOutcomes,
  type Outcome,
} from "#core/patrols/wire/debrief.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export type ShiftWindow = DebriefShift["windows"][number];
type ShiftStop = ShiftWindow["stops"][number];

/** Missed outcome by stop; stops not in it were done. */
export type DebriefDraft = ReadonlyMap<string, MissedOutcome>;
/** When a stay ended that is to be set right, by its key: "21:15", or empty. */
export type LeftDraft = ReadonlyMap<string, string>;

function keyOf({ planId, id }: ShiftWindow, { order }: ShiftStop): string {
  return `${planId} ${id} ${order}`;
}

/**
 * As tapped: in a patrol with taps a stop without one was not done. All done where nothing was
 * tapped; a debriefed shift starts from its saved answers.
 */
export function draftOf({ windows }: DebriefShift): DebriefDraft {
  const draft = new Map<string, MissedOutcome>();
  for (const window of windows) {
    const isTapped = window.stops.some(wasTapped);
    for (const stop of window.stops) {
      const isMissed = isTapped && stop.outcome === null && !wasTapped(stop);
      const reason = isMissed ? "not_done" : missedOutcomes.find((one) => one === stop.outcome);
      if (reason) draft.set(keyOf(window, stop), reason);
    }
  }
  return draft;
}

export const wasTapped = ({ stays, toSetRight }: ShiftStop) => stays.length + toSetRight.length > 0;

export const openStays = ({ windows }: DebriefShift) =>
  windows.flatMap(({ stops }) => stops.flatMap(({ toSetRight }) => toSetRight));

/** "14:02, 13 min" */
export function tappedWords({ stays }: ShiftStop): string {
  return stays
    .map(({ arrivedAt, minutes }) => `${arrivedAt.slice(11, 16)}, ${formatMinutes(minutes)}`)
    .join("; ");
}

export const hasLateTaps = ({ windows }: DebriefShift) =>
  windows.some(({ stops }) => stops.some(({ stays }) => stays.some(({ isLate }) => isLate)));

export function outcomeOf(draft: DebriefDraft, window: ShiftWindow, stop: ShiftStop): Outcome {
  return draft.get(keyOf(window, stop)) ?? "done";
}

export function withOutcome(
  draft: DebriefDraft,
  window: ShiftWindow,
  stops: readonly ShiftStop[],
  outcome: Outcome,
): DebriefDraft {
  const next = new Map(draft);
  for (const stop of stops) {
    if (outcome === "done") next.delete(keyOf(window, stop));
    else next.set(keyOf(window, stop), outcome);
  }
  return next;
}

/** "part": outcomes differ between stops. */
export function windowOutcome(draft: DebriefDraft, window: ShiftWindow): Outcome | "part" {
  const [first = "done", ...rest] = window.stops.map((stop) => outcomeOf(draft, window, stop));
  return rest.every((outcome) => outcome === first) ? first : "part";
}

export function doneStops(draft: DebriefDraft, { windows }: DebriefShift) {
  const stops = windows.flatMap((window) =>
    window.stops.map((stop) => outcomeOf(draft, window, stop)),
  );
  return { planned: stops.length, done: stops.filter((outcome) => outcome === "done").length };
}

/** Only what was not done, one line per window and reason. */
export function debriefBodyOf(
  shift: DebriefShift,
  draft: DebriefDraft,
  left: LeftDraft = new Map(),
): DebriefBody {
  const except = shift.windows.flatMap((window) => {
    const { planId, id: windowId } = window;
    return missedOutcomes.flatMap((outcome) => {
      const stops = window.stops
        .filter((stop) => outcomeOf(draft, window, stop) === outcome)
        .map(({ order }) => order);
      if (stops.length === 0) return [];
      return [{ planId, windowId, stops, ...(outcome === "not_done" ? {} : { reason: outcome }) }];
    });
  });
  const leaves = [...left].flatMap(([key, leftAt]) => (leftAt === "" ? [] : [{ key, leftAt }]));
  return { start: shift.start, end: shift.end, ...(leaves.length > 0 && { leaves }), except };
}

/** "2 shifts wait. Of 23 planned stops 19 were done in the last two weeks: 4 h 45 min of 5 h 45 min." */
export function debriefSentence({ totals }: DebriefsReply): string {
  const { waiting, plannedStops, doneStops, plannedMinutes, doneMinutes } = totals;
  const waits =
    waiting === 0 ? "All shifts are debriefed." : `${formatQuantity(waiting, "shift")} to debrief.`;
  if (plannedStops === 0) return waits;
  return `${waits} Of ${formatQuantity(plannedStops, "planned stop")} ${doneStops} ${doneStops === 1 ? "was" : "were"} done in the last two weeks: ${formatMinutes(doneMinutes)} of ${formatMinutes(plannedMinutes)} at the stops.`;
}

export function recordedSentence({
  days,
  minutes,
}: NonNullable<DebriefsReply["recorded"]>): string {
  return `Devices recorded ${formatMinutes(minutes)} in the area on ${formatQuantity(days, "day")} of past weeks, Monday to Sunday. Cells under three minutes on a day are not counted. Each device counts by itself. Brackets show the 95% band.`;
}

/** "12 (9 to 15) of 30": recorded of what was planned on the same days. */
export function recordedWords(recorded: DebriefsReply["dose"][number]["recorded"]): string {
  if (recorded === null) return "";
  const { minutes, low, high, plannedMinutes } = recorded;
  return `${minutes} (${low} to ${high}) of ${plannedMinutes}`;
}

export const reasonWords: Readonly<Record<MissedOutcome, string>> = {
  not_done: "No reason given",
  emergency: "Called to an emergency",
  short_staffed: "Too few officers",
  other_duty: "Other duty",
  weather: "Weather",
  other: "Another reason",
};
