import { describe, expect, test } from "vitest";
import { emergingCategory } from "#core/stats/emerging.ts";
import { emergingWords } from "#core/stats/emerging-pattern.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { twoSidedP } from "#core/stats/normal.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

const bySize = (z: readonly (number | null)[]) =>
  z.map((step) => (step === null || Math.abs(step) < 1.96 ? 0 : Math.sign(step)));
const categoryOf = (z: readonly (number | null)[]) =>
  emergingWords(emergingCategory(z, { signs: bySize(z), alpha: 0.05 }));

describe("the emerging category", () => {
  test.each([
    [[0, 0, 3], "new hot spot"],
    [[0, -3, 3], "new hot spot"],
    [[0, 3, 3], "consecutive hot spot"],
    [[3, 0, 3, 3], "sporadic hot spot"],
    [[3, -3, 3, 3], "oscillating hot spot"],
    [[3, 0, 0], "no pattern detected"],
    [[3], "new hot spot"],
    [[3, 3], "persistent hot spot"],
    [[], "no pattern detected"],
    [[null, null, 3], "new hot spot"],
    [[-3, 0, 3, -3, -3], "oscillating cold spot"],
  ])("of %j is %s", (z, words) => {
    expect(categoryOf(z)).toBe(words);
  });

  test("needs nine steps of ten to last", () => {
    const lasting = [0, 3, 3, 3, 3, 3, 3, 3, 3, 3];
    expect(categoryOf(lasting)).toBe("persistent hot spot");
    expect(categoryOf([0, ...lasting])).toBe("consecutive hot spot");
  });

  test("reads a trend down as a stronger cold spot, never as a stronger hot one", () => {
    const falling = [-2, -2.2, -2.4, -2.6, -2.8, -3, -3.2, -3.4];
    expect(categoryOf(falling)).toBe("intensifying cold spot");
    expect(categoryOf(falling.map((z) => -z))).toBe("intensifying hot spot");
    expect(categoryOf(falling.toReversed())).toBe("diminishing cold spot");
  });
});

interface Cube {
  readonly gi_star_z: readonly (readonly number[])[];
  readonly mk: { readonly S: readonly number[]; readonly p: readonly number[] };
  readonly category: Readonly<
    Record<"raw_p" | "fdr_per_slice" | "fdr_whole_cube", readonly string[]>
  >;
}

describeOracle("the emerging category against the wording", () => {
  test("on 22 series", () => {
    const { series } = readOracle<{ series: { name: string; z: number[]; esri: string }[] }>(
      "emerging_labels.json",
    );
    expect(series).toHaveLength(22);
    for (const { name, z, esri } of series) expect(categoryOf(z), name).toBe(esri);
  });

  test.each(["raw_p", "fdr_per_slice", "fdr_whole_cube"] as const)(
    "on 960 cells and 12 months by %s",
    (rule) => {
      const cube = readOracle<Cube>("emerging_cube.json");
      const z = cube.gi_star_z;
      const decides = qOf(z, rule);
      z.forEach((series, cell) => {
        const signs = series.map((step, month) =>
          (decides[cell]?.[month] ?? 1) < 0.05 ? Math.sign(step) : 0,
        );
        const found = emergingCategory(series, { signs, alpha: 0.05 });
        expect(emergingWords(found), `cell ${cell}`).toBe(cube.category[rule][cell]);
        expect(found.s).toBe(cube.mk.S[cell]);
        expect(Math.abs(found.p - (cube.mk.p[cell] ?? Number.NaN))).toBeLessThan(1e-7);
      });
    },
  );
});

function qOf(z: readonly (readonly number[])[], rule: keyof Cube["category"]): number[][] {
  const p = z.map((series) => series.map(twoSidedP));
  if (rule === "raw_p") return p;
  const months = p[0]?.length ?? 0;
  if (rule === "fdr_whole_cube") {
    const q = benjaminiHochberg(p.flat());
    return p.map((_, cell) => q.slice(cell * months, (cell + 1) * months).map((v) => v ?? 1));
  }
  const slices = Array.from({ length: months }, (_, month) =>
    benjaminiHochberg(p.map((series) => series[month] ?? null)),
  );
  return p.map((_, cell) => slices.map((slice) => slice[cell] ?? 1));
}
