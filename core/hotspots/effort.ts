import { type CellEffort, fewestMinutes } from "#core/hotspots/effort-words.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { poissonInterval } from "#core/stats/interval.ts";

/** Two-sided. */
const intervalLevel = 0.05;

/** Null for cells with neither records nor patrol. */
export function effortByCell(
  study: StudySet,
  records: ArrayLike<number>,
  minutes: ArrayLike<number>,
): readonly (CellEffort | null)[] {
  const hours = Float64Array.from(minutes, (value) => (value < fewestMinutes ? 0 : value / 60));
  const rates = empiricalBayesRates(records, hours);
  return study.cells.map((_, cell) => {
    const own = { records: records[cell] as number, minutes: minutes[cell] as number };
    if (own.minutes === 0) {
      return own.records === 0 ? null : { ...own, ...untold, status: "unknown" };
    }
    if (own.minutes < fewestMinutes) return { ...own, ...untold, status: "too_few" };
    const { low, high } = poissonInterval(own.records, intervalLevel);
    const ownHours = hours[cell] as number;
    return {
      ...own,
      status: "known",
      rate: rates[cell] ?? null,
      low: low / ownHours,
      high: high / ownHours,
    };
  });
}

const untold = { rate: null, low: null, high: null } as const;
