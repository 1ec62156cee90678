import { createRandom, type Random } from "#core/random.ts";
import { riseEvidence } from "#core/stats/e-process.ts";
import { atMost, type BenchContext, type BenchLine, notAsked } from "#tests/bench/timing.ts";
import { normal, overdispersed } from "#tests/support/displacement.ts";

const [runs, runsOfRise] = [10_000, 1_000];
const weeks = 104;
/** Reports a week at the edge and in what it is compared with; a year of them before the start. */
const [own, other, weeksBefore] = [2, 60, 52];
const falseAsked = 5;
const limit = Math.log(20);
/** Of a one-sided test at 5%, looked at once. */
const fixedLimit = 1.645;

interface Kind {
  readonly name: string;
  readonly dispersion: number;
  /** Standard deviation of the log odds between before and after, by themselves. */
  readonly spread: number;
}

const kinds: readonly Kind[] = [
  { name: "Poisson", dispersion: 1, spread: 0 },
  { name: "counts that scatter twice as much", dispersion: 2, spread: 0 },
  { name: "places that drift by .2", dispersion: 1, spread: 0.2 },
  { name: "both", dispersion: 2, spread: 0.2 },
];

/** The bar of one edge, looked at every week for two years: how often it fills with no rise, and how late with one. */
export function benchWeeklyLooks({ say }: BenchContext): BenchLine[] {
  return kinds.flatMap((kind) => {
    say(`Weekly looks: ${kind.name}...`);
    const random = createRandom(1);
    const none = shareBy(kind, random, { times: 1, runs }).bar.at(-1) ?? 0;
    const doubled = shareBy(kind, random, { times: 2, runs: runsOfRise });
    return [
      {
        work: `${weeks} weekly looks at an edge with no rise, ${kind.name}, ${runs.toLocaleString("en-GB")} runs`,
        measured: `${(100 * none).toFixed(2)}% ever full`,
        beside: `asked: ${falseAsked}%`,
        ratio: "",
        figure: atMost(100 * none, "% false", falseAsked),
      },
      {
        work: `the same where reports double, ${kind.name}, ${runsOfRise.toLocaleString("en-GB")} runs`,
        measured: `half found: ${weekOf(doubled.bar, 0.5)}, four in five: ${weekOf(doubled.bar, 0.8)}`,
        beside: `one look at a date fixed beforehand: ${weekOf(doubled.fixed, 0.5)}, ${weekOf(doubled.fixed, 0.8)}`,
        ratio: "",
        figure: notAsked(weekNumber(doubled.bar, 0.5), "weeks to half"),
      },
    ];
  });
}

/** By week: share of the runs whose bar was full by then, and share that a single look in that week would find. */
function shareBy(
  { dispersion, spread }: Kind,
  random: Random,
  { times, runs: all }: { readonly times: number; readonly runs: number },
) {
  const [bar, fixed] = [new Float64Array(weeks), new Float64Array(weeks)];
  const count = (mean: number) => overdispersed(mean, dispersion, random);
  for (let run = 0; run < all; run += 1) {
    const before = { treated: count(own * weeksBefore), control: count(other * weeksBefore) };
    const now = own * times * Math.exp(spread * normal(random));
    const looks = Array.from({ length: weeks }, () => [count(now), count(other)] as const);
    const full = riseEvidence({ before, looks, dispersion, spread }).findIndex(
      (log) => log >= limit,
    );
    let [came, compared] = [0.5, 0.5];
    const doubt = 1 / (before.treated + 0.5) + 1 / (before.control + 0.5);
    const odds = Math.log((before.treated + 0.5) / (before.control + 0.5));
    looks.forEach(([more, moreCompared], week) => {
      came += more;
      compared += moreCompared;
      const variance = dispersion * (doubt + 1 / came + 1 / compared) + spread ** 2;
      const z = (Math.log(came / compared) - odds) / Math.sqrt(variance);
      if (z >= fixedLimit) fixed[week] = (fixed[week] ?? 0) + 1 / all;
      if (full >= 0 && full <= week) bar[week] = (bar[week] ?? 0) + 1 / all;
    });
  }
  return { bar, fixed };
}

function weekNumber(shares: Float64Array, share: number): number | null {
  const week = shares.findIndex((one) => one >= share);
  return week < 0 ? null : week + 1;
}

function weekOf(shares: Float64Array, share: number): string {
  const week = weekNumber(shares, share);
  return week === null ? `not in ${weeks} weeks` : `week ${week}`;
}
