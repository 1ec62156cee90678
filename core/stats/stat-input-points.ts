import { z } from "zod";
import { kernelNames } from "#core/stats/kernel.ts";
import { count, finite, show, weight } from "#core/stats/stat-input.ts";

/** Far above any use; a longer run belongs into a script. */
const mostRuns = 100_000;
/** Days from the first to the last, so that a year too many does not fill the memory. */
const mostDays = 36_525;

const runs = z.custom<number>((value) => isCount(value) && (value as number) <= mostRuns, {
  error: (issue) => `must be a whole number from 0 to ${mostRuns}, not ${show(issue.input)}`,
});
const dayCount = z.custom<number>(
  (value) => isCount(value) && (value as number) >= 1 && (value as number) <= mostDays,
  { error: (issue) => `must be a whole number from 1 to ${mostDays}, not ${show(issue.input)}` },
);
const edges = z
  .array(finite)
  .refine((list) => list.length >= 2 && list.length <= 256, "needs 2 to 256 edges of bins")
  .refine(
    (list) => list.every((edge, at) => at === 0 || edge > (list[at - 1] as number)),
    "must rise from each edge to the next",
  );

export const densityInput = z.strictObject({
  points: z.array(z.strictObject({ x: finite, y: finite, weight: finite.optional() })),
  at: z.array(z.strictObject({ x: finite, y: finite })),
  kernel: z.enum(kernelNames, {
    error: (issue) => `must be ${kernelNames.join(" or ")}, not ${show(issue.input)}`,
  }),
  bandwidth: weight,
});

const onSegment = { segment: count, along: finite };
const segments = z.array(z.strictObject({ from: count, to: count, metres: weight })).min(1);

/** Nodes have any numbers; segments, which points lie on, are counted from 0. */
export const networkDensityInput = z
  .strictObject({
    segments,
    points: z.array(z.strictObject({ ...onSegment, weight: finite.optional() })),
    at: z.array(z.strictObject(onSegment)),
    bandwidth: weight,
  })
  .superRefine(({ segments: all, points, at }, context) => {
    for (const [name, places] of Object.entries({ points, at })) {
      places.forEach(({ segment, along }, index) => {
        const length = all[segment]?.metres;
        if (length !== undefined && along >= 0 && along <= length) return;
        const message =
          length === undefined
            ? `there is no segment ${segment}`
            : `must be from 0 to the ${length} m of its segment`;
        context.addIssue({ code: "custom", path: [name, index], message });
      });
    }
  });

export const knoxInput = z.strictObject({
  points: z.array(z.strictObject({ x: finite, y: finite, day: finite })),
  space: edges,
  time: edges,
  permutations: runs,
  seed: count,
});

export const scanInput = z
  .strictObject({
    points: z.array(
      z.strictObject({ id: z.union([z.string(), count]), x: finite, y: finite, day: dayCount }),
    ),
    days: dayCount,
    maxRadius: weight,
    maxDays: dayCount,
    prospective: z.boolean(),
    replicates: runs,
    seed: count,
  })
  .superRefine(({ points, days, maxDays }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (maxDays > days) complain(["maxDays"], `is ${maxDays}, but there are ${days} days`);
    const places = new Map<string, { x: number; y: number; at: number }>();
    points.forEach(({ id, x, y, day }, at) => {
      if (day > days) complain(["points", at, "day"], `is ${day}, but the last day is ${days}`);
      const known = places.get(String(id));
      if (!known) places.set(String(id), { x, y, at });
      else if (known.x !== x || known.y !== y) {
        complain(["points", at], `puts place ${id} elsewhere than points[${known.at}] does`);
      }
    });
  });

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
