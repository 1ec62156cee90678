import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import { daysOf, type SessionRule } from "#core/blackouts/session.ts";
import { weekdayNames } from "#core/time/words.ts";
import type { Zone } from "#core/time/zone.ts";
import type { SavedPlaceReply } from "#core/wire/outreach.ts";

export interface Here {
  readonly zone: Zone;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly now: number;
  /** Protected time is known up to this day. */
  readonly lastDay: string;
}

/** Said wherever a partner could take "kept clear" for more than it is. */
export const emergencySentence = "An emergency response can still come.";

/** "Fri 26 Nov"; with the year where it is not this one. */
export function dayIn({ today }: Pick<Here, "today">, date: string): string {
  const day = formatDay(date);
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`;
}

/** "Every Thursday, 19:00 to 22:00" */
export function ruleSentence(here: Pick<Here, "today">, rule: SessionRule): string {
  const times = `${rule.start} to ${rule.end}${rule.end <= rule.start ? " the next day" : ""}`;
  if (rule.repeats === "once") return `Once, ${dayIn(here, rule.firstDate)}, ${times}`;
  const weekday = daysWords(rule);
  const every =
    rule.everyWeeks === 1 ? `Every ${weekday}` : `Every ${rule.everyWeeks} weeks on ${weekday}`;
  return `${every}, ${times}${rule.until ? `, until ${dayIn(here, rule.until)}` : ""}`;
}

/** "Monday, Wednesday and Friday"; "day" for all seven. */
function daysWords(rule: SessionRule): string {
  const days = daysOf(rule);
  if (days.length === 7) return "day";
  const names = days.map((day) => weekdayNames[day - 1] ?? "");
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** "150 m around it"; "an area, 800 m across"; "a route, 1.2 km from end to end" */
export function extentWords({ kind, radiusM }: Pick<SavedPlaceReply, "kind" | "radiusM">): string {
  if (kind === "circle") return `${radiusM} m around it`;
  const metres = 2 * radiusM;
  const size = metres < 1_000 ? `${metres} m` : `${String(Math.round(metres / 100) / 10)} km`;
  return kind === "area" ? `an area, ${size} across` : `a route, ${size} from end to end`;
}

/** "Thu 2 Dec, 19:00 to 22:00"; an end on another date names it. */
export function spanOf(
  here: Pick<Here, "zone" | "today">,
  from: number | string,
  to: number | string,
): string {
  const [first = "", last = ""] = [from, to].map((instant) =>
    here.zone.dateOf(new Date(instant).getTime()),
  );
  const start = `${dayIn(here, first)}, ${formatTimeOfDay(from)}`;
  return first === last
    ? `${start} to ${formatTimeOfDay(to)}`
    : `${start} to ${dayIn(here, last)} ${formatTimeOfDay(to)}`;
}

/** "23½ hours", "13 hours 15 minutes" */
export function hoursWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (rest === 30) return `${hours}½ hours`;
  return `${hours} hours${rest === 0 ? "" : ` ${rest} minutes`}`;
}

export function placeLabel(places: readonly SavedPlaceReply[], placeId: string): string {
  return places.find(({ id }) => id === placeId)?.label ?? "A saved place";
}
