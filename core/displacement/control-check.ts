import { countIn, type MonthPart } from "#core/displacement/timeline.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import type { ZoneCounts } from "#core/displacement/zones.ts";
import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { dispersion } from "#core/stats/dispersion.ts";
import { fewestForTrend, parallelTrend, type TrendCheck } from "#core/stats/parallel-trend.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export type ControlCheck = Omit<AssessmentReply["controlCheck"], "heavy"> & {
  readonly heavy: readonly HeavyPart[];
};
type NamedCheck = ControlCheck["checks"][number];

/** A cell of resolution 9 whose control cells hold more than a fifth of what the treated area holds. */
interface HeavyPart {
  readonly cell: H3Cell;
  /** Reports in the period before. */
  readonly reports: number;
  /** Of the treated area's reports. */
  readonly share: number;
}

/** Parts above this share of the treated area's reports are named (WDDControl leaves them out). */
export const heavyShare = 0.2;

const labels: Readonly<Record<TrendCheck["name"], string>> = {
  months: "month by month",
  half_years: "by half-year",
  level: "overall",
  slope: "trend",
};

export function controlCheck(input: {
  readonly counts: ZoneCounts;
  readonly wholeMonths: readonly MonthPart[];
  readonly cells: number;
  readonly chosenByHand: boolean;
  /** Reports of the treated area in the period before. */
  readonly treatedBefore: number;
}): ControlCheck {
  const { counts, wholeMonths } = input;
  const monthly = (group: ZoneCounts["treated"]) =>
    wholeMonths.map((month) => countIn(group, counts.timeline, month));
  const treated = monthly(counts.treated);
  const phi = dispersion(treated);
  const trend = parallelTrend(treated, monthly(counts.control), phi ?? 1);
  const checks = (trend?.checks ?? []).map((check) => ({ ...check, label: labels[check.name] }));
  const result = resultOf(wholeMonths.length, checks);
  return {
    chosenByHand: input.chosenByHand,
    cells: input.cells,
    result,
    sentence: sentenceOf(result, wholeMonths.length, checks),
    firstMonth: wholeMonths[0]?.month ?? null,
    lastMonth: wholeMonths.at(-1)?.month ?? null,
    months: wholeMonths.length,
    dispersion: phi,
    checks,
    heavy: heavyParts(counts.controlCells, input.treatedBefore),
  };
}

function resultOf(months: number, checks: readonly NamedCheck[]): ControlCheck["result"] {
  if (months < fewestForTrend) return "too_few_months";
  if (checks.length === 0) return "no_reports";
  return checks.every(({ passes }) => passes) ? "passes" : "fails";
}

function sentenceOf(result: ControlCheck["result"], months: number, checks: readonly NamedCheck[]) {
  if (result === "too_few_months") {
    const known = formatQuantity(months, "whole month");
    return `Comparison area: not enough months to check it before the start. ${known} known, ${fewestForTrend} needed.`;
  }
  if (result === "no_reports") {
    return "Comparison area: cannot be checked. Nothing was reported in it or in the treated area before the start.";
  }
  const over = `over ${months} months before the start`;
  if (result === "passes") return `Comparison area: passes all 4 checks ${over}.`;
  const failed = checks.filter(({ passes }) => !passes).map(failure);
  return `Comparison area is weak: fails ${failed.length} of 4 checks ${over}: ${failed.join("; ")}.`;
}

function failure({ label, name, value, limit }: NamedCheck): string {
  const unit = name === "slope" ? "report-months" : "reports";
  const digits = Math.round(value) === Math.round(limit) ? 1 : 0;
  return `${label} difference ${value.toFixed(digits)} ${unit}, limit ${limit.toFixed(digits)}`;
}

function heavyParts(
  controlCells: ReadonlyMap<H3Cell, number>,
  treatedBefore: number,
): readonly HeavyPart[] {
  const parts = new Map<H3Cell, number>();
  for (const [cell, count] of controlCells) {
    const part = parentCell(cell, zoneResolution);
    parts.set(part, (parts.get(part) ?? 0) + count);
  }
  return [...parts]
    .filter(([, reports]) => reports > heavyShare * treatedBefore && treatedBefore > 0)
    .map(([cell, reports]) => ({ cell, reports, share: reports / treatedBefore }))
    .sort((a, b) => b.reports - a.reports || (a.cell < b.cell ? -1 : 1));
}
