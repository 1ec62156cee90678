import { gridPathCells } from "h3-js";
import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";

/**
 * The independent check of SAFEGUARDS 1: no window of a plan is at a place while it is protected.
 * It shares no code with what it checks (core/time, core/protected-time, core/patrols, the occupancy table), compares every
 * window with every visit of every session, and is slow and plain on purpose.
 */
export async function checkPlan(tx: Transaction, zoneName: string, plan: Plan): Promise<Verdict> {
  const sessions = await readSessions(tx);
  const overlaps = plan.windows.filter(({ status = "planned", start, end, stops }) => {
    if (["withdrawn", "unavailable", "called_off"].includes(status)) return false;
    const way = cellsOnTheWay(stops.map((stop) => stop.cell));
    const [from, to] = [Date.parse(start), Date.parse(end)];
    return sessions.some(
      (session) =>
        session.cells.some((cell) => way.has(cell)) &&
        protectedTimes(zoneName, session, from, to).some(([a, b]) => from < b && to > a),
    );
  });
  return { ok: overlaps.length === 0, overlaps: overlaps.map((window) => window.id) };
}

export interface Verdict {
  readonly ok: boolean;
  /** The plan's own windows; never whose session, where or when. */
  readonly overlaps: readonly (string | number)[];
}

/** The stops and every cell on the way from each to the next: all of them for the whole window. */
function cellsOnTheWay(stops: readonly string[]): ReadonlySet<string> {
  return new Set(stops.flatMap((stop, at) => gridPathCells(stops[at - 1] ?? stop, stop)));
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
  const first = Date.parse(session.first);
  const monday = first - weekday(first) * day;
  const days = session.days.length > 0 ? session.days : [weekday(first) + 1];
  const times: [number, number][] = [];
  for (let at = Math.floor(start / day) * day - 2 * day; at <= end + 2 * day; at += day) {
    const date = new Date(at).toISOString().slice(0, 10);
    const week = Math.floor((at - monday) / (7 * day));
    if (at < first || date > session.last || week % session.weeks !== 0) continue;
    if (!days.includes(weekday(at) + 1)) continue;
    const begins = Date.parse(`${date}T${session.starts}Z`);
    const sameDay = Date.parse(`${date}T${session.ends}Z`);
    const finishes = sameDay > begins ? sameDay : sameDay + day;
    // Called off more than a day before: open. Later than that: closed as if it took place.
    const dropped = session.dropped.find((one) => one.date === date);
    const told = dropped ? (dropped.toldAt ?? -Infinity) : Infinity;
    const toldAt = Math.min(told, session.endedAt ?? Infinity);
    if (Math.min(...instants(zoneName, begins)) - toldAt > day) continue;
    // To the half hour outside, and half an hour more.
    const earlier = (time: number) => Math.floor(time / half - 1) * half;
    const later = (time: number) => Math.ceil(time / half + 1) * half;
    times.push([
      Math.min(...moved(zoneName, begins, earlier)),
      Math.max(...moved(zoneName, finishes, later)),
    ]);
  }
  return times;
}

/** Monday 0 to Sunday 6; 1 January 1970 was a Thursday. */
function weekday(at: number): number {
  return (((at / day + 3) % 7) + 7) % 7;
}

/** Digits moved on the clock on the wall, and by time passed: beside a clock change these differ, and the wider counts. */
function moved(zoneName: string, digits: number, move: (time: number) => number): number[] {
  const passed = instants(zoneName, digits).map((at) => {
    const onTheWall = shown(zoneName, at);
    return at + move(onTheWall) - onTheWall;
  });
  return [...instants(zoneName, move(digits)), ...passed];
}

/** When clocks show these digits: by the offsets of the day before and after. Digits that clocks skip may be either. */
function instants(zoneName: string, digits: number): number[] {
  const tried = [digits - day, digits + day].map((at) => digits - (shown(zoneName, at) - at));
  const right = tried.filter((at) => shown(zoneName, at) === digits);
  return right.length > 0 ? right : tried;
}

const style = { dateStyle: "short", timeStyle: "medium" } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The digits that a clock of the zone shows at an instant, as if they were UTC: Swedish clocks write ISO dates. */
function shown(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, ...style });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(at).replace(" ", "T")}Z`);
}

/** What the checker reads: a plan as it was printed, and the sessions as they are stored, by its own statement. */

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
