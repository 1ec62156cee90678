import { diary, say } from "#client/protected-time/words/diary.tsx";
import { datesOf, daysOf, type SessionRule } from "#core/protected-time/session.ts";
import { lateHours, planDays } from "#core/protected-time/settings.ts";
import type {
  OutreachSessionReply,
  OwnOccurrence,
  SavedPlaceReply,
} from "#core/protected-time/wire/outreach.ts";
import { addDays, formatLocal, hourMs, type Zone } from "#core/time/zone.ts";

export interface Here {
  readonly zone: Zone;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly now: number;
  /** Protected time is known up to this day. */
  readonly lastDay: string;
}

/**
 * What saving does to patrols there, without revealing whether there are any: police are told of
 * any called-off patrol, however far ahead, and of any time within a day. The emergency is said
 * wherever a partner could take "kept clear" for more than it is.
 */
export const promiseSentence = (): string => `${say("called-off")} ${say("emergency")}`;

/** "Fri 26 Nov"; with the year where it is not this one. */
export function dayIn({ today }: Pick<Here, "today">, date: string): string {
  const day = diary().day(date);
  const year = date.slice(0, 4);
  return year === today.slice(0, 4) ? day : say("day", { day, year });
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
  return due.length === 0
    ? say("confirm.none", { day })
    : say("confirm.all", { count: due.length, day });
}

/** "Every Thursday, 7pm to 10pm"; "Every day" of all seven */
export function ruleSentence(here: Pick<Here, "today">, rule: SessionRule): string {
  const times = ruleTimes(rule);
  if (rule.repeats === "once") return say("rule.once", { day: dayIn(here, rule.firstDate), times });
  const words = everyWords(rule, times);
  return rule.until ? say("rule.until", { rule: words, day: dayIn(here, rule.until) }) : words;
}

function everyWords(rule: SessionRule, times: string): string {
  const numbers = daysOf(rule);
  const days = diary().list(numbers.map(diary().weekday));
  if (rule.everyWeeks > 1) return say("rule.weeks", { count: rule.everyWeeks, days, times });
  return numbers.length === 7 ? say("rule.daily", { times }) : say("rule.weekly", { days, times });
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
  const more = out.length > mostNamed ? [say("rule.more-dates", { count: out.length - most })] : [];
  const days = diary().list([...out.slice(0, most), ...more]);
  const words = ruleSentence(here, rule);
  return days === "" ? words : say("rule.except", { rule: words, days });
}

const mostNamed = 5;

/** "Moves from Tue 30 Nov to Wed 1 Dec, 7pm to 10pm"; on the same day the time or the place alone. */
export function movedSentence(here: Pick<Here, "today">, from: string, to: SessionRule): string {
  const times = ruleTimes(to);
  return from === to.firstDate
    ? say("rule.now", { day: dayIn(here, from), times })
    : say("rule.moves", { from: dayIn(here, from), to: dayIn(here, to.firstDate), times });
}

/** "7pm to 10pm"; "10:30pm to 1:30am the next day" */
export function ruleTimes({ start, end }: Pick<SessionRule, "start" | "end">): string {
  const { time } = diary();
  // 00:00 as an end is midnight, not 12am.
  if (end === "00:00") return say("times.midnight", { from: time(start) });
  const times = { from: time(start), to: time(end) };
  return end <= start ? say("times.next-day", times) : say("times", times);
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
  const days = diary().list(late.map((visit) => dayIn(here, visit.date)));
  const since = session.rule.repeats === "once" || date !== null ? "on" : "from";
  const others = diary().list(stillThere(session, own, free));
  const back = (day: string) =>
    others === ""
      ? say(`away.return-${since}`, { day })
      : say(`away.return-${since}-except`, { day, others });
  return [
    ...(late.length > 0 ? [say("away.late", { days })] : []),
    ...(first ? [back(dayIn(here, first))] : []),
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
    .map(({ placeId: at, rule }) =>
      say("span", { day: placeLabel(places, at), times: ruleTimes(rule) }),
    );
}

export function awaySentence(
  here: Pick<Here, "zone" | "today">,
  { state, closedFrom, closedTo }: Pick<OwnOccurrence, "state" | "closedFrom" | "closedTo">,
): string {
  if (state === "cancelled") return say("away.cancelled");
  const times = timesOf(here, closedFrom, closedTo);
  return say(state === "called_off" ? "away.called-off" : "away.stays", { times });
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
  return say(date === today ? "away.ended-tonight" : "away.ended");
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
  return say("span", {
    day: dayIn(here, localOf(here, from).date),
    times: timesOf(here, from, to),
  });
}

/** "Thu 2 Dec, 7:05pm" */
export function momentIn(here: Pick<Here, "zone" | "today">, instant: number | string): string {
  const { date, time } = localOf(here, instant);
  return say("span", { day: dayIn(here, date), times: diary().time(time) });
}

/** "7pm to 10pm"; "10pm to Fri 3 Dec 1am" */
export function timesOf(
  here: Pick<Here, "zone" | "today">,
  from: number | string,
  to: number | string,
): string {
  const [first, last] = [localOf(here, from), localOf(here, to)];
  const { time } = diary();
  const start = time(first.time);
  const end = time(last.time);
  if (first.date === last.date) return say("times", { from: start, to: end });
  const endsAtMidnight = last.time === "00:00" && last.date === addDays(first.date, 1);
  return endsAtMidnight
    ? say("times.midnight", { from: start })
    : say("times", { from: start, to: `${dayIn(here, last.date)} ${end}` });
}

/** "7:02pm" */
function clockIn(here: Pick<Here, "zone">, instant: string): string {
  return diary().time(localOf(here, instant).time);
}

function localOf({ zone }: Pick<Here, "zone">, instant: number | string) {
  const [date = "", time = ""] = formatLocal(zone.toLocal(new Date(instant).getTime())).split("T");
  return { date, time };
}

/** "23½ hours", "13 hours 15 minutes" */
export function hoursWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (rest === 30) return say("hours.half", { count: hours });
  const whole = hoursOf(hours);
  return rest === 0 ? whole : say("hours.minutes", { hours: whole, minutes: rest });
}

/** "Police told 7:02pm, known to patrols by 7:06pm." */
export function toldSentence(
  here: Pick<Here, "zone">,
  { toldAt, confirmedAt }: NonNullable<OutreachSessionReply["told"]>,
): string {
  const told = clockIn(here, toldAt);
  return confirmedAt === null
    ? say("card.told-open", { told })
    : say("card.told", { told, confirmed: clockIn(here, confirmedAt) });
}

export function placeLabel(places: readonly SavedPlaceReply[], placeId: string): string {
  return places.find(({ id }) => id === placeId)?.label ?? say("card.place");
}

export type OutHours = (typeof hourChoices)[number];

const hourChoices = ["1", "2", "3", "4", "6", "8"] as const;
export const usualHours: OutHours = "2";
export const hourOptions = () => hourChoices.map((value) => ({ value, label: hoursOf(value) }));

/** "2 hours" */
export function hoursOf(hours: string | number): string {
  return say("hours", { count: Number(hours) });
}

/** While unsent: "Blue door: out now, 2 hours" */
export function outNowWords(label: string, hours: number): string {
  return say("out.words", { label, hours: hoursOf(hours) });
}
