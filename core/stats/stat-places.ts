import { z } from "zod";
import { accuracy } from "#core/stats/accuracy.ts";
import { createKernel, density, kernelNames } from "#core/stats/density.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotTest } from "#core/stats/hot.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { knox } from "#core/stats/knox.ts";
import { localMoran } from "#core/stats/local-moran.ts";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import {
  checkNeighbours,
  complain,
  count,
  dayCount,
  edges,
  finite,
  neighbourLists,
  partOfOne,
  point,
  positive,
  runs,
  StatInputError,
  show,
  statistic,
} from "#core/stats/stat-input.ts";

function axesOf(points: readonly { readonly x: number; readonly y: number }[]) {
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}

const counts = z.array(count);
const chain = { counts: [9, 4, 0, 1], neighbours: [[1], [0, 2], [1, 3], [2]] };

/** Statistics over cells and points. */
export const placeStatistics = {
  "gi-star": statistic(
    "Counts of cells and, for each, the places of its neighbours from 0 up, without itself.",
    chain,
    z
      .strictObject({ counts, neighbours: neighbourLists })
      .superRefine((input, context) => checkNeighbours(input.counts, input.neighbours, context)),
    ({ counts, neighbours: lists }) => {
      const neighbours = neighboursFromLists(lists);
      const { z, p } = giStar(counts, neighbours);
      const hot = hotP(counts, neighbours);
      return {
        z,
        p,
        exactP: [...exactP(counts, neighbours).p],
        hotP: [...hot.p],
        q: benjaminiHochberg(hot.p),
        holm: holm(p),
        bh: benjaminiHochberg(p),
        by: benjaminiYekutieli(p),
        // Only where the tails are approximate.
        ...(hot.method === "exact" ? {} : { approximation: hot.method }),
      };
    },
  ),
  hot: statistic(
    "Counts and neighbours as for gi-star. Finds the cells with more than an even spread, alone or with neighbours. Shares add up to 1 and are equal by default.",
    { ...chain, shares: [0.2, 0.2, 0.2, 0.4] },
    z
      .strictObject({ counts, neighbours: neighbourLists, shares: z.array(partOfOne).optional() })
      .superRefine(({ counts, neighbours, shares }, context) => {
        checkNeighbours(counts, neighbours, context);
        if (!shares) return;
        const sum = shares.reduce((total, one) => total + one, 0);
        if (shares.length !== counts.length) {
          complain(context, ["shares"], `has ${shares.length} shares for ${counts.length} counts`);
        } else if (shares.length > 0 && Math.abs(sum - 1) > 1e-6) {
          const words = `must add up to 1, and add up to ${Number(sum.toPrecision(9))}`;
          complain(context, ["shares"], words);
        }
      }),
    ({ counts, neighbours, shares }) => {
      const test = hotTest(counts, neighboursFromLists(neighbours), shares);
      const { ownP, areaP, p, q, by } = test;
      const [hot, beside] = [test.hot, test.beside].map((marks) => Array.from(marks, Boolean));
      return { ownP: [...ownP], areaP: [...areaP], p: [...p], q: [...q], hot, beside, by };
    },
  ),
  "local-moran": statistic(
    "Any values of cells, with neighbours as for gi-star; weights are row-standardised.",
    { values: chain.counts, neighbours: chain.neighbours },
    z
      .strictObject({ values: z.array(finite), neighbours: neighbourLists })
      .superRefine((input, context) => checkNeighbours(input.values, input.neighbours, context)),
    ({ values, neighbours }) => localMoran(values, neighboursFromLists(neighbours)),
  ),
  density: statistic(
    "Metres; kernel quartic or gaussian, whose bandwidth is its standard deviation.",
    {
      points: [
        { x: 0, y: 0 },
        { x: 50, y: 0, weight: 2 },
      ],
      at: [{ x: 10, y: 0 }],
      kernel: "quartic",
      bandwidth: 300,
    },
    z.strictObject({
      points: z.array(point.extend({ weight: finite.optional() })),
      at: z.array(point),
      kernel: z.enum(kernelNames, {
        error: (issue) => `must be ${kernelNames.join(" or ")}, not ${show(issue.input)}`,
      }),
      bandwidth: positive,
    }),
    ({ points, at, kernel, bandwidth }) => {
      const weighted = { ...axesOf(points), weight: points.map(({ weight = 1 }) => weight) };
      return { density: [...density(weighted, axesOf(at), createKernel(kernel, bandwidth))] };
    },
  ),
  knox: statistic(
    "Metres and days; space and time are the edges of bins that leave out their upper edge.",
    {
      points: [
        { x: 0, y: 0, day: 1 },
        { x: 30, y: 40, day: 2 },
        { x: 900, y: 0, day: 9 },
      ],
      space: [0, 100, 200],
      time: [0, 2, 7],
      permutations: 99,
      seed: 1,
    },
    z.strictObject({
      points: z.array(point.extend({ day: finite })),
      space: edges,
      time: edges,
      permutations: runs,
      seed: count,
    }),
    ({ points, ...options }) => {
      try {
        return knox({ ...axesOf(points), day: points.map(({ day }) => day) }, options);
      } catch (cause) {
        if (cause instanceof RangeError) throw new StatInputError(cause.message, { cause });
        throw cause;
      }
    },
  ),
  scan: statistic(
    "Metres and days from 1 to days; one place, one id. Prospective: only what lasts to the last day.",
    {
      points: [
        { id: "a", x: 0, y: 0, day: 6 },
        { id: "a", x: 0, y: 0, day: 7 },
        { id: "b", x: 400, y: 0, day: 1 },
        { id: "c", x: 2000, y: 0, day: 2 },
      ],
      days: 7,
      maxRadius: 500,
      maxDays: 3,
      prospective: true,
      replicates: 99,
      seed: 1,
    },
    z
      .strictObject({
        points: z.array(point.extend({ id: z.union([z.string(), count]), day: dayCount })),
        days: dayCount,
        maxRadius: positive,
        maxDays: dayCount,
        prospective: z.boolean(),
        replicates: runs,
        seed: count,
      })
      .superRefine(({ points, days, maxDays }, context) => {
        if (maxDays > days) {
          complain(context, ["maxDays"], `is ${maxDays}, but there are ${days} days`);
        }
        const firstOf = new Map<string, number>();
        points.forEach(({ id, x, y, day }, at) => {
          if (day > days) {
            complain(context, ["points", at, "day"], `is ${day}, but the last day is ${days}`);
          }
          const first = firstOf.get(String(id)) ?? at;
          firstOf.set(String(id), first);
          if (points[first]?.x !== x || points[first].y !== y) {
            complain(
              context,
              ["points", at],
              `puts place ${id} elsewhere than points[${first}] does`,
            );
          }
        });
      }),
    ({ points, ...options }) => {
      const places = new Map(points.map((one) => [String(one.id), one]));
      const ids = [...places.keys()];
      const numberOf = new Map(ids.map((id, number) => [id, number]));
      const cases = {
        places: ids,
        ...axesOf([...places.values()]),
        place: points.map(({ id }) => numberOf.get(String(id)) as number),
        day: points.map(({ day }) => day),
      };
      return spaceTimeScan(cases, options);
    },
  ),
  accuracy: statistic(
    "A score and what was observed for each cell; top lists how many cells to take.",
    { score: [3, 2, 1], observed: [6, 3, 0], top: [1, 2, 3] },
    z
      .strictObject({
        score: z.array(finite),
        observed: counts,
        area: z.array(positive).optional(),
        top: counts,
      })
      .superRefine(({ score, observed, area, top }, context) => {
        const cells = score.length;
        for (const [name, list] of Object.entries({ observed, area })) {
          if (list && list.length !== cells) {
            complain(context, [name], `has ${list.length} numbers for ${cells} cells`);
          }
        }
        top.forEach((k, at) => {
          if (k < 1 || k > cells) {
            complain(context, ["top", at], `is ${k}, but there are ${cells} cells`);
          }
        });
      }),
    ({ score, observed, area, top }) =>
      accuracy({ score, observed, ...(area ? { area } : {}) }, top),
  ),
};
