import type { Random } from "#core/random.ts";
import { balancedDays, type TrialWeek } from "#core/stats/dose-response.ts";

/**
 * Weeks of comparison days with a dose: patrols go where and when more is expected, the more so the busier, and never on a
 * comparison day. Each hour changes the reports of its day by `log` on the log scale.
 */
export function drawnDoses(
  random: Random,
  {
    weeks,
    log,
    rate,
    hours = 1,
    places = 24,
    busierTwo = null,
  }: {
    readonly weeks: number;
    readonly log: number;
    /** Reports per place and day without a patrol, on average. */
    readonly rate: number;
    readonly hours?: number;
    readonly places?: number;
    /** How many times as much is reported in every second week, which has two days a place; null where all have one. */
    readonly busierTwo?: number | null;
  },
): TrialWeek[] {
  const busy = Array.from({ length: places }, () => 0.3 + 1.4 * random.next());
  return Array.from({ length: weeks }, (_, week) => {
    const hasTwo = busierTwo !== null && week % 2 === 1;
    const daysPerPlace = hasTwo ? 2 : 1;
    const level = hasTwo ? rate * busierTwo : rate;
    const days = random.shuffle([0, 1, 2, 3, 4, 5, 6]);
    const order = random.shuffle(busy.map((_, place) => place));
    return {
      daysPerPlace,
      places: order.map((place, index) => {
        const controlDays = balancedDays(index, daysPerPlace).map((at) => days[at] ?? 0);
        const given = Array.from({ length: 7 }, (_, day) => {
          const expected = level * (busy[place] ?? 1) * (day > 4 ? 1.5 : 0.8);
          const dose = hours * (0.3 + 0.5 * random.next() + 0.4 * (busy[place] ?? 1));
          return { expected, hours: controlDays.includes(day) ? 0 : dose };
        });
        return {
          controlDays,
          hours: given.map((day) => day.hours),
          reports: given.map((day) => poisson(random, day.expected * Math.exp(log * day.hours))),
        };
      }),
    };
  });
}

/** Knuth's: as many as it takes for a product of uniform numbers to fall under exp(-mean). */
export function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count += 1) product *= random.next();
  return count;
}
