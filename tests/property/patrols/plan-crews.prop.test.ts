import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { heaviestClash } from "#core/patrols/solve/crew-plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { type Packing, packingValue, priceOf } from "#core/patrols/solve/packing.ts";
import { fewestUnits } from "#core/patrols/solve/roster.ts";

/** Windows on a line with a place each: who may follow whom is an order, as it is on real streets. */
const windows = fc.array(
  fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 8 }), place: fc.nat(12) }),
  { minLength: 1, maxLength: 9 },
);

function sequenceOf(given: readonly { start: number; length: number; place: number }[]) {
  const ordered = [...given].sort((a, b) => a.start - b.start);
  return {
    count: ordered.length,
    mayFollow: (before: number, next: number) => {
      const [a, b] = [ordered[before], ordered[next]];
      if (!a || !b) return false;
      return b.start >= a.start + a.length + Math.abs(a.place - b.place);
    },
  };
}

function fewestByForce(count: number, mayFollow: (a: number, b: number) => boolean): number {
  const handOut = (at: number, last: readonly number[]): number => {
    if (at === count) return last.length;
    const others = last.flatMap((one, unit) =>
      mayFollow(one, at) ? [handOut(at + 1, last.with(unit, at))] : [],
    );
    return Math.min(handOut(at + 1, [...last, at]), ...others);
  };
  return handOut(0, []);
}

describe("units between them", () => {
  test.prop([windows])("take as few as any way of handing the windows out does", (given) => {
    const sequence = sequenceOf(given);
    const { before, units } = fewestUnits(sequence);
    expect(units).toBe(fewestByForce(sequence.count, sequence.mayFollow));
    const followed = before.filter((one) => one >= 0);
    expect(new Set(followed).size).toBe(followed.length);
    before.forEach((one, next) => {
      if (one >= 0) expect(sequence.mayFollow(one, next)).toBe(true);
    });
  });

  test.prop([windows])("as many windows clash as there are units needed", (given) => {
    const sequence = sequenceOf(given);
    const { members: clash } = heaviestClash({ ...sequence, weight: () => 1 });
    expect(clash).toHaveLength(fewestUnits(sequence).units);
    for (const a of clash) {
      for (const b of clash) if (a < b) expect(sequence.mayFollow(a, b)).toBe(false);
    }
  });
});

describe("units between them, in part", () => {
  test.prop([windows, fc.array(fc.nat(100), { minLength: 9, maxLength: 9 })])(
    "the heaviest clash is the one that trying every set finds",
    (given, hundredths) => {
      const sequence = sequenceOf(given);
      const weight = (item: number) => (hundredths[item] ?? 0) / 100;
      const found = heaviestClash({ ...sequence, weight });
      let heaviest = 0;
      for (let bits = 0; bits < 1 << sequence.count; bits += 1) {
        const set = Array.from({ length: sequence.count }, (_, at) => at).filter(
          (at) => bits & (1 << at),
        );
        const isClash = set.every((a) => set.every((b) => a >= b || !sequence.mayFollow(a, b)));
        const total = set.reduce((all, item) => all + weight(item), 0);
        if (isClash) heaviest = Math.max(heaviest, total);
      }
      expect(found.weight).toBeCloseTo(heaviest, 6);
      expect(found.members.reduce((all, item) => all + weight(item), 0)).toBeCloseTo(heaviest, 6);
      for (const a of found.members) {
        for (const b of found.members) if (a < b) expect(sequence.mayFollow(a, b)).toBe(false);
      }
    },
  );
});

const priced: fc.Arbitrary<Packing> = fc.integer({ min: 2, max: 9 }).chain((count) =>
  fc.record({
    values: fc
      .array(fc.integer({ min: 1, max: 900 }), { minLength: count, maxLength: count })
      .map((values) => Float64Array.from(values, (value) => value / 1000)),
    rows: fc.array(
      fc.record({
        limit: fc.nat(2),
        members: fc
          .uniqueArray(fc.nat(count - 1), { minLength: 1 })
          .map((members) => members.sort((a, b) => a - b)),
        steps: fc
          .array(fc.integer({ min: 0, max: 400 }), { maxLength: 3 })
          .map((steps) => steps.sort((a, b) => a - b).map((step) => step / 1000)),
      }),
      { maxLength: 5 },
    ),
  }),
);

const holds = ({ rows }: Packing, chosen: readonly number[]) =>
  rows.every(
    ({ limit, members, steps = [] }) =>
      members.filter((member) => chosen.includes(member)).length <= limit + steps.length,
  );

/** Value less prices, reckoned plainly. */
function worthOf({ values, rows }: Packing, chosen: readonly number[]): number {
  let worth = chosen.reduce((all, option) => all + (values[option] ?? 0), 0);
  for (const { limit, members, steps = [] } of rows) {
    const beyond = members.filter((member) => chosen.includes(member)).length - limit;
    for (const step of steps.slice(0, Math.max(0, beyond))) worth -= step;
  }
  return worth;
}

describe("rows that let more in at a price", () => {
  test.prop([priced])("are paid for, step by step", (packing) => {
    const all = [...packing.values.keys()];
    for (let bits = 0; bits < 1 << all.length; bits += 1) {
      const chosen = all.filter((option) => bits & (1 << option));
      if (holds(packing, chosen))
        expect(packingValue(packing, chosen)).toBeCloseTo(worthOf(packing, chosen), 6);
    }
    expect(priceOf({ limit: 1, members: [], steps: [0.1, 0.3] }, 3)).toBeCloseTo(0.4, 9);
    expect(priceOf({ limit: 1, members: [], steps: [0.1, 0.3] }, 1)).toBe(0);
  });

  test.prop([priced])(
    "the greedy plan keeps them, and nothing that would add anything fits",
    (packing) => {
      const minutes = new Float64Array(packing.values.length).fill(1);
      const chosen = addGreedily(packing, minutes);
      expect(holds(packing, chosen)).toBe(true);
      const worth = packingValue(packing, chosen);
      for (const option of packing.values.keys()) {
        const more = [...chosen, option];
        if (chosen.includes(option) || !holds(packing, more)) continue;
        expect(packingValue(packing, more)).toBeLessThanOrEqual(worth + 1e-9);
      }
    },
  );
});
