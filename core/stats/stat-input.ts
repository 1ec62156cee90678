import { z } from "zod";
import { kernelNames } from "#core/stats/density.ts";

/** Invalid input: one line with the field, its position and the reason. */
export class StatInputError extends Error {
  override readonly name = "StatInputError";
}

export const count = z.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  { error: (issue) => `must be a whole number of 0 or more, not ${show(issue.input)}` },
);
const prePost = z.tuple([count, count], {
  error: (issue) => `must be two counts, [before, after], not ${show(issue.input)}`,
});
export const weight = z.custom<number>((value) => isFiniteNumber(value) && (value as number) > 0, {
  error: (issue) => `must be a number above 0, not ${show(issue.input)}`,
});
export const finite = z.custom<number>(isFiniteNumber, {
  error: (issue) => `must be a number, not ${show(issue.input)}`,
});
export const share = z.custom<number>(
  (value) => isFiniteNumber(value) && (value as number) > 0 && (value as number) < 1,
  { error: (issue) => `must lie between 0 and 1, such as 0.05, not ${show(issue.input)}` },
);

const partOfOne = z.custom<number>(
  (value) => isFiniteNumber(value) && (value as number) >= 0 && (value as number) <= 1,
  { error: (issue) => `must lie from 0 to 1, not ${show(issue.input)}` },
);

export const giStarInput = z
  .strictObject({ counts: z.array(count), neighbours: z.array(z.array(count)) })
  .superRefine(({ counts, neighbours }, context) => {
    checkNeighbours(counts, neighbours, context);
  });

export const hotInput = z
  .strictObject({
    counts: z.array(count),
    neighbours: z.array(z.array(count)),
    shares: z.array(partOfOne).optional(),
  })
  .superRefine(({ counts, neighbours, shares }, context) => {
    checkNeighbours(counts, neighbours, context);
    if (shares) checkShares(counts, shares, context);
  });

export const localMoranInput = z
  .strictObject({ values: z.array(finite), neighbours: z.array(z.array(count)) })
  .superRefine(({ values, neighbours }, context) => {
    checkNeighbours(values, neighbours, context);
  });

function checkNeighbours(
  values: readonly number[],
  neighbours: readonly (readonly number[])[],
  context: z.core.$RefinementCtx,
): void {
  const complain = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (neighbours.length !== values.length) {
    complain(["neighbours"], `has ${neighbours.length} lists for ${values.length} counts`);
  }
  neighbours.forEach((list, cell) => {
    const met = new Set<number>();
    list.forEach((other, position) => {
      const fault = neighbourFault(cell, other, values.length, met);
      if (fault) complain(["neighbours", cell, position], fault);
      met.add(other);
    });
  });
}

function checkShares(
  counts: readonly number[],
  shares: readonly number[],
  context: z.core.$RefinementCtx,
): void {
  const complain = (message: string) =>
    context.addIssue({ code: "custom", path: ["shares"], message });
  if (shares.length !== counts.length) {
    complain(`has ${shares.length} shares for ${counts.length} counts`);
    return;
  }
  const sum = shares.reduce((total, one) => total + one, 0);
  if (shares.length > 0 && Math.abs(sum - 1) > 1e-6) {
    complain(`must add up to 1, and add up to ${Number(sum.toPrecision(9))}`);
  }
}

export const wddInput = z.strictObject({
  treated: prePost,
  control: prePost,
  displacement: prePost.optional(),
  displacementControl: prePost.optional(),
  timeWeights: z
    .tuple([weight, weight], {
      error: (issue) => `must be two numbers, [before, after], not ${show(issue.input)}`,
    })
    .optional(),
  areaWeights: z
    .tuple([weight, weight, weight, weight], {
      error: (issue) =>
        `must be four numbers, [treated, control, displacement, displacementControl], not ${show(issue.input)}`,
    })
    .optional(),
  alpha: share,
});

export const aoristicInput = z.strictObject({
  timeZone: z.string(),
  events: z.array(z.strictObject({ from: z.string(), to: z.string().nullish() })),
});

/** The parsed input, or a StatInputError about its first fault. */
export function parseStatInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.infer<Schema> {
  const result = schema.safeParse(input, { error: plainWords });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = formatPath(issue?.path ?? []);
  throw new StatInputError(`${field || "the input"}: ${issue?.message ?? "not understood"}`);
}

/** For faults of shape, which the fields above do not word. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "unrecognized_keys") {
    const fields = issue.keys.map((key) => `"${key}"`).join(", ");
    return `has ${fields}, which this statistic does not know`;
  }
  if (issue.code !== "invalid_type") return undefined;
  const wanted = shapeWords[issue.expected] ?? issue.expected;
  return `must be ${wanted}, not ${show(issue.input)}`;
}

const shapeWords: Readonly<Record<string, string>> = {
  array: "a list in square brackets",
  object: "an object in curly brackets",
  string: "a text in quotes",
};

function neighbourFault(cell: number, other: number, cells: number, met: ReadonlySet<number>) {
  if (other >= cells) return `is ${other}, but the last cell is ${cells - 1}`;
  if (other === cell) return "is the cell itself: leave it out, it is always included";
  return met.has(other) ? `names cell ${other} a second time` : null;
}

/** `neighbours[3][1]` */
function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, depth) => {
      if (typeof step === "number") return `[${step}]`;
      return depth === 0 ? String(step) : `.${String(step)}`;
    })
    .join("");
}

function isFiniteNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

export function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** Far above any use; a longer run belongs into a script. */
const mostRuns = 100_000;
/** Longest range in days, so that a mistyped year does not fill the memory. */
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
