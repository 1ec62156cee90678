import { describe, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { areApart, createDoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import { createZone, minuteMs, parseLocal } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cell = cellAt([-0.0644, 51.6147], 10);
const gap = { revisitMinutes: 120 };

function visit(local: string) {
  const arrive = zone.toInstant(parseLocal(local), "earlier");
  return { cell, arrive, depart: arrive + 15 * minuteMs };
}

function dayOf(local: string): number {
  return localDay(zone, visit(local).arrive);
}

describe("what counts already", () => {
  const ledger = createDoseLedger(
    [visit("2021-11-28T23:50"), visit("2021-11-29T00:05"), visit("2021-11-29T14:00")],
    zone,
    gap,
  );

  test("visits count on the London date on which they begin", () => {
    expect(ledger.usedOn(cell, dayOf("2021-11-28T12:00"))).toBe(1);
    expect(ledger.usedOn(cell, dayOf("2021-11-29T12:00"))).toBe(2);
    expect(ledger.usedOn(cell, dayOf("2021-11-30T12:00"))).toBe(0);
  });

  test("weeks run from Monday to Sunday", () => {
    expect(weekOf(dayOf("2021-11-28T12:00"))).toBe(weekOf(dayOf("2021-11-22T00:00")));
    expect(weekOf(dayOf("2021-11-29T00:00"))).toBe(weekOf(dayOf("2021-11-28T23:59")) + 1);
    expect(ledger.usedInWeek(cell, weekOf(dayOf("2021-11-29T12:00")))).toBe(2);
    expect(ledger.usedInWeek(cell, weekOf(dayOf("2021-11-28T12:00")))).toBe(1);
  });

  test("a cell is rested two hours after a visit ends and before the next begins, not a minute less", () => {
    const { arrive, depart } = visit("2021-11-29T14:00");
    const two = 120 * minuteMs;
    expect(ledger.isRested(cell, depart + two, depart + two + minuteMs)).toBe(true);
    expect(ledger.isRested(cell, depart + two - minuteMs, depart + two)).toBe(false);
    expect(ledger.isRested(cell, arrive - two - minuteMs, arrive - two)).toBe(true);
    expect(ledger.isRested(cell, arrive - two, arrive - two + minuteMs)).toBe(false);
  });

  test("two visits are apart by the same rule, whichever comes first", () => {
    const first = visit("2021-11-29T14:00");
    const late = visit("2021-11-29T16:15");
    const early = visit("2021-11-29T16:14");
    expect([areApart(first, late, gap), areApart(late, first, gap)]).toEqual([true, true]);
    expect([areApart(first, early, gap), areApart(early, first, gap)]).toEqual([false, false]);
  });
});
