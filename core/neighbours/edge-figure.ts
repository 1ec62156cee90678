import {
  type Range,
  rangeOfShown,
  type Shown,
  shownCount,
  tenFiveRule,
} from "#core/disclosure/rule.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface FrozenFigure {
  readonly shown: Shown;
  readonly cellsHash: string;
  readonly version: number;
}

/**
 * The figure of a quarter that is shown from now on. The first look freezes it. Records that come or go
 * afterwards change what is counted by less than 10 as a rule, and the difference of two looks would be
 * just that count: so the figure stands, unless whoever knows all figures there were and the rule can
 * only tell that the new one differs from each of them by 10 or more. Over other cells it is never made
 * again: the difference would be what lies in the cells that came or went (SAFEGUARDS 7).
 *
 * `frozen` are all versions there were, the last one first.
 */
export function figureFrom(
  frozen: readonly FrozenFigure[],
  counted: { readonly count: number; readonly cellsHash: string },
): FrozenFigure {
  const shown = shownCount(counted.count, tenFiveRule);
  const { cellsHash } = counted;
  const [last] = frozen;
  if (last === undefined) return { shown, cellsHash, version: 1 };
  const isSafe = frozen.every(
    (before) =>
      before.cellsHash === cellsHash &&
      apart(rangeOf(before.shown), rangeOf(shown)) >= tenFiveRule.threshold,
  );
  return isSafe ? { shown, cellsHash, version: last.version + 1 } : last;
}

/** Least difference between two counts known only as ranges. */
function apart(a: Range, b: Range): number {
  return Math.max(a.low - b.high, b.low - a.high, 0);
}

function rangeOf(shown: Shown): Range {
  return shown === null
    ? { low: 0, high: tenFiveRule.threshold - 1 }
    : rangeOfShown(shown, tenFiveRule);
}

export const edgeFigureNotes: readonly string[] = [
  `Reports by residents within ${formatCount(edgeZoneMetres)} m of the boundary, on the side that shares them, by whole quarters. Reports by partners are not shared, nor those recorded by police.`,
  `“Fewer than ${tenFiveRule.threshold}” can mean none. All other figures are rounded to the nearest ${tenFiveRule.base}. There are no totals across quarters.`,
  "A quarter is shown one whole month after it ends, and its figure then stays fixed. It is marked “revised” only if late reports change it by at least 10.",
  "Nothing here uses outreach or patrol data.",
];

export const noAgreement =
  "There is no agreement in force with your command, so nothing can be shown or sent.";
