import { formatMinutes } from "#client/patrols/plan-words.ts";
import type { DebriefsReply } from "#core/patrols/wire/debrief.ts";
import { formatQuantity } from "#core/text/numbers.ts";

/** "2 shifts wait. Of 23 planned stops 19 were done in the last two weeks: 4 h 45 min of 5 h 45 min." */
export function debriefSentence({ totals }: DebriefsReply): string {
  const { waiting, plannedStops, doneStops, plannedMinutes, doneMinutes } = totals;
  const waits =
    waiting === 0 ? "Every shift is debriefed." : `${formatQuantity(waiting, "shift")} to debrief.`;
  if (plannedStops === 0) return waits;
  return `${waits} Of ${formatQuantity(plannedStops, "planned stop")} ${doneStops} ${doneStops === 1 ? "was" : "were"} done in the last two weeks: ${formatMinutes(doneMinutes)} of ${formatMinutes(plannedMinutes)} at the stops.`;
}
