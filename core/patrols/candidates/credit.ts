import { disk, type H3Cell } from "#core/geo/cell.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { ClosedTime, Interval } from "#core/patrols/ground/closed-time.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** A stop's worth: expected reports in its cell from arrival, for as long as a stop has effect. */
export interface Credit {
  readonly reachedFrom: (cell: H3Cell, arrive: number) => number;
  readonly expectedIn: (cell: H3Cell, start: number, end: number) => number;
}

/** The part of a forecast that credit needs: the board has it only for the cells on screen. */
export type ExpectedByHour = Pick<Demand, "cells" | "rates">;

const slotMs = 15 * minuteMs;

/**
 * Running sums of expected reports by cell and quarter hour, so that any stretch is one
 * subtraction. A cell earns nothing while it or a cell within one ring is closed: patrols must not
 * circle a session, nor count demand that protected time moved (DEFINITIONS, Plan).
 */
export function createCredit(
  demand: ExpectedByHour,
  context: {
    readonly zone: Zone;
    readonly closed: ClosedTime;
    readonly start: number;
    readonly end: number;
    readonly reachMinutes: number;
  },
): Credit {
  const start = Math.floor(context.start / slotMs) * slotMs;
  const reachMs = context.reachMinutes * minuteMs;
  const slots = Math.ceil((context.end + reachMs - start) / slotMs) + 1;
  const hours = Array.from({ length: slots }, (_, slot) =>
    context.zone.hourOfWeek(start + slot * slotMs),
  );
  const indexOf = new Map(demand.cells.map((cell, index) => [cell, index] as const));
  const sums = new Map<H3Cell, Float64Array>();
  const ringed = new Set<H3Cell>();
  for (const cell of context.closed.cells) for (const near of disk(cell, 1)) ringed.add(near);

  const sumsOf = (cell: H3Cell) => {
    const known = sums.get(cell);
    if (known) return known;
    const made = cumulate(demand, indexOf.get(cell), hours);
    if (ringed.has(cell)) removeClosed(made, closedAround(context.closed, cell), start);
    accumulate(made);
    sums.set(cell, made);
    return made;
  };
  const upTo = (values: Float64Array, at: number) => {
    const position = Math.min(Math.max((at - start) / slotMs, 0), slots);
    const slot = Math.floor(position);
    const whole = values[slot] ?? 0;
    return whole + (position - slot) * ((values[slot + 1] ?? whole) - whole);
  };
  const expectedIn = (cell: H3Cell, from: number, to: number) => {
    const values = sumsOf(cell);
    return upTo(values, to) - upTo(values, from);
  };
  return { expectedIn, reachedFrom: (cell, arrive) => expectedIn(cell, arrive, arrive + reachMs) };
}

/** When the cell or one of its neighbours is closed. */
function closedAround(closed: ClosedTime, cell: H3Cell): Interval[] {
  return disk(cell, 1).flatMap((near) => [...closed.of(near)]);
}

/** Cumulative sums, one place to the right: the first entry stays 0. */
function cumulate(
  demand: ExpectedByHour,
  index: number | undefined,
  hours: readonly number[],
): Float64Array {
  const values = new Float64Array(hours.length + 1);
  if (index === undefined) return values;
  const share = slotMs / hourMs;
  hours.forEach((hour, slot) => {
    values[slot + 1] = (demand.rates[index * hoursOfWeek + hour] ?? 0) * share;
  });
  return values;
}

function removeClosed(values: Float64Array, closed: readonly Interval[], start: number): void {
  for (const { from, to } of closed) {
    const first = Math.max(0, Math.floor((from - start) / slotMs));
    const last = Math.min(values.length - 1, Math.ceil((to - start) / slotMs));
    if (first < last) values.fill(0, first + 1, last + 1);
  }
}

function accumulate(values: Float64Array): void {
  for (let slot = 1; slot < values.length; slot += 1) {
    values[slot] = (values[slot] ?? 0) + (values[slot - 1] ?? 0);
  }
}
