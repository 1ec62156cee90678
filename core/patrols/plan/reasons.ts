import { longDayText, timesText } from "#core/patrols/ground/words.ts";
import type { WindowFacts } from "#core/patrols/plan/finish.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import type { Zone } from "#core/time/zone.ts";

export type Light = "light" | "dark" | "partly dark";

/** Why here, from reports alone. Must never mention protected time (SAFEGUARDS 6). */
export function whyHere(facts: WindowFacts, recentWeeks: number): string {
  const { recentReports } = facts;
  if (recentReports === 0) {
    return `No reports at these stops in the last ${recentWeeks} weeks; earlier and nearby reports make some likely.`;
  }
  const reports = formatQuantity(recentReports, "report");
  return `${reports} at these stops in the last ${recentWeeks} weeks.`;
}

/** Of a patrol partner's window: for every place the same, as its coordinator reads no event. */
export const plainWhy = "Busy place at this time.";

/** Why at this time: its hours against the mean hour of the week, and the light. */
export function whyNow(
  facts: WindowFacts,
  window: { readonly start: number; readonly end: number },
  context: { readonly zone: Zone; readonly light: Light; readonly knownWeeks: number },
): string {
  const { zone, light, knownWeeks } = context;
  const when = `${longDayText(zone, window.start)} ${timesText(zone, window.start, window.end)}`;
  const { knownReports } = facts;
  const reports = formatQuantity(knownReports, "report");
  const known = `${reports} in ${knownWeeks} weeks`;
  const compared =
    knownReports < fewestReports
      ? `${when}: not enough reports to compare hours (${known} at these stops).`
      : `${when} brings ${timesWords(facts.timesMeanHour)} here. Based on ${known}.`;
  return `${compared} ${lightWords[light]}`;
}

/** For a multiplier: fewer than ten reports say nothing (DEFINITIONS, Assessment). */
const fewestReports = 10;

function timesWords(times: number): string {
  if (times >= 1.15) return `${times.toFixed(1)} times as many reports as an average hour`;
  if (times > 0.85) return "about as many reports as an average hour";
  return "fewer reports than an average hour";
}

export const lightWords: Readonly<Record<Light, string>> = {
  light: "Daylight.",
  dark: "After dark.",
  "partly dark": "Partly after dark.",
};
