/** With fewer scores the largest is no quantile of theirs. */
export const fewestScores = 8;
/** How far one period moves the quantile that is taken. */
const step = 0.05;

/**
 * What the next score stays within in a share `level` of periods, from the scores so far (oldest first; the larger, the wider an
 * interval had to be): their quantile, taken higher after each period that lay beyond it and lower after each other one. Adaptive
 * conformal inference (Gibbs & Candès 2021, NeurIPS 34, equation 2): misses tend to 1 - level however the series drifts. Null with
 * fewer than 8 scores.
 */
export function adaptiveQuantile(scores: Float64Array, level: number): number | null {
  if (scores.length < fewestScores) return null;
  let taken = level;
  for (let at = fewestScores; at < scores.length; at += 1) {
    const isMissed = (scores[at] as number) > quantile(scores.subarray(0, at), taken);
    taken += step * (isMissed ? level : level - 1);
  }
  return quantile(scores, taken);
}

/** Of the scores and the one to come, which is as likely to be of any rank; the largest is taken for all above. */
function quantile(scores: Float64Array, share: number): number {
  const rank = Math.ceil(share * (scores.length + 1) - 1e-9);
  return scores.slice().sort()[Math.min(Math.max(rank, 1), scores.length) - 1] as number;
}
