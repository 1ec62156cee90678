import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { Credit } from "#core/patrols/candidates/credit.ts";
import type { WindowFloor } from "#core/patrols/candidates/floor.ts";
import type { ClosedTime } from "#core/patrols/ground/closed-time.ts";
import type { DoseLedger } from "#core/patrols/ground/dose.ts";
import { localDay, weekOf } from "#core/patrols/ground/dose.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import { isOfSquad, paced, type Squad } from "#core/patrols/ground/squad.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import {
  createZoneWalks,
  reversedOrder,
  type StopOrder,
  stopOrders,
} from "#core/patrols/walk/stop-order.ts";
import { createSurroundings } from "#core/patrols/walk/surroundings.ts";
import { arrivalMinutes, busyMinutes, variedWindow } from "#core/patrols/walk/timing.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** A possible window: clear of current protected time, worth `value`. */
export interface Candidate {
  readonly zone: H3Cell;
  readonly shift: ShiftOccurrence;
  readonly start: number;
  readonly end: number;
  readonly mode: PatrolMode;
  /** Of a patrol partner; absent of police. */
  readonly squad?: Squad | undefined;
  readonly stops: readonly Visit[];
  /** Expected reports that its stops reach, in millionths of a report exactly. */
  readonly value: number;
}

export interface CandidateContext {
  readonly zone: Zone;
  readonly closed: ClosedTime;
  readonly credit: Credit;
  readonly dose: DoseLedger;
  readonly seed: number;
  readonly earliest: number;
  /** Null for no such end. */
  readonly latest: number | null;
  readonly settings: PatrolSettings;
  readonly floor: WindowFloor;
  /** None: as the crow flies. */
  readonly streets?: StreetTimes | null;
  /** Most visits over the whole plan, by cell; none: as the caps allow. */
  readonly most?: ReadonlyMap<H3Cell, number> | undefined;
}

export interface ShiftModes {
  readonly shift: ShiftOccurrence;
  readonly modes: readonly PatrolMode[];
  /** How patrol partners move then. */
  readonly partners?: readonly Gait[];
}

export interface Gait {
  readonly mode: PatrolMode;
  readonly squad?: Squad | undefined;
}

export function gaitsOf({ modes, partners = [] }: ShiftModes): readonly Gait[] {
  return [...modes.map((mode) => ({ mode })), ...partners];
}

export function zoneCandidates(
  zone: H3Cell,
  cells: readonly H3Cell[],
  shifts: readonly ShiftModes[],
  context: CandidateContext,
): {
  /** By start. */
  readonly candidates: readonly Candidate[];
  /** Starts of shifts whose possible windows are all below the floor. */
  readonly belowFloor: ReadonlySet<number>;
} {
  const choosers = new Map<string, ReturnType<typeof createStopChooser>>();
  const chooserOf = ({ mode, squad }: Gait) => {
    const key = `${mode} ${squad?.number ?? ""}`;
    const own = () => cells.filter((cell) => isOfSquad(squad, cell));
    const choose = choosers.get(key) ?? createStopChooser(own(), mode, paced(context, squad));
    choosers.set(key, choose);
    return choose;
  };
  const candidates: Candidate[] = [];
  const belowFloor = new Set<number>();
  const pairs = shifts.flatMap((one) => gaitsOf(one).map((gait) => ({ gait, shift: one.shift })));
  for (const { shift, gait } of pairs) {
    const choose = chooserOf(gait);
    for (const window of variedWindows(zone, shift, context)) {
      const best = choose(window.start, window.end);
      if (!best) continue;
      if (context.floor.passes({ ...window, stops: best.stops }, best.value)) {
        candidates.push({ zone, shift, ...gait, ...window, ...best });
      } else belowFloor.add(shift.start);
    }
  }
  return { candidates, belowFloor };
}

