import { describe, expect, test } from "vitest";
import { createLedger } from "#core/patrols/solve/ledger.ts";
import { mostOf, type Packing, packingValue } from "#core/patrols/solve/packing.ts";
import { createRandom } from "#core/random.ts";

const seeds = Array.from({ length: 25 }, (_, at) => at + 1);

function drawn(seed: number): Packing {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: 8 }, () => (1 + random.integer(900)) / 1000);
  const rows = Array.from({ length: 5 }, () => {
    const members = [...values.keys()].filter(() => random.next() < 0.6);
    const steps = Array.from({ length: random.integer(3) }, () => random.integer(400) / 1000);
    const row = { limit: random.integer(3), members };
    return steps.length > 0 ? { ...row, steps: steps.sort((a, b) => a - b) } : row;
  });
  return { values, rows };
}

describe("what is chosen, and what one more would add", () => {
  test.each(seeds)("is as the packing itself reckons it (seed %i)", (seed) => {
    const packing = drawn(seed);
    const random = createRandom(seed + 1000);
    const ledger = createLedger(packing, () => true);
    const chosen = new Set<number>();
    const fits = (option: number) =>
      packing.rows.every(
        (row) =>
          !row.members.includes(option) ||
          row.members.filter((member) => chosen.has(member)).length < mostOf(row),
      );
    for (let turn = 0; turn < 40; turn += 1) {
      const option = random.integer(packing.values.length);
      if (chosen.has(option)) {
        chosen.delete(option);
        ledger.drop(option);
      } else if (fits(option)) {
        const more = packingValue(packing, [...chosen, option]) - packingValue(packing, chosen);
        expect(ledger.adds(option)).toBeCloseTo(more, 6);
        chosen.add(option);
        ledger.take(option);
      } else expect(ledger.adds(option)).toBe(-1);
      expect(ledger.value()).toBeCloseTo(packingValue(packing, chosen), 6);
    }
  });

  test("what is chosen is not there to be chosen again, whatever room its rows have", () => {
    const ledger = createLedger(
      { values: Float64Array.of(0.5), rows: [{ limit: 2, members: [0] }] },
      () => true,
    );
    ledger.take(0);
    expect([ledger.value(), ledger.adds(0)]).toEqual([0.5, -1]);
    ledger.drop(0);
    expect([ledger.value(), ledger.adds(0)]).toEqual([0, 0.5]);
  });

  test("a row that is kept in another way neither forbids nor costs", () => {
    const packing: Packing = {
      values: Float64Array.from([0.5, 0.25]),
      rows: [
        { limit: 1, members: [0, 1] },
        { limit: 0, members: [0], steps: [0.1] },
      ],
    };
    const strict = createLedger(packing, () => true);
    const loose = createLedger(packing, () => false);
    strict.take(0);
    loose.take(0);
    expect([strict.value(), loose.value()]).toEqual([0.4, 0.5]);
    expect([strict.adds(1), loose.adds(1)]).toEqual([-1, 0.25]);
    expect(createLedger(packing, (row) => row === 1).adds(0)).toBeCloseTo(0.4, 9);
  });

  test("two options meet where a row has room for one of them alone", () => {
    const packing: Packing = {
      values: Float64Array.from([0.5, 0.25, 0.125]),
      rows: [
        { limit: 1, members: [0, 1] },
        { limit: 2, members: [1, 2] },
      ],
    };
    const ledger = createLedger(packing, () => true);
    expect(ledger.ask(2)).toBe(false);
    expect(ledger.meets(1)).toBe(false);
    expect(ledger.ask(1)).toBe(true);
    expect([ledger.meets(0), ledger.meets(2)]).toEqual([true, false]);
    ledger.take(2);
    expect(ledger.ask(2)).toBe(true);
    expect([ledger.meets(0), ledger.meets(1)]).toEqual([false, true]);
  });
});
