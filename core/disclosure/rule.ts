/**
 * The "10-5 rule" of the Office for National Statistics: a count under the threshold is withheld,
 * zero included; every other count is rounded to the base.
 */
export interface DisclosureRule {
  readonly threshold: number;
  /** Odd, so that a whole number is never half way between two multiples. */
  readonly base: number;
}

export const tenFiveRule: DisclosureRule = { threshold: 10, base: 5 };

/** A figure as shown: a rounded count, or null when it is withheld. */
export type Shown = number | null;

/** Whole numbers from `low` to `high`, both included; `high` may be infinite. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export function shownCount(count: number, rule: DisclosureRule): Shown {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`Not a count of events: ${count}`);
  }
  return count < rule.threshold ? null : rounded(count, rule);
}

/** Every count that is shown as this figure: what anyone who knows the rule can infer. */
export function rangeOfShown(shown: number, rule: DisclosureRule): Range {
  const half = (rule.base - 1) / 2;
  return { low: Math.max(rule.threshold, shown - half), high: shown + half };
}

export function rounded(count: number, rule: DisclosureRule): number {
  return Math.round(count / rule.base) * rule.base;
}

/**
 * Whether a count certainly exceeds one of its parts by the threshold or more, given that shown
 * figures are off by at most (base - 1) / 2. Only then may both be shown, as their difference is a
 * count too.
 */
export function areFarApart(
  whole: number,
  part: number,
  { threshold, base }: DisclosureRule,
): boolean {
  return whole - part >= threshold + base;
}

/**
 * Refuses rules that core/disclosure/suppress.ts cannot protect: the base must be odd and at most
 * half the threshold.
 */
export function checkedRule(rule: DisclosureRule): DisclosureRule {
  const { threshold, base } = rule;
  const whole = Number.isSafeInteger(threshold) && Number.isSafeInteger(base);
  if (!whole || base < 1 || base % 2 === 0 || threshold < 2 * base) {
    throw new RangeError(
      `A disclosure rule needs an odd base of at most half its threshold, not ${threshold} and ${base}`,
    );
  }
  return rule;
}
