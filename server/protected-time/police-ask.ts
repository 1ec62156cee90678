import type { H3Cell } from "#core/geo/cell.ts";
import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { lastShownDate, shownUntil } from "#core/protected-time/shown-until.ts";
import type { AskReply } from "#core/protected-time/wire/police.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { shownStretches } from "#server/protected-time/protected-stretches.ts";
import { dayWords, timeOfDay } from "#server/protected-time/words.ts";

const longestHours = 12;

export interface Asked {
  /** "Fore Street by Alpha Road" */
  readonly name: string;
  /** All of the place that lies in the command; none of one that lies outside. */
  readonly cells: readonly H3Cell[];
  readonly from: number;
  readonly to: number;
}

/**
 * "May we be here then?", for any place, time and way of being there; yes where no part of it is closed. Answered from what police are shown
 * and from nothing else: whoever asks for every cell and half hour gets the hatch, and no more
 * (SAFEGUARDS 5). What is not known is no.
 */
export async function mayBeThere(
  tx: Transaction,
  moment: Moment,
  asked: Asked,
  seen: Set<string>,
): Promise<AskReply> {
  const { zone, now } = moment;
  const mark = roundingMinutes * minuteMs;
  const from = floorToMark(zone, asked.from, mark);
  const to = ceilToMark(zone, asked.to, mark);
  refuseUnaskable(moment, asked, from);
  const { name, cells } = asked;
  const isNo =
    cells.length === 0
      ? "Keep-clear times are only known inside this team's area."
      : await reasonAgainst(tx, moment, { from, to, cells, seen });
  const day = formatDay(zone.dateOf(from));
  const isRounded = from !== asked.from || to !== asked.to;
  const hours = `${timeOfDay(zone, from)} to ${timeOfDay(zone, to)}${isRounded ? " in whole half hours" : ""}`;
  const what = `${name}, ${day}, ${hours} (checked ${timeOfDay(zone, now)}).`;
  return {
    answer: isNo === null ? "yes" : "no",
    sentence: isNo === null ? `Yes, clear: ${what}` : `No: ${what} ${isNo}`,
    from: formatInstant(zone, from),
    to: formatInstant(zone, to),
    askedAt: formatInstant(zone, now),
  };
}

/** What is no question: over, too long, or the wrong way round. `from` is its start on the half hour. */
export function refuseUnaskable(
  { zone, now }: Moment,
  asked: Pick<Asked, "from" | "to">,
  from: number,
): void {
  const fault =
    asked.to <= asked.from
      ? "The end must be after the start."
      : asked.to - asked.from > longestHours * hourMs
        ? `Check up to ${longestHours} hours at once.`
        : from < zone.startOfDate(zone.dateOf(now))
          ? "This is in the past. Check today or a later day."
          : null;
  if (fault !== null) throw new Problem(422, "Not checked", fault);
}

interface Span {
  /** On half hours. */
  readonly from: number;
  readonly to: number;
  readonly cells: readonly H3Cell[];
  readonly seen: Set<string>;
  readonly isForNeighbour?: boolean;
}

/** Null where nothing is against it. The words are the same for every place, partner and cause. */
export async function reasonAgainst(
  tx: Transaction,
  { zone, now }: Moment,
  { from, to, cells, seen, isForNeighbour = false }: Span,
): Promise<string | null> {
  const today = zone.dateOf(now);
  if (to > shownUntil(zone, today)) {
    return `Keep-clear times are only known up to ${dayWords(lastShownDate(today))}. Check again nearer the day.`;
  }
  const lastDay = zone.dateOf(to - 1);
  const calendars = await calendarState(tx, {
    zone,
    now,
    planFrom: zone.startOfDate(zone.dateOf(from)),
    planTo: zone.startOfDate(addDays(lastDay, 1)),
  });
  if (!calendars.ok) return `Keep-clear times are not known for ${dayWords(lastDay)}.`;
  const shown = await shownStretches(tx, { zone, now, from, to, seen, isForNeighbour });
  const asked = new Set(cells);
  const isClosed = shown.some((closed) => closed.cells.some((cell) => asked.has(cell)));
  return isClosed ? "Keep clear then. An emergency call always comes first." : null;
}
