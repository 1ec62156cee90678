import { describe, expect, test } from "vitest";
import { aoristicWeights, type BinShare } from "#core/stats/aoristic.ts";
import { createZone, dayMs, hourMs, minuteMs, parseLocal } from "#core/time/zone.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

const london = createZone("Europe/London");
const utc = createZone("UTC");
const at = (text: string) => Date.parse(text);

describe("aoristic weights", () => {
  test("share an evening by real minutes", () => {
    // Friday 20:30 to 22:00 in November: 30 of 90 minutes, then 60.
    const shares = aoristicWeights(london, at("2021-11-26T20:30Z"), at("2021-11-26T22:00Z"));
    expectShares(shares, [
      [4 * 24 + 20, 1 / 3],
      [4 * 24 + 21, 2 / 3],
    ]);
  });

  test("use the wall clock in summer", () => {
    expect(aoristicWeights(london, at("2021-08-02T23:10Z"), at("2021-08-02T23:20Z"))).toEqual([
      [24, 1],
    ]);
  });

  test("give autumn's doubled hour both its hours", () => {
    // 30 October 2021 23:00Z to 31 October 02:00Z: 00:00 to 02:00 on the clock, three real hours.
    const shares = aoristicWeights(london, at("2021-10-30T23:00Z"), at("2021-10-31T02:00Z"));
    expectShares(shares, [
      [144, 1 / 3],
      [145, 2 / 3],
    ]);
  });

  test("give spring's missing hour nothing", () => {
    const shares = aoristicWeights(london, at("2021-03-28T00:00Z"), at("2021-03-28T02:00Z"));
    expectShares(shares, [
      [144, 1 / 2],
      [146, 1 / 2],
    ]);
  });

  test("lie in the hour of the start without an end after it", () => {
    const start = at("2021-11-26T20:30Z");
    for (const end of [null, start, start - hourMs]) {
      expect(aoristicWeights(london, start, end)).toEqual([[116, 1]]);
    }
  });

  test("add up over many weeks and both clock changes of a year", () => {
    // 2021 in London: 8,760 hours, of which the 01:00 hour of Sundays has one twice and one never.
    const from = at("2021-01-01T00:00Z");
    const to = at("2022-01-01T00:00Z");
    const hours = new Float64Array(168);
    for (let hour = from; hour < to; hour += hourMs) {
      const bin = london.hourOfWeek(hour);
      hours[bin] = (hours[bin] ?? 0) + 1;
    }
    expectShares(
      aoristicWeights(london, from, to),
      [...hours].map((count, bin) => [bin, count / 8760] as const),
    );
  });

  test("follow a zone whose clock moves by half an hour", () => {
    const zone = createZone("Australia/Lord_Howe");
    const change = zone.changes.find(({ at: when }) => when > at("2021-01-01T00:00Z"));
    const when = change?.at ?? Number.NaN;
    const shares = aoristicWeights(zone, when - hourMs, when + hourMs);
    const minutes = new Map<number, number>();
    for (let minute = when - hourMs; minute < when + hourMs; minute += minuteMs) {
      const bin = zone.hourOfWeek(minute);
      minutes.set(bin, (minutes.get(bin) ?? 0) + 1);
    }
    expectShares(
      shares,
      [...minutes].sort((a, b) => a[0] - b[0]).map(([bin, count]) => [bin, count / 120] as const),
    );
  });

  test("share exactly one week evenly", () => {
    const shares = aoristicWeights(
      utc,
      at("2024-01-01T12:00Z"),
      at("2024-01-01T12:00Z") + 7 * dayMs,
    );
    expect(shares.length).toBe(168);
    for (const [, weight] of shares) expect(weight).toBeCloseTo(1 / 168, 15);
  });
});

interface Share {
  readonly bin: number;
  readonly w: number;
}

describeOracle("aoristic weights against the exact overlap", () => {
  test("of 16 spans, multi-week ones included", () => {
    const { events } = readOracle<{
      events: { id: string; from: string; to: string | null; exact_overlap: Share | Share[] }[];
    }>("aoristic.json");
    expect(events.length).toBe(16);
    for (const { from, to, exact_overlap } of events) {
      const shares = aoristicWeights(utc, local(from), to === null ? null : local(to));
      expectShares(shares, asPairs(exact_overlap), 1e-12);
    }
  });

  test("across London's clock changes", () => {
    const { events } = readOracle<{
      events: { from_utc: string; to_utc: string; weights: Share | Share[] }[];
    }>("aoristic_dst_london.json");
    expect(events.length).toBe(5);
    for (const { from_utc, to_utc, weights } of events) {
      expectShares(aoristicWeights(london, at(from_utc), at(to_utc)), asPairs(weights), 1e-9);
    }
  });
});

function local(text: string): number {
  return parseLocal(text.replace(" ", "T"));
}

function asPairs(shares: Share | Share[]): BinShare[] {
  return [shares].flat().map(({ bin, w }) => [bin, w]);
}

function expectShares(
  found: readonly BinShare[],
  expected: readonly BinShare[],
  tolerance = 1e-14,
): void {
  expect(found.map(([bin]) => bin)).toEqual(expected.map(([bin]) => bin));
  found.forEach(([, weight], index) => {
    expect(Math.abs(weight - (expected[index]?.[1] ?? Number.NaN))).toBeLessThan(tolerance);
  });
}
