import { leastCount } from "#core/displacement/compare.ts";
import type { Comparison, Verdict } from "#core/displacement/wire/displacement.ts";

interface SentenceInput {
  /** "Along the boundary with Westley" */
  readonly where: string;
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  /** How many questions were asked together. */
  readonly asked: number;
  /** Judged together: "edges", "phases". */
  readonly askedOf?: string;
  /** Why only one side of a line is counted, or null. */
  readonly oneSided: string | null;
  /** Why nothing can be told, if known before counting. */
  readonly unknown?: string | null;
}

export function rowSentence(row: SentenceInput): string {
  const note = row.oneSided === null ? "" : ` ${row.oneSided}`;
  return `${row.where}${finding(row)}${note}`;
}

function finding(row: SentenceInput): string {
  const { low, high, wdd } = row.comparison;
  if (row.verdict === "cannot_tell" || low === null || high === null || wdd === null) {
    const { unknown, comparison } = row;
    return unknown
      ? `: cannot be compared, because ${unknown}.`
      : `: not enough reports to tell, because ${whyUnknown(comparison)}.`;
  }
  const told = `, ${interval(low, high)} (best estimate ${amount(wdd)})`;
  return `${told}: ${conclusion(row.verdict, low > 0 || high < 0, row)}.`;
}

function whyUnknown({ treated, control }: Comparison): string {
  if (treated[0] === 0 && treated[1] === 0) return "nothing was reported there in either period";
  if (treated[0] === 0) return "nothing was reported there before the start";
  if (control[0] === 0) return "nothing was reported in the comparison area before the start";
  return `one of the counts compared is under ${leastCount}`;
}

function conclusion(
  verdict: Exclude<Verdict, "cannot_tell">,
  isAwayFromZero: boolean,
  { asked, askedOf = "edges" }: SentenceInput,
): string {
  if (verdict === "rise") return "a rise";
  if (verdict === "fall") return "a fall";
  return isAwayFromZero
    ? `no significant change after adjusting for ${asked} ${askedOf}`
    : "no significant change";
}

/** "between 12 and 30 more reports than expected", "between 3 fewer and 9 more reports ..." */
function interval(low: number, high: number): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  const than = "reports than expected";
  if (from >= 0) return `between ${from} and ${to} more ${than}`;
  if (to <= 0) return `between ${-to} and ${-from} fewer ${than}`;
  return `between ${-from} fewer and ${to} more ${than}`;
}

function amount(wdd: number): string {
  const whole = Math.round(Math.abs(wdd));
  if (whole === 0) return "no difference";
  return `${whole} ${wdd < 0 ? "fewer" : "more"}`;
}

export interface Fallen {
  readonly verdict: Verdict;
  /** Before months' scatter widens the interval (core/displacement/rows.ts). */
  readonly fell?: boolean;
}

/**
 * Wider intervals make a success harder to claim but must not make the warning rarer: for the
 * banner a fall counts as soon as either interval shows it, and a rise as shown.
 */
export function hasFallen({ verdict, fell }: Fallen): boolean {
  return verdict === "fall" || fell === true;
}

/**
 * A fall in the core together with a rise at an edge is stated wherever the fall is shown, in
 * presenter mode too (SAFEGUARDS 11). Null otherwise.
 */
export function movedBanner(
  treatedArea: Fallen,
  overall: Fallen,
  edges: readonly { readonly name: string; readonly verdict: Verdict }[],
): string | null {
  const risen = edges.filter(({ verdict }) => verdict === "rise").map(({ name }) => name);
  if (!(hasFallen(treatedArea) || hasFallen(overall)) || risen.length === 0) return null;
  const where = hasFallen(treatedArea)
    ? "in the treated area"
    : "in the treated area and the rings together";
  return `Reports fell ${where} and rose at the boundary: ${risen.join(", ")}. The problem may have moved.`;
}
