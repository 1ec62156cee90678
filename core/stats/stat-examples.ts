import type { z } from "zod";
import type { aoristicInput, giStarInput, wddInput } from "#core/stats/stat-input.ts";

/** One input a statistic, to begin from; typed by the schema that reads it. */
export interface StatExample {
  readonly about: string;
  readonly input: unknown;
}

const giStar: z.input<typeof giStarInput> = {
  counts: [9, 4, 0, 1],
  neighbours: [[1], [0, 2], [1, 3], [2]],
};

const wdd: z.input<typeof wddInput> = {
  treated: [60, 40],
  control: [58, 55],
  displacement: [30, 34],
  displacementControl: [31, 30],
  timeWeights: [1, 1],
  areaWeights: [1, 1, 1, 1],
  alpha: 0.1,
};

const aoristic: z.input<typeof aoristicInput> = {
  timeZone: "Europe/London",
  events: [
    { from: "2021-11-26T22:00", to: "2021-11-27T01:30" },
    { from: "2021-11-26T20:30Z", to: null },
  ],
};

export const statExamples: Readonly<Record<"gi-star" | "wdd" | "aoristic", StatExample>> = {
  "gi-star": {
    about: "Counts of cells and, for each, the places of its neighbours from 0 up, without itself.",
    input: giStar,
  },
  wdd: {
    about:
      "Counts [before, after]; all but treated, control and alpha may be left out. Weights follow the order treated, control, displacement, displacementControl.",
    input: wdd,
  },
  aoristic: {
    about:
      "Times without an offset are wall clock of the zone; to may be null or left out. Bins are hours of the week, Monday 00:00 being 0.",
    input: aoristic,
  },
};
