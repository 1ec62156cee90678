import { type MonthState, monthsOf } from "#core/releases/presentation/view.ts";
import { panelMeasures } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";

/** How many figures of a draft are shown, how many withheld, and how many lie before the first records. */
export function figuresIn(content: ReleaseContent): Readonly<Record<MonthState, number>> {
  const counts = { shown: 0, withheld: 0, before: 0 };
  for (const measure of panelMeasures) {
    const areas = new Set(
      content.values.filter((one) => one.measure === measure).map(({ area }) => area),
    );
    for (const area of areas) {
      for (const { state } of monthsOf(content, area, measure)) counts[state] += 1;
    }
  }
  return counts;
}
