import { type Range, rangeOfShown, tenFiveRule } from "#core/disclosure/rule.ts";
import type { EdgeFigureReply, GivenTotalReply } from "#core/neighbours/wire.ts";
import { eTest } from "#core/stats/two-counts.ts";
import { formatCount } from "#core/text/numbers.ts";

interface CrossedInput {
  /** Of the sharing side, as shown: rounded, or under 10. */
  readonly figures: readonly EdgeFigureReply[];
  /** Of the reader's own side, by quarter. */
  readonly totals: readonly GivenTotalReply[];
  readonly command: string;
}

/** Two-sided, for one side of the boundary. */
const alpha = 0.05;

/**
 * Whether reports crossed to the reader's side, from figures that they see anyway: between the last
 * two quarters with known totals. A change must hold for every count that these allow.
 */
export function crossedSentence({ figures, totals, command }: CrossedInput): string {
  const counted = figures.flatMap((here) => {
    const there = totals.find(
      ({ quarter, isOlderZone }) => quarter === here.quarter && !isOlderZone,
    );
    return there ? [{ here, there }] : [];
  });
  const [before, after] = counted.slice(-2);
  if (!before || !after) {
    return "Did reports cross to your side? Send your totals of two quarters that are shown below to see.";
  }
  const theirs = change(exactly(before.there.reports), exactly(after.there.reports));
  const ours = change(asShown(before.here.reports), asShown(after.here.reports));
  const yours = `${words(before.there.reports)}, then ${words(after.there.reports)}`;
  const other = `${words(before.here.reports)}, then ${words(after.here.reports)}`;
  const when = `${before.here.name} and ${after.here.name}`;
  const side = `on the ${command} side`;
  if (theirs === "fell") return `No: reports on your side fell: ${yours} (${when}).`;
  if (theirs === "unclear") {
    return `No sign that reports crossed to your side: ${yours}, which can be chance (${when}).`;
  }
  const rose = `Reports on your side rose: ${yours} (${when})`;
  return ours === "fell"
    ? `They may have crossed. ${rose}, and fell ${side}: ${other}.`
    : `${rose}. They did not clearly fall ${side}: ${other}. Nothing shows that they crossed.`;
}

type Change = "rose" | "fell" | "unclear";

function change(before: Range, after: Range): Change {
  if (after.low > before.high && differ(before.high, after.low)) return "rose";
  if (after.high < before.low && differ(before.low, after.high)) return "fell";
  return "unclear";
}

function differ(before: number, after: number): boolean {
  return (eTest(before, after) ?? 1) < alpha;
}

const underTen: Range = { low: 0, high: tenFiveRule.threshold - 1 };

function exactly(reports: number | null): Range {
  return reports === null ? underTen : { low: reports, high: reports };
}

function asShown(reports: number | null): Range {
  return reports === null ? underTen : rangeOfShown(reports, tenFiveRule);
}

function words(reports: number | null): string {
  return reports === null ? `fewer than ${tenFiveRule.threshold}` : formatCount(reports);
}
