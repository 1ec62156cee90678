import {
  type Range,
  rangeOfShown,
  type Shown,
  shownCount,
  tenFiveRule,
} from "#core/disclosure/rule.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { formatCount } from "#core/text/numbers.ts";

/** A figure of one quarter as a liaison has seen it. */
export interface FrozenFigure {
  readonly shown: Shown;
  /** Of the cells that were counted. */
  readonly cellsHash: string;
  /** 1 for the first; each revision is one more. */
  readonly version: number;
}

/**
 * The figure of a quarter that is shown from now on. The first look freezes it. Records that come or go
 * afterwards change what is counted by less than 10 as a rule, and the difference of two looks would be
 * just that count: so the figure stands, unless whoever knows all figures there were and the rule can
 * only tell that the new one differs from each of them by 10 or more. Over other cells it is never made
 * anew: the difference would be what lies in the cells that came or went (SAFEGUARDS 7).
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

/** The least that two counts differ by, for a reader who knows their ranges. */
function apart(a: Range, b: Range): number {
  return Math.max(a.low - b.high, b.low - a.high, 0);
}

function rangeOf(shown: Shown): Range {
  return shown === null
    ? { low: 0, high: tenFiveRule.threshold - 1 }
    : rangeOfShown(shown, tenFiveRule);
}

/** What stands beside the figures, on either side of the line. */
export const edgeFigureNotes: readonly string[] = [
  `Reports by residents in the zone within ${formatCount(edgeZoneMetres)} m of the line, on the side of the command that shows them, by whole quarters. What partners report stays home, and so does what police find.`,
  `“Fewer than ${tenFiveRule.threshold}” can be none. Every other figure is rounded to the nearest ${tenFiveRule.base}. There are no totals over quarters.`,
  "A quarter is shown once a whole month has passed since it ended, and its figure stands from the first look on. It is “revised” only where so much has come in since that the difference is 10 or more for certain.",
  "Nothing here is worked out from outreach or from patrols.",
];

export const noAgreement =
  "There is no agreement in force with your command, so nothing is shown and nothing can be sent.";
