import { z } from "zod";
import { columnTypes, date } from "#core/contract/fields.ts";
import { eventResolution, type H3Cell, unpackCells } from "#core/geo/cell.ts";
import { isFresh, type PlanPeriod } from "#core/protected-time/freshness.ts";
import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import {
  type Closure,
  indexClosures,
  mergeClosures,
  type ProtectedStretch,
} from "#core/protected-time/protected.ts";
import { assumedHours } from "#core/protected-time/settings.ts";
import { addDays, dayMs, hourMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { knownCalendars } from "#server/protected-time/calendars.ts";
import { loadSessions } from "#server/protected-time/queries/sessions.ts";

interface Question {
  readonly zone: Zone;
  readonly from: number;
  readonly to: number;
  /** What was known then decides which calendars are only assumed, and so widened. */
  readonly now: number;
  /** Takes up the partners whose footprints are in the answer, for counting who looked. */
  readonly seen?: Set<string>;
  /**
   * As a neighbour is answered: always widened, so that no answer changes with the age of a calendar, and without
   * control days, which are this side's own and would be known by their whole day.
   */
  readonly isForNeighbour?: boolean;
}

/**
 * Protected time during [from, to) from what was read of it or of a longer one around it, merged so that partners can be
 * neither told apart nor counted: what police are shown, the planner avoids and agreeing refuses.
 */
function stretchesOf(known: KnownClosures, question: Question): ProtectedStretch[] {
  const period = { planFrom: question.from, planTo: question.to, now: question.now };
  return mergeClosures(closuresOf(known, question, period), question);
}

/** Windows of a plan that would touch protected time. */
export interface WindowToCheck {
  readonly id: string;
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
  /** Cells of its stops and of the paths between them. */
  readonly cells: readonly H3Cell[];
}

/**
 * The caller's own windows that touch protected time, from the stored sessions, beside the
 * constraint: call it inside the transaction that agrees them, after `lockOccupancy`.
 */
export async function blockedWindows(
  tx: Transaction,
  { zone, now, planFrom, planTo }: PlanPeriod & { readonly zone: Zone },
  windows: readonly WindowToCheck[],
): Promise<string[]> {
  const from = Math.min(planFrom, ...windows.map((window) => window.from));
  const to = Math.max(planTo, ...windows.map((window) => window.to));
  const span = { zone, now, planFrom, planTo, from, to };
  const closed = indexClosures(await stretchesOfPlan(tx, span));
  return windows
    .filter((window) => closed.isClosed(window.cells, window.from, window.to))
    .map((window) => window.id);
}

/**
 * Protected time during [from, to) as a plan of these dates has to keep to it. Its last shift may end after its
 * last midnight: what lies there is judged by its own day, as it is shown, so that a night does not make a
 * fresh calendar look a day older, nor a calendar that is only assumed on the next day look fresh.
 */
export async function stretchesOfPlan(
  tx: Transaction,
  { planFrom, planTo, ...question }: Question & PlanPeriod,
): Promise<ProtectedStretch[]> {
  const { now, from, to } = question;
  const known = await loadKnown(tx, question);
  const stretches: ProtectedStretch[] = [];
  if (from < planTo) {
    const within = { ...question, to: Math.min(to, planTo) };
    const closures = closuresOf(known, within, { planFrom, planTo, now });
    stretches.push(...mergeClosures(closures, within));
  }
  if (to > planTo) {
    stretches.push(...stretchesOf(known, { ...question, from: Math.max(from, planTo) }));
  }
  return stretches;
}

type KnownClosures = Awaited<ReturnType<typeof loadKnown>>;

/** What closes, as it is stored: days that are judged each by itself share one reading. */
function loadKnown(tx: Transaction, question: Question) {
  return tx.through("keeper", async (keeper) => ({
    calendars: await knownCalendars(keeper, question),
    sessions: await loadSessions(keeper, {}),
    control: question.isForNeighbour ? [] : await controlClosures(keeper, question),
  }));
}

function closuresOf(
  { calendars, sessions, control }: KnownClosures,
  question: Question,
  period: PlanPeriod,
): Closure[] {
  const { zone, from, to } = question;
  // All are widened when one is only assumed: otherwise the hatches that grow would belong together.
  const isSomeAssumed = sessions.some(({ partnerId }) => {
    // One that left: its last closures stay as they were.
    if (!calendars.has(partnerId)) return false;
    const report = calendars.get(partnerId)?.report ?? null;
    return report === null || !isFresh(zone, report, period);
  });
  const isAssumed = question.isForNeighbour || isSomeAssumed;
  const widen = isAssumed ? assumedHours * hourMs : 0;
  const reach = { from: from - widen, to: to + widen };
  // Places that are left out for comparison close like the rest, so that nobody can tell which is which.
  const closures: Closure[] = [...control];
  for (const session of sessions) {
    for (const visit of occurrencesBetween(zone, session, reach)) {
      const closure = {
        cells: session.cells,
        from: visit.closedFrom - widen,
        to: visit.closedTo + widen,
      };
      closures.push(closure);
      if (closure.from < to && closure.to > from) question.seen?.add(session.partnerId);
    }
  }
  return closures;
}

/** A place without a patrol on a day, so that places can be compared. */
const controlDay = z.object({
  /** Resolution 9. */
  zone: z.custom<H3Cell>().register(columnTypes, { type: "cell" }),
  day: date,
});
export type ControlDay = Readonly<z.infer<typeof controlDay>>;

/** What control days close during [from, to): whole places for whole days. Ask through the keeper's door. */
async function controlClosures(
  keeper: Transaction,
  { zone, from, to }: Pick<Question, "zone" | "from" | "to">,
): Promise<Closure[]> {
  const first = zone.dateOf(from);
  const days = Math.ceil((to - from) / dayMs) + 2;
  const drawn = await keeper.rows(
    controlDay,
    sql`select zone, day from control_day
      where day >= ${first} and day < ${addDays(first, days)} order by day, zone`,
  );
  return drawn.map(({ zone: place, day }) => ({
    cells: unpackCells([place], eventResolution),
    from: zone.startOfDate(day),
    to: zone.startOfDate(addDays(day, 1)),
  }));
}

/**
 * Protected time as police are shown it, each day asked by itself: a calendar that is fresh for the days
 * up to the ninth is only assumed, and so widened, on the tenth; that must not widen the ninth as well.
 */
export async function shownStretches(
  tx: Transaction,
  { from, to, ...question }: Question & { readonly seen: Set<string> },
): Promise<ProtectedStretch[]> {
  const { zone } = question;
  const known = await loadKnown(tx, { ...question, from, to });
  const shown: ProtectedStretch[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, zone.startOfDate(addDays(zone.dateOf(start), 1)));
    for (const next of stretchesOf(known, { ...question, from: start, to: end })) {
      const before = shown.findIndex((one) => one.to === next.from && sameCells(one, next));
      const earlier = shown[before];
      if (next.from === start && earlier) shown[before] = { ...earlier, to: next.to };
      else shown.push(next);
    }
    start = end;
  }
  return shown;
}

/** Cells come sorted. */
function sameCells(a: ProtectedStretch, b: ProtectedStretch): boolean {
  return a.cells.length === b.cells.length && a.cells.every((cell, at) => cell === b.cells[at]);
}
