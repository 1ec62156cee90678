import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { type Packing, packingValue, withoutImplied } from "#core/patrols/solve/packing.ts";
import { coverByCliques } from "#core/patrols/solve/rows.ts";
import { repaired, splitPacking } from "#core/patrols/solve/split.ts";
import { runsOf } from "#tests/support/runs.ts";

/** Each goes through every subset of up to twelve options. */
const tries = { numRuns: runsOf(100, 40) };

const graph = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
  }),
);

const packings: fc.Arbitrary<Packing> = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    values: fc
      .array(fc.integer({ min: 1, max: 1000 }), { minLength: count, maxLength: count })
      .map((values) => Float64Array.from(values, (value) => value / 1000)),
    rows: fc.array(
      fc.record({
        limit: fc.integer({ min: 1, max: 3 }),
        members: fc
          .uniqueArray(fc.nat(count - 1), { minLength: 1 })
          .map((members) => members.sort((a, b) => a - b)),
      }),
      { maxLength: 8 },
    ),
  }),
);

function holds({ rows }: Packing, chosen: readonly number[]): boolean {
  return rows.every(
    ({ limit, members }) => members.filter((member) => chosen.includes(member)).length <= limit,
  );
}

function subsets(count: number): number[][] {
  return Array.from({ length: 1 << count }, (_, bits) =>
    Array.from({ length: count }, (_unused, at) => at).filter((at) => bits & (1 << at)),
  );
}

describe("cliques", () => {
  test.prop([graph])("two items are in one clique exactly if they conflict", ({ count, edges }) => {
    const conflicts = new Set(
      edges.flatMap(([a, b]) => (a === b ? [] : [`${a} ${b}`, `${b} ${a}`])),
    );
    const conflict = (a: number, b: number) => conflicts.has(`${a} ${b}`);
    const cliques = coverByCliques({ count, conflict, mayConflict: () => true });
    const together = new Set<string>();
    for (const clique of cliques) {
      expect(new Set(clique).size).toBe(clique.length);
      for (const a of clique) for (const b of clique) if (a !== b) together.add(`${a} ${b}`);
    }
    expect(together).toEqual(conflicts);
  });
});

describe("packings", () => {
  test.prop([packings], tries)("dropping implied rows forbids the same choices", (packing) => {
    const fewer = { ...packing, rows: withoutImplied(packing.rows) };
    expect(fewer.rows.length).toBeLessThanOrEqual(packing.rows.length);
    const otherwise = subsets(packing.values.length).filter(
      (chosen) => holds(fewer, chosen) !== holds(packing, chosen),
    );
    expect(otherwise).toEqual([]);
  });

  test.prop([packings, fc.array(fc.nat(11))])(
    "a repaired choice keeps every row",
    (packing, wild) => {
      const choice = [...new Set(wild.filter((option) => option < packing.values.length))];
      const kept = repaired(packing, choice);
      expect(holds(packing, kept)).toBe(true);
      expect(kept.every((option) => choice.includes(option))).toBe(true);
      if (holds(packing, choice)) expect(kept).toEqual([...choice].sort((a, b) => a - b));
    },
  );

  test.prop([packings, fc.array(fc.nat(2), { minLength: 12, maxLength: 12 })], tries)(
    "the parts together can do at least what the whole can",
    (packing, groups) => {
      const { parts, joint } = splitPacking(packing, (option) => groups[option]);
      expect(parts.flatMap((part) => part.options).sort((a, b) => a - b)).toEqual([
        ...packing.values.keys(),
      ]);
      const best = (one: Packing) =>
        Math.max(
          ...subsets(one.values.length)
            .filter((chosen) => holds(one, chosen))
            .map((chosen) => packingValue(one, chosen)),
        );
      for (const row of joint) {
        const members = packing.rows[row]?.members ?? [];
        expect(new Set(members.map((member) => groups[member])).size).toBeGreaterThan(1);
      }
      const sum = parts.reduce((all, part) => all + best(part.packing), 0);
      expect(sum).toBeGreaterThanOrEqual(best(packing) - 1e-9);
    },
  );
});
