import type { Transaction } from "#server/db/database.ts";
import { cellsOnTheWay } from "#server/patrols/checker/cells-on-the-way.ts";
import { type Plan, readSessions, type StoredSession } from "#server/patrols/checker/stored.ts";

/**
 * The independent check of SAFEGUARDS 1: no window of a plan is at a place while it is protected.
 * It shares no code with what it checks (core/time, core/protected-time, core/patrols, the occupancy table), compares every
 * window with every visit of every session, and is slow and plain on purpose.
 */
export async function checkPlan(tx: Transaction, zoneName: string, plan: Plan): Promise<Verdict> {
  const sessions = await readSessions(tx);
  const overlaps = plan.windows.filter(({ status = "planned", start, end, stops, legs = [] }) => {
    if (["withdrawn", "unavailable", "called_off"].includes(status)) return false;
    const way = cellsOnTheWay(
      stops.map((stop) => stop.cell),
      legs.map(({ line }) => line),
    );
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
    // Called off more than a day before: open. Later: closed as if it took place.
    const dropped = session.dropped.find((one) => one.date === date);
    const told = dropped ? (dropped.toldAt ?? -Infinity) : Infinity;
    const toldAt = Math.min(told, session.endedAt ?? Infinity);
    if (Math.min(...instants(zoneName, begins)) - toldAt > day) continue;
    // Outwards to the half hour, plus half an hour.
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

/** By wall clock and by elapsed time; beside a clock change these differ, and the wider counts. */
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
