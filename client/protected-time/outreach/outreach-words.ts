import { datesOf, daysOf, type SessionRule } from "#core/protected-time/session.ts";
import { lateHours, planDays } from "#core/protected-time/settings.ts";
import type {
  OutreachSessionReply,
  OwnOccurrence,
  SavedPlaceReply,
} from "#core/protected-time/wire/outreach.ts";
import { clockWords, formatDay, weekdayNames } from "#core/time/words.ts";
import { addDays, formatLocal, hourMs, type Zone } from "#core/time/zone.ts";

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

/**
 * What saving does to patrols there, without revealing whether there are any: police are told of
 * any called-off patrol, however far ahead, and of any time within a day.
 */
export const calledOffSentence =
  "Police will not plan patrols there then. Any patrol already planned there is called off at once, and police are told.";

/** "Fri 26 Nov"; with the year where it is not this one. */
export function dayIn({ today }: Pick<Here, "today">, date: string): string {
  const day = formatDay(date);
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`;
}

/** "Confirm all 3 sessions to Fri 10 Dec": up to the last day that police may plan on the word. */
export function confirmWords(
  here: Pick<Here, "today">,
  sessions: readonly Pick<OutreachSessionReply, "next" | "endedAt">[],
): string {
  const last = addDays(here.today, planDays);
  const due = sessions.filter(
    ({ next, endedAt }) => endedAt === null && next.some(({ date }) => date <= last),
  );
  const day = dayIn(here, last);
  if (due.length === 0) return `Confirm no sessions to ${day}`;
  return `Confirm ${due.length === 1 ? "1 session" : `all ${due.length} sessions`} to ${day}`;
}

/** "Every Thursday, 7pm to 10pm"; "Every day" of all seven */
export function ruleSentence(here: Pick<Here, "today">, rule: SessionRule): string {
  const times = ruleTimes(rule);
  if (rule.repeats === "once") return `Once, ${dayIn(here, rule.firstDate)}, ${times}`;
  const days = daysOf(rule).map((day) => weekdayNames[day - 1] ?? "");
  const weekday = days.length === 7 ? "day" : listOf(days);
  const every =
    rule.everyWeeks === 1 ? `Every ${weekday}` : `Every ${rule.everyWeeks} weeks on ${weekday}`;
  return `${every}, ${times}${rule.until ? `, until ${dayIn(here, rule.until)}` : ""}`;
}

/** "Every Thursday, 7pm to 10pm, except Thu 9 Dec" */
export function sessionSentence(
  here: Pick<Here, "today">,
  { rule, except }: { readonly rule: SessionRule; readonly except: readonly string[] },
): string {
  const yesterday = addDays(here.today, -1);
  const out = except
    .filter((date) => date >= yesterday && datesOf(rule, date, date).length > 0)
    .sort()
    .map((date) => dayIn(here, date));
  const most = out.length > mostNamed ? mostNamed - 1 : mostNamed;
  const more = out.length > mostNamed ? [`${out.length - most} more dates`] : [];
  const names = listOf([...out.slice(0, most), ...more]);
  return `${ruleSentence(here, rule)}${names === "" ? "" : `, except ${names}`}`;
}

/** Cancelled dates named. */
const mostNamed = 5;

/** "Moves from Tue 30 Nov to Wed 1 Dec, 7pm to 10pm"; on the same day the time or the place alone. */
export function movedSentence(here: Pick<Here, "today">, from: string, to: SessionRule): string {
  const times = ruleTimes(to);
  return from === to.firstDate
    ? `${dayIn(here, from)}, now ${times}`
    : `Moves from ${dayIn(here, from)} to ${dayIn(here, to.firstDate)}, ${times}`;
}

/** "7pm to 10pm"; "10:30pm to 1:30am the next day" */
export function ruleTimes({ start, end }: Pick<SessionRule, "start" | "end">): string {
  // 00:00 as an end is midnight, not 12am.
  if (end === "00:00") return `${clockWords(start)} to midnight`;
  return `${clockWords(start)} to ${clockWords(end)}${end <= start ? " the next day" : ""}`;
}

/** "a, b and c" */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Old times starting within 24 hours, which a change leaves closed. */
export function oldTimesOf(
  moved: OutreachSessionReply | null,
  now: number,
  only: string | null = null,
): OutreachSessionReply["next"] {
  const late = now + lateHours * hourMs;
  return (moved?.next ?? []).filter(
    ({ startsAt, date }) => Date.parse(startsAt) <= late && (only === null || date === only),
  );
}

export interface Own {
  readonly places: readonly SavedPlaceReply[];
  readonly sessions: readonly OutreachSessionReply[];
}

/**
 * The effect of cancelling one date, or all future ones without it. Times within a day stay closed,
 * in case people come, as does what another own session closes.
 */
export function cancelSentence(
  here: Here,
  session: OutreachSessionReply,
  date: string | null,
  own: Own,
): string {
  const asked = session.next.filter((visit) => date === null || visit.date === date);
  const late = oldTimesOf(session, here.now, date);
  const free = asked.filter((visit) => !late.includes(visit)).map((visit) => visit.date);
  const [first] = free;
  const days = listOf(late.map((visit) => dayIn(here, visit.date)));
  const since = session.rule.repeats === "once" || date !== null ? "on" : "from";
  const others = listOf(stillThere(session, own, free));
  const except = others === "" ? "" : `, except for ${others}`;
  return [
    ...(late.length > 0
      ? [`Police and wardens still stay away on ${days}, in case people still come.`]
      : []),
    ...(first ? [`Police may return ${since} ${dayIn(here, first)}${except}.`] : []),
  ].join(" ");
}

/** "Evening walk, 7pm to 10:30pm": other sessions that close some of the same ground on one of these dates. */
function stillThere(
  { id, placeId }: OutreachSessionReply,
  { places, sessions }: Own,
  dates: readonly string[],
): readonly string[] {
  const cellsAt = (at: string) => places.find((place) => place.id === at)?.cells ?? [];
  const ground = new Set(cellsAt(placeId));
  return sessions
    .filter(
      (other) =>
        other.id !== id &&
        other.endedAt === null &&
        dates.some((day) =>
          datesOf(other.rule, day, day).some((on) => !other.except.includes(on)),
        ) &&
        cellsAt(other.placeId).some((cell) => ground.has(cell)),
    )
    .map(({ placeId: at, rule }) => `${placeLabel(places, at)}, ${ruleTimes(rule)}`);
}

export function awaySentence(
  here: Pick<Here, "zone" | "today">,
  { state, closedFrom, closedTo }: Pick<OwnOccurrence, "state" | "closedFrom" | "closedTo">,
): string {
  if (state === "cancelled") return "Cancelled: police may come";
  const times = timesOf(here, closedFrom, closedTo);
  const away =
    state === "called_off"
      ? "Called off; police and wardens still stay away"
      : "Police and wardens stay away";
  return `${away} ${times}`;
}

/** Whether it is under way at `now`. */
export function runsAt({ next }: Pick<OutreachSessionReply, "next">, now: number): boolean {
  return next.some(
    ({ startsAt, endsAt, state }) =>
      state === "planned" && Date.parse(startsAt) <= now && now < Date.parse(endsAt),
  );
}

export function endedSentence(
  { today }: Pick<Here, "today">,
  { date }: Pick<OutreachSessionReply["next"][number], "date">,
): string {
  return `Ended. Police and wardens still stay away ${date === today ? "tonight" : "this once"}.`;
}

/** Saved before the lattice: its outline reveals more than promised, so it must be chosen again. */
export function isOutdated({ classM }: Pick<SavedPlaceReply, "classM">): boolean {
  return classM === null;
}

/** "Thu 2 Dec, 7pm to 10pm"; an end on another date names it. */
export function spanOf(
  here: Pick<Here, "zone" | "today">,
  from: number | string,
  to: number | string,
): string {
  return `${dayIn(here, localOf(here, from).date)}, ${timesOf(here, from, to)}`;
}

/** "Thu 2 Dec, 7:05pm" */
export function momentIn(here: Pick<Here, "zone" | "today">, instant: number | string): string {
  const { date, time } = localOf(here, instant);
  return `${dayIn(here, date)}, ${clockWords(time)}`;
}

/** "7pm to 10pm"; "10pm to Fri 3 Dec 1am" */
export function timesOf(
  here: Pick<Here, "zone" | "today">,
  from: number | string,
  to: number | string,
): string {
  const [first, last] = [localOf(here, from), localOf(here, to)];
  const start = `${clockWords(first.time)} to`;
  if (first.date === last.date) return `${start} ${clockWords(last.time)}`;
  const endsAtMidnight = last.time === "00:00" && last.date === addDays(first.date, 1);
  return endsAtMidnight
    ? `${start} midnight`
    : `${start} ${dayIn(here, last.date)} ${clockWords(last.time)}`;
}

function localOf({ zone }: Pick<Here, "zone">, instant: number | string) {
  const [date = "", time = ""] = formatLocal(zone.toLocal(new Date(instant).getTime())).split("T");
  return { date, time };
}

/** "23½ hours", "13 hours 15 minutes" */
export function hoursWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (rest === 30) return `${hours}½ hours`;
  return `${hours} hours${rest === 0 ? "" : ` ${rest} minutes`}`;
}

export function placeLabel(places: readonly SavedPlaceReply[], placeId: string): string {
  return places.find(({ id }) => id === placeId)?.label ?? "A saved place";
}

export type OutHours = (typeof hourChoices)[number];

const hourChoices = ["1", "2", "3", "4", "6", "8"] as const;
export const usualHours: OutHours = "2";
export const hourOptions = hourChoices.map((value) => ({ value, label: hoursOf(value) }));

/** "2 hours" */
export function hoursOf(hours: string | number): string {
  return Number(hours) === 1 ? "1 hour" : `${hours} hours`;
}

/** While unsent: "Blue door: out now, 2 hours" */
export function outNowWords(label: string, hours: number): string {
  return `${label}: out now, ${hoursOf(hours)}`;
}
