import type { H3Cell } from "#core/geo/cell.ts";
import { isFresh, type PlanPeriod } from "#core/protected-time/freshness.ts";
import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import {
  type Closure,
  indexClosures,
  mergeClosures,
  type ProtectedStretch,
} from "#core/protected-time/protected.ts";
import { assumedHours } from "#core/protected-time/settings.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { addDays, hourMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { knownCalendars } from "#server/protected-time/queries/calendars.ts";
import { loadSessions } from "#server/protected-time/queries/sessions.ts";

interface Question {
  readonly zone: Zone;
  readonly from: number;
  readonly to: number;
  /** Knowledge at that time decides which calendars are assumed, and so widened. */
  readonly now: number;
  readonly seen?: Seen;
  /** For answers to a neighbour: always widened, so that no answer changes with a calendar's age. */
  readonly isForNeighbour?: boolean;
}

/** What an answer about protected time was made from. */
export interface Seen {
  readonly partners: Set<string>;
  /** The cells that sessions close at one moment. */
  readonly pictures: (readonly H3Cell[])[];
}

export const nothingSeen = (): Seen => ({ partners: new Set(), pictures: [] });

/**
 * Protected time during [from, to), from data read for it or for a longer period, merged so that
 * partners can be neither told apart nor counted: what police are shown, the planner avoids and
 * agreeing refuses.
 */
function stretchesOf(known: KnownClosures, question: Question): ProtectedStretch[] {
  const period = { planFrom: question.from, planTo: question.to, now: question.now };
  return mergedOf(known, question, period);
}

export interface WindowToCheck {
  readonly id: string;
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
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
 * Protected time during [from, to) as a plan of these dates must respect it. Its last shift may end
 * after its last midnight: that part is judged by its own day, so that a night neither makes a
 * fresh calendar look a day older, nor one assumed on the next day look fresh.
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
    stretches.push(...mergedOf(known, within, { planFrom, planTo, now }));
  }
  if (to > planTo) {
    stretches.push(...stretchesOf(known, { ...question, from: Math.max(from, planTo) }));
  }
  return stretches;
}

type KnownClosures = Awaited<ReturnType<typeof loadKnown>>;

/** Read once, shared by days judged separately. */
function loadKnown(tx: Transaction, question: Question) {
  return tx.through("keeper", async (keeper) => ({
    calendars: await knownCalendars(keeper, question),
    sessions: await loadSessions(keeper, {}),
  }));
}

function mergedOf(
  known: KnownClosures,
  question: Question,
  period: PlanPeriod,
): ProtectedStretch[] {
  const merged = mergeClosures(closuresOf(known, question, period), question);
  // A neighbour is shown no picture.
  if (question.seen && !question.isForNeighbour) {
    question.seen.pictures.push(...merged.map(({ cells }) => cells));
  }
  return merged;
}

function closuresOf(
  { calendars, sessions }: KnownClosures,
  question: Question,
  period: PlanPeriod,
): Closure[] {
  const { zone, from, to } = question;
  // If one is assumed all are widened: otherwise hatches growing together would reveal a common
  // partner.
  const isSomeAssumed = sessions.some(({ partnerId }) => {
    // A partner that left: its last closures stay unchanged.
    if (!calendars.has(partnerId)) return false;
    const report = calendars.get(partnerId)?.report ?? null;
    return report === null || !isFresh(zone, report, period);
  });
  const isAssumed = question.isForNeighbour || isSomeAssumed;
  const widen = isAssumed ? assumedHours * hourMs : 0;
  const reach = { from: from - widen, to: to + widen };
  const closures: Closure[] = [];
  for (const session of sessions) {
    for (const visit of occurrencesBetween(zone, session, reach)) {
      const closure = {
        cells: session.cells,
        from: visit.closedFrom - widen,
        to: visit.closedTo + widen,
      };
      closures.push(closure);
      if (closure.from < to && closure.to > from) question.seen?.partners.add(session.partnerId);
    }
  }
  return closures;
}

/**
 * Protected time as police are shown it, day by day: a calendar fresh up to the ninth is only
 * assumed, and so widened, on the tenth; that must not widen the ninth as well.
 */
export async function shownStretches(
  tx: Transaction,
  question: Question & { readonly seen: Seen },
): Promise<ProtectedStretch[]> {
  return shownOf(await loadKnown(tx, question), question);
}

/**
 * Whether the first of these sessions changes anything that police are shown, the others aside: a
 * batch is judged one by one, each beside those before it. And whether it would were its partner
 * the only one, which is worked out either way: an answer must not take longer for one of the two.
 */
export async function changesShown(
  tx: Transaction,
  { zone, now }: Pick<Question, "zone" | "now">,
  ids: readonly string[],
): Promise<{ readonly isHeard: boolean; readonly isUnderOwn: boolean }> {
  const today = zone.dateOf(now);
  const question = { zone, now, from: zone.startOfDate(today), to: shownUntil(zone, today) };
  const known = await loadKnown(tx, question);
  const partner = known.sessions.find(({ id }) => id === ids[0])?.partnerId;
  const changes = (sessions: KnownClosures["sessions"]) => {
    const [before, after] = [ids, ids.slice(1)].map((left) => {
      const rest = sessions.filter(({ id }) => !left.includes(id));
      return JSON.stringify(shownOf({ ...known, sessions: rest }, question));
    });
    return before !== after;
  };
  return {
    isHeard: changes(known.sessions),
    isUnderOwn: !changes(known.sessions.filter(({ partnerId }) => partnerId === partner)),
  };
}

function shownOf(known: KnownClosures, { from, to, ...question }: Question): ProtectedStretch[] {
  const { zone } = question;
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

/** Relies on sorted cells. */
function sameCells(a: ProtectedStretch, b: ProtectedStretch): boolean {
  return a.cells.length === b.cells.length && a.cells.every((cell, at) => cell === b.cells[at]);
}