/** Times for a zone's windows in a shift: blocks with ends moved inwards from the seed. */
export function variedWindows(
  zone: H3Cell,
  shift: ShiftOccurrence,
  context: Pick<CandidateContext, "settings" | "latest" | "earliest" | "seed">,
): { readonly start: number; readonly end: number }[] {
  return shiftBlocks(shift, context).flatMap((block) => {
    const key = `${context.seed} ${zone} ${block.start} ${block.minutes}`;
    const varied = variedWindow(block.minutes, key, context.settings);
    if (!varied) return [];
    const start = block.start + varied.delay * minuteMs;
    return start < context.earliest ? [] : [{ start, end: start + varied.length * minuteMs }];
  });
}

/** Starts every `startStepMinutes`; blocks near the shift's end are cut, never twice alike. */
function shiftBlocks(
  shift: ShiftOccurrence,
  { settings, latest }: Pick<CandidateContext, "settings" | "latest">,
): { readonly start: number; readonly minutes: number }[] {
  const blocks: { start: number; minutes: number }[] = [];
  const end = Math.min(shift.end, latest ?? shift.end);
  for (let start = shift.start; start < end; start += settings.startStepMinutes * minuteMs) {
    let last = 0;
    for (const wanted of settings.blockMinutes) {
      const minutes = Math.min(wanted, Math.floor((end - start) / minuteMs));
      if (minutes > last) blocks.push({ start, minutes });
      last = minutes;
    }
  }
  return blocks;
}

export type StopContext = Pick<
  CandidateContext,
  "zone" | "closed" | "credit" | "dose" | "settings" | "streets"
>;

interface Choice {
  readonly stops: readonly Visit[];
  readonly value: number;
}

/** Subsets, best by estimate, that are timed exactly. */
const shortlist = 4;

/**
 * Picks the stops of one window. Hard rule: a cell closed at any moment of the window is neither a
 * stop nor walked through; the rest of its zone can still be planned. Street routes avoid closed
 * cells outside the zone too, or there is none.
 */
export function createStopChooser(
  cells: readonly H3Cell[],
  mode: PatrolMode,
  context: StopContext,
) {
  const choices = createChoices(cells, mode, context, false);
  return (start: number, end: number): Choice | null => {
    let best: Choice | null = null;
    for (const choice of choices(start, end)) {
      if (!best || choice.value > best.value) best = choice;
    }
    return best;
  };
}

/** Other stops or orders for one window: the same hard rule, the most promising first. */
export function createStopVariants(
  cells: readonly H3Cell[],
  mode: PatrolMode,
  context: StopContext,
): (start: number, end: number) => Choice[] {
  return createChoices(cells, mode, context, true);
}

function createChoices(
  cells: readonly H3Cell[],
  mode: PatrolMode,
  context: StopContext,
  isBothWays: boolean,
) {
  const { closed, credit, settings } = context;
  const fillingDuring = createFilling(cells, mode, context, isBothWays);
  return (start: number, end: number): Choice[] => {
    const open = bitsWhere(cells, (cell) => closed.isClear(cell, start, end));
    if (open === 0) return [];
    const worth = cells.map((cell) => credit.reachedFrom(cell, start));
    const mayVisit = visitsLeft(start, end, context);
    const useful = bitsWhere(cells, (cell, index) => (worth[index] ?? 0) > 0 && mayVisit(cell));
    const length = (end - start) / minuteMs;
    return bestGuesses(fillingDuring(start, end)(open)(length), useful, worth)
      .flatMap((order) =>
        order.back && fills(order.back, length, settings) ? [order, order.back] : [order],
      )
      .flatMap((order) => timed(order, cells, { start, length }, context) ?? []);
  };
}

