import { z } from "zod";
import { count, finite, share, show, weight } from "#core/stats/stat-input.ts";

const step = z.custom<number | null>(
  (value) => value === null || (typeof value === "number" && Number.isFinite(value)),
  { error: (issue) => `must be a number or null, not ${show(issue.input)}` },
);

export const mannKendallInput = z.strictObject({ series: z.array(z.array(finite)) });

export const emergingInput = z.strictObject({
  z: z.array(z.array(step)),
  critical: weight,
  alpha: share,
});

/** Beyond it squared lengths do not fit a double. */
const mostApart = 1e50;
/** Above it a test of two counts takes more than a second and 100 MB. */
const mostTested = 1e10;
const tested = z.custom<number>(
  (value) => count.safeParse(value).success && (value as number) <= mostTested,
  { error: (issue) => `must be a whole number from 0 to ${mostTested}, not ${show(issue.input)}` },
);

export const eTestInput = z.strictObject({
  pairs: z.array(
    z.tuple([tested, tested], {
      error: (issue) => `must be two counts, [before, after], not ${show(issue.input)}`,
    }),
  ),
  lengths: z
    .tuple([weight, weight], {
      error: (issue) => `must be two numbers, [before, after], not ${show(issue.input)}`,
    })
    .refine(([before, after]) => Math.max(before / after, after / before) <= mostApart, {
      error: `one must not be more than ${mostApart} times the other`,
    })
    .optional(),
});

export const ebRateInput = z
  .strictObject({ counts: z.array(count), exposure: z.array(finite), alpha: share })
  .superRefine(({ counts, exposure }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (counts.length !== exposure.length) {
      complain(["exposure"], `has ${exposure.length} numbers for ${counts.length} counts`);
    }
    exposure.forEach((value, at) => {
      if (value < 0) complain(["exposure", at], `is ${value}, but nothing lasts less than 0`);
    });
  });

export const accuracyInput = z
  .strictObject({
    score: z.array(finite),
    observed: z.array(count),
    area: z.array(weight).optional(),
    top: z.array(count),
  })
  .superRefine(({ score, observed, area, top }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const cells = score.length;
    if (observed.length !== cells) {
      complain(["observed"], `has ${observed.length} numbers for ${cells} cells`);
    }
    if (area && area.length !== cells) {
      complain(["area"], `has ${area.length} numbers for ${cells} cells`);
    }
    top.forEach((k, at) => {
      if (k < 1 || k > cells) complain(["top", at], `is ${k}, but there are ${cells} cells`);
    });
  });

const counts = z.array(count);

const weekday = count.refine((day) => day < 7, { error: "must be from 0, the Monday, to 6" });
const hours = finite.refine((value) => value >= 0 && value <= 24, {
  error: "must be from 0 to 24",
});
const ofWeek = <Value extends z.ZodType>(value: Value) =>
  z.array(value).length(7, { error: "must have a value for each day of the week" });

export const doseResponseInput = z.strictObject({
  weeks: z.array(
    z
      .strictObject({
        daysPerPlace: count.refine((days) => days >= 1 && days <= 6, {
          error: "must be from 1 to 6",
        }),
        places: z.array(
          z.strictObject({
            controlDays: z.array(weekday),
            reports: ofWeek(count),
            hours: ofWeek(hours).optional(),
          }),
        ),
      })
      .superRefine(({ daysPerPlace, places }, context) => {
        places.forEach(({ controlDays }, at) => {
          if (new Set(controlDays).size === daysPerPlace) return;
          const message = `must be ${daysPerPlace} different days`;
          context.addIssue({ code: "custom", path: ["places", at, "controlDays"], message });
        });
      }),
  ),
  seed: count.optional(),
});

export const dispersionInput = z.strictObject({ series: z.array(counts) });

const sameMonths = { path: ["control"], message: "must be as long as treated" };
const pairOfSeries = z
  .strictObject({ treated: counts, control: counts })
  .refine(({ treated, control }) => treated.length === control.length, sameMonths);

export const parallelTrendInput = pairOfSeries;

export const runningWddInput = z
  .strictObject({ before: pairOfSeries, after: pairOfSeries, alpha: share })
  .refine(({ before }) => before.treated.length > 0, {
    path: ["before"],
    message: "must hold a period",
  });

export const adaptiveInput = z.strictObject({ scores: z.array(finite), level: share });

export const eProcessInput = z.strictObject({
  before: z.strictObject({ treated: count, control: count }),
  looks: z.array(
    z.tuple([count, count], {
      error: (issue) => `must be two counts, [place, comparison], not ${show(issue.input)}`,
    }),
  ),
  dispersion: finite.refine((value) => value >= 1, { error: "must be 1 or more" }).optional(),
  spread: finite.refine((value) => value >= 0, { error: "must be 0 or more" }).optional(),
});
