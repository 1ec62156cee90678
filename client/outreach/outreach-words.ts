import { formatDate, formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import type { SessionRule } from "#core/blackouts/session.ts";
import { weekdayName } from "#core/time/words.ts";
import { parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { SavedPlaceReply } from "#core/wire/outreach.ts";

/** "Every Thursday, 19:00 to 22:00" */
export function ruleSentence(rule: SessionRule): string {
  const times = `${rule.start} to ${rule.end}${rule.end <= rule.start ? " the next day" : ""}`;
  if (rule.repeats === "once") return `Once, ${formatDay(rule.firstDate)}, ${times}`;
  const weekday = weekdayName(parseLocalDate(rule.firstDate));
  const every =
    rule.everyWeeks === 1 ? `Every ${weekday}` : `Every ${rule.everyWeeks} weeks on ${weekday}`;
  return `${every}, ${times}${rule.until ? `, until ${formatDate(rule.until)}` : ""}`;
}

/** "Thu 2 Dec, 19:00 to 22:00"; an end on another date names it. */
export function spanOf(zone: Zone, from: number | string, to: number | string): string {
  const [first, last] = [from, to].map((instant) => zone.dateOf(new Date(instant).getTime()));
  const start = `${formatDay(first ?? "")}, ${formatTimeOfDay(from)}`;
  return first === last
    ? `${start} to ${formatTimeOfDay(to)}`
    : `${start} to ${formatDay(last ?? "")} ${formatTimeOfDay(to)}`;
}

export function placeLabel(places: readonly SavedPlaceReply[], placeId: string): string {
  return places.find(({ id }) => id === placeId)?.label ?? "A saved place";
}
