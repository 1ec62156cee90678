import { trendLevel } from "#core/hotspots/emerging-group.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { emergingCategory } from "#core/stats/emerging.ts";
import type { Emerging } from "#core/stats/emerging-pattern.ts";
import { hotLevel } from "#core/stats/hot.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { twoSidedP } from "#core/stats/normal.ts";

/**
 * Emerging category of every cell from its counts in equal steps. Hot steps use the common test
 * (DEFINITIONS, Hot; beside a hotspot is not hot), cold ones the normal p of Gi* under the same
 * correction; trends are those of the z of Gi*.
 */
export function emergingByCell(study: StudySet, steps: readonly Int32Array[]): Emerging[] {
  const tested = steps.map((counts) => {
    const { z, hot } = testCells(counts, study);
    const cold = benjaminiHochberg(z.map((score) => (score === null ? null : twoSidedP(score))));
    return { z, signOf: (cell: number) => signOf(hot[cell] === 1, z[cell], cold[cell]) };
  });
  return study.cells.map((_, cell) =>
    emergingCategory(
      tested.map(({ z }) => z[cell] ?? null),
      { signs: tested.map((step) => step.signOf(cell)), alpha: trendLevel },
    ),
  );
}

function signOf(
  isHot: boolean,
  z: number | null | undefined,
  q: number | null | undefined,
): 1 | 0 | -1 {
  if (isHot) return 1;
  return z != null && q != null && z < 0 && q <= hotLevel ? -1 : 0;
}
