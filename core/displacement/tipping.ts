import { compareWithControl, leastCount, verdictsOf } from "#core/displacement/compare.ts";
import type {
  AssessmentRow,
  Comparison,
  Tip,
  Verdict,
  Widening,
} from "#core/displacement/wire/displacement.ts";

export interface TippedPlace extends Pick<Comparison, "treated" | "control"> {
  readonly widening: Widening;
  /** Of the places judged together with it (Holm). */
  readonly beside: readonly Pick<Comparison, "p" | "wdd">[];
}

/** By far more than was counted: no doubt about records goes so far. */
const mostFold = 10;

/**
 * Fewest reports by which one count would have to differ for the verdict to be another: after, before, and after in what
 * the place is compared with. Tipping points in the manner of the fragility index (Walsh et al. 2014, J Clin Epidemiol
 * 67:622), on counts of a difference in differences instead of a 2 x 2 table. All else stays as it was: the other counts,
 * scatter and placebo, and the places judged with it. z is monotone in each count, so that the counts which leave the
 * verdict are one interval; its end is found by doubling and halving, and is the same as by trying every count (property
 * test). Null where the verdict is that it cannot be told.
 */
export function tipsOf(place: TippedPlace): Tip[] | null {
  const now = verdictWith(place, "after", 0);
  const tip = (where: Tip["where"], sign: 1 | -1) => search(place, now, where, sign);
  const tips = {
    rise: () => [tip("after", -1), tip("before", 1), tip("control", 1)],
    fall: () => [tip("after", 1), tip("before", -1), tip("control", -1)],
    no_clear_change: () =>
      [tip("after", 1), tip("after", -1)].filter((one) => one?.to !== "cannot_tell"),
    cannot_tell: () => null,
  }[now]();
  return tips?.filter((one) => one !== null) ?? null;
}

function search(place: TippedPlace, now: Verdict, where: Tip["where"], sign: 1 | -1): Tip | null {
  const counted = countOf(place, where);
  const most = sign < 0 ? counted : mostFold * Math.max(counted, leastCount);
  const turns = (by: number) => verdictWith(place, where, sign * by) !== now;
  let beyond = 1;
  while (beyond < most && !turns(beyond)) beyond = Math.min(most, 2 * beyond);
  if (!turns(beyond)) return null;
  let within = beyond >> 1;
  while (beyond - within > 1) {
    const middle = (within + beyond) >> 1;
    if (turns(middle)) beyond = middle;
    else within = middle;
  }
  return { where, by: sign * beyond, to: verdictWith(place, where, sign * beyond) };
}

/** The verdict, were one count so many more. */
export function verdictWith(
  { treated: [before, after], control, widening, beside }: TippedPlace,
  where: Tip["where"],
  more: number,
): Verdict {
  const by = (at: Tip["where"]) => (at === where ? more : 0);
  const found = compareWithControl(
    [before + by("before"), after + by("after")],
    [control[0], control[1] + by("control")],
    widening,
  );
  return verdictsOf([found, ...beside])[0] ?? "cannot_tell";
}

function countOf(
  { treated, control }: Pick<Comparison, "treated" | "control">,
  where: Tip["where"],
) {
  return where === "control" ? control[1] : treated[where === "before" ? 0 : 1];
}

type Told = Pick<AssessmentRow, "verdict" | "treated" | "control" | "tips" | "oneSided"> & {
  readonly restsBeyond?: boolean;
};

/** One line under a sentence: what would make it false. Null where it says only that it cannot tell. */
export function wrongIfWords(row: Told): string | null {
  const { verdict, tips, oneSided, restsBeyond = false } = row;
  if (tips === null) return null;
  const unrecorded =
    oneSided && verdict !== "rise" ? ["the problem moved to where nothing is recorded"] : [];
  if (verdict === "no_clear_change")
    return [turnedWords(row, tips), wrongWords("This would be wrong", unrecorded)].join("");
  const reasons = [
    ...tips.map((tip) => reasonOf(tip, row)),
    ...(restsBeyond
      ? ["more was recorded beyond the boundary than before (this side alone shows no rise)"]
      : []),
    ...unrecorded,
  ];
  return wrongWords("This could no longer be said", reasons).trim() || steady;
}

const steady = "No miscount of reports alone would change this.";

/** "This could no longer be said if 9 of the 41 reports after the start should not count, or if ...". */
function wrongWords(opening: string, reasons: readonly string[]): string {
  const last = reasons.at(-1);
  if (last === undefined) return "";
  const others = reasons.slice(0, -1).map((reason) => `if ${reason}, `);
  return ` ${opening} ${others.join("")}${others.length > 0 ? "or " : ""}if ${last}.`;
}

function reasonOf({ where, by }: Tip, row: Told): string {
  const counted = countOf(row, where);
  if (where === "control") {
    const share = Math.ceil((100 * Math.abs(by)) / (counted + by));
    return by > 0
      ? `the operation itself kept reports in the comparison area ${share}% lower`
      : `the operation itself raised reports in the comparison area by ${share}%`;
  }
  const when = where === "after" ? "after the start" : "before the start";
  return by > 0
    ? `${by} more had been reported ${when}`
    : `${-by} of the ${counted} reports ${when} should not count`;
}

function turnedWords({ treated: [, after] }: Told, tips: readonly Tip[]): string {
  if (tips.length === 0) return steady;
  const readings = tips.map(({ by, to }) =>
    by > 0
      ? `a ${to} with ${by} more reports after the start`
      : `a ${to} without ${-by} of the ${after} reports after the start`,
  );
  return `This would read as ${readings.join(", and as ")}.`;
}
