import { twoSidedP } from "#core/stats/normal.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import type { PrePost } from "#core/stats/wdd.ts";

/**
 * Spread of places' changes relative to a control beyond chance, as the standard deviation of
 * log(after / before): the moment estimator of DerSimonian and Laird (1986, Controlled Clinical
 * Trials 7) on the share of each place's n counts that fall after, whose variance is `dispersion`
 * pi (1 - pi) / n, brought to the log scale by 1 / (pi (1 - pi)); pi is the control's share. Places
 * that make up the control vary about their own mean (`within`), others are compared with a control
 * that is itself a count of N. With `spare` the most extreme place is left out, as a problem may
 * have moved there. 0 where places differ no more than by chance; null without places or a control
 * in both periods.
 */
export function spreadOfChanges(
  places: readonly PrePost[],
  given: {
    readonly control: PrePost;
    readonly within: boolean;
    readonly spare?: boolean;
    readonly dispersion: number;
  },
): number | null {
  const { control, within, spare = false, dispersion } = given;
  const counts = places.map(([before, after]) => before + after);
  const whole = control[0] + control[1];
  const share = control[1] / whole;
  const total = sumOf(counts);
  if (!(total > 0 && share > 0 && share < 1)) return null;
  const unit = share * (1 - share);
  // In units of `dispersion` and `unit`, a place's weight is its count.
  const each = places.map(([, after], at) => {
    const count = counts[at] as number;
    return count === 0 ? 0 : (count * (after / count - share) ** 2) / (dispersion * unit);
  });
  const squares = spare ? withoutLargest(each) : sumOf(each);
  const chance = places.length + (within ? -1 : total / whole);
  const own = within ? sumOf(counts.map((count) => count ** 2)) / total : 0;
  const between = ((squares - chance) * dispersion * unit) / (total - own);
  return Math.sqrt(Math.max(0, between)) / unit;
}

/** Total estimated without the largest. */
function withoutLargest(squares: readonly number[]): number {
  const count = squares.length;
  return ((sumOf(squares) - Math.max(...squares)) * count) / (count - largestSquare(count));
}

/** Mean of the largest of n squared standard normals: the integral of 1 - F(x)^n, to 40. */
function largestSquare(count: number): number {
  const step = 0.02;
  let total = 0;
  for (let x = step / 2; x < 40; x += step) total += 1 - (1 - twoSidedP(Math.sqrt(x))) ** count;
  return total * step;
}
