import type { z } from "zod";
import type {
  aoristicInput,
  densityInput,
  giStarInput,
  hotInput,
  knoxInput,
  localMoranInput,
  scanInput,
  wddInput,
} from "#core/stats/stat-input.ts";
import type {
  accuracyInput,
  adaptiveInput,
  dispersionInput,
  doseResponseInput,
  ebRateInput,
  emergingInput,
  eProcessInput,
  eTestInput,
  mannKendallInput,
  parallelTrendInput,
  runningWddInput,
} from "#core/stats/stat-input-series.ts";

const giStar: z.input<typeof giStarInput> = {
  counts: [9, 4, 0, 1],
  neighbours: [[1], [0, 2], [1, 3], [2]],
};

const hot: z.input<typeof hotInput> = {
  counts: [9, 4, 0, 1],
  neighbours: [[1], [0, 2], [1, 3], [2]],
  shares: [0.2, 0.2, 0.2, 0.4],
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

const running: z.input<typeof runningWddInput> = {
  before: { treated: [12, 9, 14, 11], control: [11, 10, 12, 12] },
  after: { treated: [9, 8, 7], control: [12, 10, 11] },
  alpha: 0.05,
};

const restless: z.input<typeof dispersionInput> = {
  series: [[12, 9, 14, 11, 10, 13, 25, 4, 12, 9, 15, 11]],
};

const trend: z.input<typeof parallelTrendInput> = {
  treated: [12, 9, 14, 11, 10, 13, 15, 14, 12, 9, 15, 11],
  control: [60, 55, 66, 58, 52, 70, 71, 68, 60, 50, 72, 57],
};

const aoristic: z.input<typeof aoristicInput> = {
  timeZone: "Europe/London",
  events: [
    { from: "2021-11-26T22:00", to: "2021-11-27T01:30" },
    { from: "2021-11-26T20:30Z", to: null },
  ],
};

const localMoran: z.input<typeof localMoranInput> = {
  values: [9, 4, 0, 1],
  neighbours: [[1], [0, 2], [1, 3], [2]],
};

const mannKendall: z.input<typeof mannKendallInput> = {
  series: [
    [3, 4, 4, 6, 7],
    [2, 2, 1],
  ],
};

const emerging: z.input<typeof emergingInput> = {
  z: [
    [0.2, 1.1, 2.4],
    [2.5, null, 2.1],
  ],
  critical: 1.96,
  alpha: 0.05,
};

const ebRate: z.input<typeof ebRateInput> = {
  counts: [4, 0, 8],
  exposure: [10, 10, 20],
  alpha: 0.05,
};

const eTest: z.input<typeof eTestInput> = { pairs: [[6, 2]], lengths: [1, 1] };

const density: z.input<typeof densityInput> = {
  points: [
    { x: 0, y: 0 },
    { x: 50, y: 0, weight: 2 },
  ],
  at: [{ x: 10, y: 0 }],
  kernel: "quartic",
  bandwidth: 300,
};

const knox: z.input<typeof knoxInput> = {
  points: [
    { x: 0, y: 0, day: 1 },
    { x: 30, y: 40, day: 2 },
    { x: 900, y: 0, day: 9 },
  ],
  space: [0, 100, 200],
  time: [0, 2, 7],
  permutations: 99,
  seed: 1,
};

const scan: z.input<typeof scanInput> = {
  points: [
    { id: "a", x: 0, y: 0, day: 6 },
    { id: "a", x: 0, y: 0, day: 7 },
    { id: "b", x: 400, y: 0, day: 1 },
    { id: "c", x: 2000, y: 0, day: 2 },
    { id: "c", x: 2000, y: 0, day: 3 },
  ],
  days: 7,
  maxRadius: 500,
  maxDays: 3,
  prospective: true,
  replicates: 99,
  seed: 1,
};

const accuracy: z.input<typeof accuracyInput> = {
  score: [3, 2, 1],
  observed: [6, 3, 0],
  top: [1, 2, 3],
};

const missed: z.input<typeof adaptiveInput> = {
  scores: [0.02, 0, 0.05, 0.01, 0, 0.03, 0.2, 0.04, 0.09],
  level: 0.8,
};

const watched: z.input<typeof eProcessInput> = {
  before: { treated: 104, control: 3_120 },
  looks: [
    [2, 60],
    [4, 58],
    [5, 61],
  ],
};

const trial: z.input<typeof doseResponseInput> = {
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
};

export const statExamples: Readonly<
  Record<
    | "gi-star"
    | "hot"
    | "local-moran"
    | "mann-kendall"
    | "emerging"
    | "e-test"
    | "poisson-test"
    | "eb-rate"
    | "density"
    | "knox"
    | "scan"
    | "accuracy"
    | "wdd"
    | "running-wdd"
    | "dispersion"
    | "parallel-trend"
    | "dose-response"
    | "e-process"
    | "adaptive-quantile"
    | "aoristic",
    {
      readonly about: string;
      readonly input: unknown;
    }
  >
> = {
  "gi-star": {
    about: "Counts of cells and, for each, the places of its neighbours from 0 up, without itself.",
    input: giStar,
  },
  hot: {
    about:
      "Counts and neighbours as for gi-star. Finds the cells with more than an even spread, alone or with neighbours. Shares add up to 1 and are equal by default.",
    input: hot,
  },
  "local-moran": {
    about: "Any values of cells, with neighbours as for gi-star; weights are row-standardised.",
    input: localMoran,
  },
  "mann-kendall": {
    about: "Series of values at equal steps; exactP is null with ties or beyond 60 values.",
    input: mannKendall,
  },
  emerging: {
    about:
      "For each place its z, step by step, null where there is none; a step counts from the critical z on.",
    input: emerging,
  },
  "e-test": {
    about:
      "Counts [before, after] over periods of the given lengths, which may be left out if equal.",
    input: eTest,
  },
  "poisson-test": {
    about:
      "Counts [before, after] as for e-test: exact given their sum, for periods of unlike lengths.",
    input: eTest,
  },
  "eb-rate": {
    about:
      "Counts and what each stands on, such as hours: the rate drawn towards all, with the exact interval of its own.",
    input: ebRate,
  },
  density: {
    about: "Metres; kernel quartic or gaussian, whose bandwidth is its standard deviation.",
    input: density,
  },
  knox: {
    about: "Metres and days; space and time are the edges of bins that leave out their upper edge.",
    input: knox,
  },
  scan: {
    about:
      "Metres and days from 1 to days; one place, one id. Prospective: only what lasts to the last day.",
    input: scan,
  },
  accuracy: {
    about: "A score and what was observed for each cell; top lists how many cells to take.",
    input: accuracy,
  },
  wdd: {
    about:
      "Counts [before, after]; all but treated, control and alpha may be left out. Weights follow the order treated, control, displacement, displacementControl.",
    input: wdd,
  },
  "running-wdd": {
    about: "Counts of periods of one length before and after; one interval for each after.",
    input: running,
  },
  dispersion: {
    about:
      "Counts by month, how far they scatter about their mean of seven months, 1 at least; null under seven.",
    input: restless,
  },
  "parallel-trend": {
    about:
      "Counts by month before the start, twelve at least, as for dispersion: the four checks of a control.",
    input: trend,
  },
  "dose-response": {
    about:
      "Weeks of comparison days: reports by place from Monday on, and patrol hours where they are known. Other days against comparison days, and by each hour.",
    input: trial,
  },
  "e-process": {
    about:
      "Counts before, and [place, comparison] at each look since. Natural logarithms of e-values for a rise; dispersion is 1 and spread 0 by default.",
    input: watched,
  },
  "adaptive-quantile": {
    about:
      "Scores of past periods, oldest first: what the next stays within at this level, by adaptive conformal inference. Null of fewer than 8.",
    input: missed,
  },
  aoristic: {
    about:
      "Times without an offset are wall clock of the zone; to may be null or left out. Bins are hours of the week, Monday 00:00 being 0.",
    input: aoristic,
  },
};