/** Walks over open cells that fill a window's length; each set is computed once. */
function createFilling(
  cells: readonly H3Cell[],
  mode: PatrolMode,
  context: StopContext,
  isBothWays: boolean,
) {
  const { closed, settings, streets } = context;
  const movement = settings.modes[mode];
  const fillingOf = (seconds: Float64Array | null) => {
    const walks = createZoneWalks(cells, movement, seconds);
    const ordersFor = memo((open: number): readonly StopOrder[] => {
      const orders = stopOrders(walks, open);
      if (!isBothWays) return orders;
      return orders.map((order) => ({ ...order, back: reversedOrder(walks, order, open) }));
    });
    return memo((open: number) =>
      memo((length: number) => ordersFor(open).filter((order) => fills(order, length, settings))),
    );
  };
  const [first] = cells;
  if (!streets || first === undefined) {
    const filling = fillingOf(null);
    return () => filling;
  }
  const { closedDuring } = createSurroundings(parentCell(first, zoneResolution), closed);
  const known = new Map<readonly H3Cell[], ReturnType<typeof fillingOf>>();
  // Most closures leave the routes of a zone unchanged.
  const alike = new Map<string, ReturnType<typeof fillingOf>>();
  const fillingRound = (shut: readonly H3Cell[]) => {
    const seconds = streets.walks(cells, mode, shut);
    const key = seconds.join();
    const filling = alike.get(key) ?? fillingOf(seconds);
    alike.set(key, filling);
    return filling;
  };
  return (start: number, end: number) => {
    const shut = closedDuring(start, end);
    const filling = known.get(shut) ?? fillingRound(shut);
    known.set(shut, filling);
    return filling;
  };
}

/** The most promising subsets that fill the window, best first; ties: the first subset. */
function bestGuesses(
  orders: readonly StopOrder[],
  useful: number,
  worth: readonly number[],
): StopOrder[] {
  const best: Guess[] = [];
  for (const order of orders) {
    if ((order.subset & ~useful) !== 0) continue;
    let guess = 0;
    for (const at of order.order) guess += worth[at] ?? 0;
    if (best.length === shortlist && guess < (best.at(-1)?.guess ?? 0)) continue;
    let place = best.length;
    while (place > 0 && isBefore({ order, guess }, best[place - 1])) place -= 1;
    if (place < shortlist) {
      best.splice(place, 0, { order, guess });
      best.length = Math.min(best.length, shortlist);
    }
  }
  return best.map(({ order }) => order);
}

interface Guess {
  readonly order: StopOrder;
  readonly guess: number;
}

function isBefore(one: Guess, other: Guess | undefined): boolean {
  if (!other || one.guess !== other.guess) return !other || one.guess > other.guess;
  return one.order.subset < other.order.subset;
}

function fills(order: StopOrder, length: number, settings: PatrolSettings): boolean {
  const idle = length - busyMinutes(order.legs, settings);
  return idle >= 0 && idle <= settings.idleMinutes;
}

/** Whether a cell is rested and has a visit left on a window's days. */
function visitsLeft(start: number, end: number, { dose, zone, settings }: StopContext) {
  const days = [...new Set([localDay(zone, start), localDay(zone, end - 1)])];
  return (cell: H3Cell) =>
    days.every(
      (day) =>
        dose.usedOn(cell, day) < settings.visitsPerDay &&
        dose.usedInWeek(cell, weekOf(day)) < settings.visitsPerWeek,
    ) && dose.isRested(cell, start, end);
}

function memo<Value>(make: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

function timed(
  order: StopOrder,
  cells: readonly H3Cell[],
  span: { readonly start: number; readonly length: number },
  { credit, settings }: StopContext,
): Choice | null {
  const arrivals = arrivalMinutes(span.length, order.legs, settings);
  if (!arrivals) return null;
  let value = 0;
  const stops: Visit[] = [];
  order.order.forEach((index, position) => {
    const cell = cells[index];
    if (cell === undefined) return;
    const arrive = span.start + (arrivals[position] ?? 0) * minuteMs;
    stops.push({ cell, arrive, depart: arrive + settings.dwellMinutes * minuteMs });
    value += credit.reachedFrom(cell, arrive);
  });
  const rounded = Math.round(value * 1e6) / 1e6;
  return rounded > 0 ? { stops, value: rounded } : null;
}

function bitsWhere(
  cells: readonly H3Cell[],
  holds: (cell: H3Cell, index: number) => boolean,
): number {
  let bits = 0;
  cells.forEach((cell, index) => {
    if (holds(cell, index)) bits |= 1 << index;
  });
  return bits;
}
