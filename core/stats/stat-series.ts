import { z } from "zod";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { doseResponse } from "#core/stats/dose-response.ts";
import { emergingCategory } from "#core/stats/emerging.ts";
import { emergingWords } from "#core/stats/emerging-pattern.ts";
import { mannKendall } from "#core/stats/mann-kendall.ts";
import {
  complain,
  count,
  finite,
  hours,
  numberOrNull,
  positive,
  prePost,
  readMoment,
  share,
  show,
  statistic,
  weekday,
  zoneNamed,
} from "#core/stats/stat-input.ts";
import { runningDifference, weightedDisplacementDifference } from "#core/stats/wdd.ts";

const counts = z.array(count);
const ofWeek = <Value extends z.ZodType>(value: Value) =>
  z.array(value).length(7, { error: "must have a value for each day of the week" });
const pairOfSeries = z
  .strictObject({ treated: counts, control: counts })
  .refine(({ treated, control }) => treated.length === control.length, {
    path: ["control"],
    message: "must be as long as treated",
  });
/** In the order treated, control, displacement, displacementControl. */
const areaWeights = z.tuple([positive, positive, positive, positive], {
  error: (issue) =>
    `must be four numbers, [treated, control, displacement, displacementControl], not ${show(issue.input)}`,
});

/** Statistics over periods and times. */
export const seriesStatistics = {
  "mann-kendall": statistic(
    "Series of values at equal steps; exactP is null with ties or beyond 60 values.",
    {
      series: [
        [3, 4, 4, 6, 7],
        [2, 2, 1],
      ],
    },
    z.strictObject({ series: z.array(z.array(finite)) }),
    ({ series }) => series.map(mannKendall),
  ),
  emerging: statistic(
    "For each place its z, step by step, null where there is none; a step counts from the critical z on.",
    {
      z: [
        [0.2, 1.1, 2.4],
        [2.5, null, 2.1],
      ],
      critical: 1.96,
      alpha: 0.05,
    },
    z.strictObject({ z: z.array(z.array(numberOrNull)), critical: positive, alpha: share }),
    ({ z, critical, alpha }) =>
      z.map((series) => {
        const signs = series.map((step) =>
          step === null || Math.abs(step) < critical ? 0 : Math.sign(step),
        );
        const { pattern, side, s, p } = emergingCategory(series, { signs, alpha });
        return { category: emergingWords({ pattern, side }), side, s, p };
      }),
  ),
  wdd: statistic(
    "Counts [before, after]; all but treated, control and alpha may be left out. Weights follow the order treated, control, displacement, displacementControl.",
    {
      treated: [60, 40],
      control: [58, 55],
      displacement: [30, 34],
      displacementControl: [31, 30],
      timeWeights: [1, 1],
      areaWeights: [1, 1, 1, 1],
      alpha: 0.1,
    },
    z.strictObject({
      treated: prePost,
      control: prePost,
      displacement: prePost.optional(),
      displacementControl: prePost.optional(),
      timeWeights: z
        .tuple([positive, positive], {
          error: (issue) => `must be two numbers, [before, after], not ${show(issue.input)}`,
        })
        .optional(),
      areaWeights: areaWeights.optional(),
      alpha: share,
    }),
    (input) => weightedDisplacementDifference(input),
  ),
  "running-wdd": statistic(
    "Counts of periods of one length before and after; one interval for each after.",
    {
      before: { treated: [12, 9, 14, 11], control: [11, 10, 12, 12] },
      after: { treated: [9, 8, 7], control: [12, 10, 11] },
      alpha: 0.05,
    },
    z
      .strictObject({ before: pairOfSeries, after: pairOfSeries, alpha: share })
      .refine(({ before }) => before.treated.length > 0, {
        path: ["before"],
        message: "must hold a period",
      }),
    ({ before, after, alpha }) =>
      runningDifference(before, after, alpha).map(({ estimate: wdd, ...interval }) => {
        return { wdd, ...interval };
      }),
  ),
  "dose-response": statistic(
    "Weeks of comparison days: reports by place from Monday on, and patrol hours where they are known. Other days against comparison days, and by each hour.",
    {
      weeks: [
        {
          daysPerPlace: 1,
          places: [
            { controlDays: [0], reports: [12, 3, 3, 3, 3, 3, 3], hours: [0, 2, 2, 2, 2, 2, 2] },
            { controlDays: [3], reports: [3, 3, 3, 12, 3, 3, 3], hours: [2, 2, 2, 0, 2, 2, 2] },
          ],
        },
      ],
      seed: 1,
    },
    z.strictObject({
      weeks: z.array(
        z
          .strictObject({
            daysPerPlace: count.refine((days) => days >= 1 && days <= 6, "must be from 1 to 6"),
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
              const words = `must be ${daysPerPlace} different days`;
              complain(context, ["places", at, "controlDays"], words);
            });
          }),
      ),
      seed: count.optional(),
    }),
    ({ weeks, seed = 1 }) => doseResponse(weeks, seed),
  ),
  aoristic: statistic(
    "Times without an offset are wall clock of the zone; to may be null or left out. Bins are hours of the week, Monday 00:00 being 0.",
    {
      timeZone: "Europe/London",
      events: [
        { from: "2021-11-26T22:00", to: "2021-11-27T01:30" },
        { from: "2021-11-26T20:30Z", to: null },
      ],
    },
    z.strictObject({
      timeZone: z.string(),
      events: z.array(z.strictObject({ from: z.string(), to: z.string().nullish() })),
    }),
    ({ timeZone, events }) => {
      const zone = zoneNamed(timeZone);
      const weights = events.map(({ from, to }, index) =>
        aoristicWeights(
          zone,
          readMoment(from, zone, "earlier", `events[${index}].from`),
          to == null ? null : readMoment(to, zone, "later", `events[${index}].to`),
        ),
      );
      return { weights };
    },
  ),
};
