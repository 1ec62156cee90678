/** Shares are written with one decimal. */
const perEvent = 10;

/**
 * Shares rounded to tenths so that the rows of a list add up to the rounded total at its foot.
 * Largest remainder (Hamilton's method); ties go to the larger share, then the earlier one.
 */
export function roundShares(shares: ArrayLike<number>): Float64Array {
  const rounded = new Float64Array(shares.length);
  const open: { readonly index: number; readonly share: number; readonly rest: number }[] = [];
  let total = 0;
  let floors = 0;
  for (let index = 0; index < shares.length; index += 1) {
    const share = shares[index] as number;
    if (share <= 0) continue;
    // A sum of thirds and sixths may miss a whole tenth by its last bits.
    const floor = Math.floor(share * perEvent + 1e-6);
    const rest = Math.max(0, share * perEvent - floor);
    rounded[index] = floor / perEvent;
    total += share;
    floors += floor;
    if (rest > 1e-6) open.push({ index, share, rest });
  }
  const up = Math.round(total * perEvent + 1e-6) - floors;
  open.sort((a, b) => b.rest - a.rest || b.share - a.share || a.index - b.index);
  for (const { index } of open.slice(0, Math.max(0, up))) {
    rounded[index] = Math.round((rounded[index] as number) * perEvent + 1) / perEvent;
  }
  return rounded;
}
