import { sumOf } from "#core/stats/sum-of.ts";
/** Tests of a control before use: each checks that a sum is within chance. */
export const trendChecks = ["months", "half_years", "level", "slope"] as const;

export interface TrendCheck {
  readonly name: (typeof trendChecks)[number];
  /** In reports; for the slope in reports times months. */
  readonly value: number;
  readonly limit: number;
  readonly passes: boolean;
}

/** Months that make a block of the second check. */
const blockLength = 6;
/** Two blocks. */
export const fewestForTrend = 2 * blockLength;

/**
 * Does a control run parallel to the treated area before the start? The four rules of WDDControl on
 * D_t = T_t - k C_t with k = sum T / sum C, where v_t = phi (k + k^2) mu_t is what chance gives D_t and
 * mu_t = (T_t + C_t) / (1 + k) is the control's count of month t if the two run parallel:
 * sum |D_t| <= sum sqrt(2 v_t / pi), the same over blocks of six months (the latest first, what is left
 * over at the beginning is not looked at), |sum D_t| <= sqrt(sum v_t), which k makes hold, and
 * |sum (t - tbar) D_t| <= sqrt(sum (t - tbar)^2 v_t).
 * The limits are what is expected on average and one standard error, so that a good control fails often:
 * they serve to choose among controls and are no test. Null for fewer than twelve months or an empty series.
 */
export function parallelTrend(
  treated: readonly number[],
  control: readonly number[],
  phi: number,
): {
  /** Weight of one control report, so that both series have the same sum. */
  readonly scale: number;
  readonly checks: readonly TrendCheck[];
} | null {
  const months = treated.length;
  const scale = sumOf(treated) / sumOf(control);
  if (months < fewestForTrend || !(scale > 0 && Number.isFinite(scale))) return null;
  const apart = treated.map((count, at) => count - scale * (control[at] ?? 0));
  const variance = treated.map(
    (count, at) => (phi * (scale + scale ** 2) * (count + (control[at] ?? 0))) / (1 + scale),
  );
  const fromMiddle = treated.map((_, at) => at - (months - 1) / 2);
  const check = (name: TrendCheck["name"], value: number, limit: number): TrendCheck => {
    return { name, value, limit, passes: value <= limit + 1e-9 };
  };
  return {
    scale,
    checks: [
      check("months", absolute(apart), expectedAbsolute(variance)),
      check("half_years", absolute(blocks(apart)), expectedAbsolute(blocks(variance))),
      check("level", Math.abs(sumOf(apart)), Math.sqrt(sumOf(variance))),
      check(
        "slope",
        Math.abs(sumOf(apart.map((d, at) => d * (fromMiddle[at] ?? 0)))),
        Math.sqrt(sumOf(variance.map((v, at) => v * (fromMiddle[at] ?? 0) ** 2))),
      ),
    ],
  };
}

/** The mean of |D| where D is normal about 0. */
function expectedAbsolute(variances: readonly number[]): number {
  return sumOf(variances.map((variance) => Math.sqrt((2 * variance) / Math.PI)));
}

function absolute(values: readonly number[]): number {
  return sumOf(values.map(Math.abs));
}

function blocks(values: readonly number[]): number[] {
  const sums: number[] = [];
  for (let end = values.length; end >= blockLength; end -= blockLength) {
    sums.push(sumOf(values.slice(end - blockLength, end)));
  }
  return sums;
}
