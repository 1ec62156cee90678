import type { Query } from "#core/contract/call.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { lastShownDate, shownUntil } from "#core/protected-time/shown-until.ts";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import type { AskReply, PlaceAndTime, policeCalls } from "#core/protected-time/wire/police.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { wholePlace } from "#server/places/asked-place.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import {
  nothingSeen,
  type Seen,
  shownStretches,
} from "#server/protected-time/protected-stretches.ts";
import { dayWords, timeOfDay } from "#server/protected-time/words.ts";

const longestHours = 12;

/** For sergeants only: unlimited questions amount to seeing the hatch. */
export async function askWhetherClear(act: Act, body: PlaceAndTime): Promise<AskReply> {
  const { db, actor, zone, asAt } = act;
  const now = asAt.now();
  const times = { from: Date.parse(body.from), to: Date.parse(body.to) };
  const asked = { ...(await wholePlace(act, body)), ...times };
  return db.transaction(actor, async (tx) => {
    const seen = nothingSeen();
    const reply = await mayBeThere(tx, { zone, now }, asked, seen);
    await countFootprintView(tx, actor, { day: asAt.date(), seen });
    if (reply.answer === "no") act.refuse();
    return reply;
  });
}

/** The one view that police have of protected time: one shape, today and 14 days more. */
export async function readKeepClear(
  { db, actor, zone, asAt, addDetail }: Act,
  asked: Query<typeof policeCalls.keepClear>,
): Promise<KeepClearReply> {
  const today = asAt.date();
  const first = zone.startOfDate(today);
  const until = shownUntil(zone, today);
  // On the grid of protected time, so that clipping reveals nothing more than the grid does.
  const mark = roundingMinutes * minuteMs;
  const askedFrom = asked.from === undefined ? first : Date.parse(asked.from);
  const askedTo = asked.to === undefined ? until : Date.parse(asked.to);
  const from = Math.max(floorToMark(zone, askedFrom, mark), first);
  const to = Math.min(ceilToMark(zone, askedTo, mark), until);
  addDetail({ from: zone.dateOf(from), to: zone.dateOf(to) });
  const read = async (tx: Transaction) => {
    const seen = nothingSeen();
    const shown = await shownStretches(tx, { zone, now: asAt.now(), from, to, seen });
    await countFootprintView(tx, actor, { day: today, seen });
    addDetail({ stretches: shown.length });
    return shown;
  };
  const stretches = from < to ? await db.transaction(actor, read) : [];
  return {
    until: formatInstant(zone, until),
    stretches: stretches.map((stretch) => ({
      from: formatInstant(zone, stretch.from),
      to: formatInstant(zone, stretch.to),
      cells: [...stretch.cells],
    })),
  };
}

export interface Asked {
  /** "Fore Street by Alpha Road" */
  readonly name: string;
  readonly cells: readonly H3Cell[];
  readonly from: number;
  readonly to: number;
}

/**
 * "May we be here then?", for any place, time and manner of presence; yes where no part is closed.
 * Answered only from what police are shown: asking for every cell and half hour yields the hatch,
 * and no more (SAFEGUARDS 5). Unknown means no.
 */
export async function mayBeThere(
  tx: Transaction,
  moment: Moment,
  asked: Asked,
  seen: Seen,
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

/** Past, too long or reversed. `from`: start on the half hour. */
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
  readonly seen: Seen;
  readonly isForNeighbour?: boolean;
}

/** Null when clear. Worded the same for every place, partner and cause. */
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
