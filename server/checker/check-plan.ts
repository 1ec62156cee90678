import { gridPathCells } from "h3-js";
import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";

/**
 * The independent check of SAFEGUARDS 1. It shares no code with what it checks (core/time,
 * core/blackouts, core/patrol, the occupancy table): it reads the stored sessions by its own
 * statement, works out protected time by its own calendar, and compares every window of a plan
 * with every visit of every session. It is slow and plain on purpose.
 */
export async function checkPlan(tx: Transaction, zoneName: string, plan: Plan): Promise<Verdict> {
  const sessions = await readSessions(tx);
  const overlaps = plan.windows
    .filter(({ status }) => status === undefined || !standsNowhere.includes(status))
    .filter((window) => isInTheWay(zoneName, window, sessions));
  return { ok: overlaps.length === 0, overlaps: overlaps.map((window) => window.id) };
}

const standsNowhere = ["withdrawn", "unavailable", "called_off"];

export interface Verdict {
  readonly ok: boolean;
  /** The plan's own windows; never whose session, where or when. */
  readonly overlaps: readonly (string | number)[];
}

const cell = z.string().regex(/^8a[0-9a-f]{13}$/, "a cell of resolution 10");
const instant = z.iso.datetime({ offset: true });

/** What `plan` prints, as far as it is checked. */
export const planFile = z.object({
  windows: z.array(
    z
      .object({
        id: z.union([z.string(), z.number()]),
        start: instant,
        end: instant,
        status: z.string().optional(),
        stops: z.array(z.object({ cell })).min(1, "a window without stops cannot be checked"),
      })
      .refine((one) => Date.parse(one.end) > Date.parse(one.start), "the window ends as it starts"),
  ),
});
export type Plan = z.infer<typeof planFile>;

/** Wall-clock fields are text; instants are epoch milliseconds. */
export interface StoredSession {
  readonly weeks: number;
  /** Monday 1 to Sunday 7; none: the day of the first date. */
  readonly days: readonly number[];
  readonly first: string;
  readonly last: string;
  readonly starts: string;
  readonly ends: string;
  readonly endedAt: number | null;
  readonly dropped: readonly { readonly date: string; readonly toldAt: number | null }[];
  readonly cells: readonly string[];
}

export function readSessions(tx: Transaction): Promise<StoredSession[]> {
  return tx.query<StoredSession>(
    `select
       s.every_weeks::int as "weeks",
       s.weekdays::int[] as "days",
       s.first_date::text as "first",
       (case s.repeats when 'once' then s.first_date else coalesce(s.until_date, '2100-01-01') end)::text
         as "last",
       left(s.starts_local::text, 5) as "starts",
       left(s.ends_local::text, 5) as "ends",
       (extract(epoch from s.ended_at) * 1000)::float8 as "endedAt",
       (select coalesce(json_agg(json_build_object(
          'date', e.occurs_on::text,
          'toldAt', (extract(epoch from e.told_at) * 1000)::float8)), '[]')
        from session_exception e where e.session_id = s.id) as "dropped",
       (select array_agg(to_hex(c)) from unnest(p.footprint) c) as "cells"
     from outreach_session s join saved_place p on p.id = s.place_id`,
  );
}

function isInTheWay(
  zoneName: string,
  window: Plan["windows"][number],
  sessions: readonly StoredSession[],
): boolean {
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const path = pathOf(window.stops.map((stop) => stop.cell));
  return sessions.some(
    (session) =>
      session.cells.some((one) => path.has(one)) &&
      protectedTimes(zoneName, session, start, end).some(([from, to]) => start < to && end > from),
  );
}

/** The stops and every cell on the grid path from each to the next, for the whole window. */
function pathOf(stops: readonly string[]): ReadonlySet<string> {
  const cells = new Set(stops);
  for (let leg = 1; leg < stops.length; leg += 1) {
    for (const one of gridPathCells(stops[leg - 1] as string, stops[leg] as string)) cells.add(one);
  }
  return cells;
}

const half = 30 * 60_000;
const day = 48 * half;

/** Protected time of the visits that start from two days before `start` to two days after `end`. */
export function protectedTimes(
  zoneName: string,
  session: StoredSession,
  start: number,
  end: number,
): [from: number, to: number][] {
  const times: [number, number][] = [];
  const first = Date.parse(session.first);
  const monday = first - weekday(first) * day;
  const days = session.days.length > 0 ? session.days.map((one) => one - 1) : [weekday(first)];
  const dropped = new Map(session.dropped.map((one) => [one.date, one.toldAt ?? -Infinity]));
  for (let at = Math.floor(start / day) * day - 2 * day; at <= end + 2 * day; at += day) {
    const date = new Date(at).toISOString().slice(0, 10);
    const isDue =
      at >= first &&
      date <= session.last &&
      days.includes(weekday(at)) &&
      Math.floor((at - monday) / (7 * day)) % session.weeks === 0;
    if (!isDue) continue;
    const begins = Date.parse(`${date}T${session.starts}Z`);
    const sameDay = Date.parse(`${date}T${session.ends}Z`);
    const finishes = sameDay > begins ? sameDay : sameDay + day;
    const toldAt = Math.min(dropped.get(date) ?? Infinity, session.endedAt ?? Infinity);
    // Called off more than a day before: open. Later than that: closed as if it took place.
    if (Math.min(...readings(zoneName, begins)) - toldAt > day) continue;
    times.push([
      Math.min(...closes(zoneName, begins, (time) => Math.floor(time / half - 1) * half)),
      Math.max(...closes(zoneName, finishes, (time) => Math.ceil(time / half + 1) * half)),
    ]);
  }
  return times;
}

/** Monday 0 to Sunday 6; 1 January 1970 was a Thursday. */
function weekday(at: number): number {
  return (((at / day + 3) % 7) + 7) % 7;
}

/**
 * Where protected time may begin or end: half an hour away by the clock on the wall, or by time
 * passed; beside a clock change these differ, and the wider counts.
 */
function closes(zoneName: string, digits: number, move: (time: number) => number): number[] {
  const byTimePassed = readings(zoneName, digits).map((at) => {
    const onTheWall = shown(zoneName, at);
    return at + move(onTheWall) - onTheWall;
  });
  return [...readings(zoneName, move(digits)), ...byTimePassed];
}

/**
 * The instants at which clocks show these digits (given as if they were UTC): tried with the
 * offsets of the day before and the day after. Digits that clocks skip may mean either.
 */
function readings(zoneName: string, digits: number): number[] {
  const tried = [digits - day, digits + day].map((at) => digits - (shown(zoneName, at) - at));
  const right = tried.filter((at) => shown(zoneName, at) === digits);
  return right.length > 0 ? right : tried;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The digits that a clock of the zone shows at an instant, as if they were UTC. */
function shown(zoneName: string, at: number): number {
  let format = formats.get(zoneName);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zoneName,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(zoneName, format);
  }
  return Date.parse(`${format.format(at).replace(" ", "T")}Z`);
}
