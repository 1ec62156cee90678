import type { PrePost } from "#core/stats/wdd.ts";

/** Rises of the odds that are looked for, as logarithms: by a tenth to threefold, each as likely. */
const rises = [0.1, 0.2, 0.4, 0.7, 1.1];
/** Odds before are taken at so many points, to four standard deviations on either side. */
const points = 51;
const reach = 4;

interface Watched {
  /** The place and what it is compared with, before the start. */
  readonly before: { readonly treated: number; readonly control: number };
  /** Looks after the start, each with what came since the look before: [place, comparison]. */
  readonly looks: readonly PrePost[];
  /** How much more counts scatter than Poisson counts, at least 1. */
  readonly dispersion: number;
  /** Standard deviation of how far a place's odds move by themselves, as a logarithm. */
  readonly spread: number;
}

/**
 * Evidence of a rise at each look, as the natural logarithm of an e-value: with no rise, the chance that it ever
 * passes log(1 / alpha), however often somebody looks, is at most alpha (Ville 1939; Ramdas, Grünwald, Vovk & Shafer 2023,
 * Statistical Science 38). Given their sum, counts of a place and its comparison are binomial, so what both share (a trend, a
 * season) says nothing. The odds before are unknown: both hypotheses average over them by the same weights, a normal one around the log
 * odds seen before, which leaves the test valid whatever they are (Pérez-Ortiz, Lardy, de Heide & Grünwald 2024,
 * Annals of Statistics 52: a location is an invariance). Likelihoods are taken to the power of 1 / dispersion. Approximate where counts before
 * are few or scatter is only estimated: its errors were simulated. A fall is no evidence of a rise, and lowers it.
 */
export function riseEvidence({ before, looks, dispersion, spread }: Watched): Float64Array {
  const { odds, weights } = oddsBefore(before, dispersion, spread);
  const shifts = [0, ...rises];
  const logs = shifts.map(() => Float64Array.from(weights));
  return Float64Array.from(looks, ([came, compared]) => {
    const all = came + compared;
    const [same = 0, ...risen] = shifts.map((shift, row) => {
      const own = logs[row] as Float64Array;
      odds.forEach((value, at) => {
        const shifted = value + shift;
        own[at] =
          (own[at] as number) + (came * shifted - all * Math.log1p(Math.exp(shifted))) / dispersion;
      });
      return logSum(own);
    });
    return logSum(risen) - Math.log(rises.length) - same;
  });
}

/** A half is added to each count, so that none is not for ever none (Haldane 1955). */
function oddsBefore(
  { treated, control }: Watched["before"],
  dispersion: number,
  spread: number,
): { readonly odds: Float64Array; readonly weights: Float64Array } {
  const [own, other] = [treated + 0.5, control + 0.5];
  const doubt = Math.hypot(Math.sqrt(dispersion * (1 / own + 1 / other)), spread);
  const steps = Float64Array.from(
    { length: points },
    (_, at) => reach * ((2 * at) / (points - 1) - 1),
  );
  return {
    odds: steps.map((step) => Math.log(own / other) + doubt * step),
    weights: steps.map((step) => -(step ** 2) / 2),
  };
}

/** log(sum(exp(values))), without overflow. */
function logSum(values: ArrayLike<number>): number {
  const logs = Array.from(values);
  const largest = Math.max(...logs);
  return largest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
