import { readFileSync } from "node:fs";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import { createForecaster } from "#core/patrols/forecast/forecast.ts";
import { methodNames, type RatioToCount } from "#core/patrols/wire/forecast-seals.ts";
import { cellsInside } from "#core/places/command.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import { foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { createZone } from "#core/time/zone.ts";
import { fastLines } from "#tests/bench/fast-series.ts";
import {
  atLeast,
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
  notAsked,
} from "#tests/bench/timing.ts";
import { bundledStudy } from "#tests/support/bundled-places.ts";
import {
  hasSeries,
  type RealSeries,
  realSeries,
  reportsOfSeries,
} from "#tests/support/real-series.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

interface Trial {
  readonly series: RealSeries;
  readonly horizon: Horizon;
  readonly from: string;
  readonly to: string;
}

/** The first periods of a file are there to be learnt from. */
const trials: readonly Trial[] = [
  { series: realSeries.burglary, horizon: "month", from: "2016-01-01", to: "2019-12-31" },
  { series: realSeries.laterBurglary, horizon: "month", from: "2021-01-01", to: "2021-12-31" },
  { series: realSeries.stops, horizon: 7, from: "2021-07-01", to: "2021-12-31" },
  { series: realSeries.drugStops, horizon: 7, from: "2021-07-01", to: "2021-12-31" },
  { series: realSeries.collisions, horizon: 28, from: "2022-03-01", to: "2022-12-31" },
];

const zone = createZone("Europe/London");
const [leastRatio, forecastLimitMs] = [1, 1_000];

/**
 * Every method on every real series at hand, in the command and in boroughs beside it: mean PAI as so many times that of the
 * best count of 3, 12 or 36 months, with its 95% interval over the periods. Skips what is not beside the clone.
 */
export function benchForecast({ say }: BenchContext): BenchLine[] {
  const areas = [bundledStudy(), ...neighbours()];
  const lines = trials.flatMap((trial) => {
    if (!hasSeries(trial.series)) {
      say(`Forecast: skipped ${trial.series.name}, whose files are not beside the clone.`);
      return [];
    }
    return areas.flatMap((study) => {
      say(`Forecast: ${trial.series.name}, ${study.name}...`);
      return trialLines(trial, study);
    });
  });
  return [...lines, ...fastTogether(areas, say), ...onceADay()];
}

function fastTogether(areas: readonly StudySet[], say: BenchContext["say"]): BenchLine[] {
  const weekly = trials.filter(({ series, horizon }) => horizon === 7 && hasSeries(series));
  const [first] = weekly;
  if (!first) return [];
  say("Forecast: the weekly series together...");
  const series = weekly.map((trial) => trial.series);
  return fastLines({ series, areas }, [first.from, first.to], zone);
}

function neighbours(): StudySet[] {
  const file = "boundaries/study_area_11.geojson";
  if (!hasSharedFile(file)) return [];
  const { features } = JSON.parse(readFileSync(sharedFile(file), "utf8"));
  const beside = features.filter(
    ({ properties }: { properties: { bcu?: string } }) => properties.bcu && properties.bcu !== "NA",
  );
  return beside.map(({ properties, geometry }: (typeof features)[number]) =>
    createStudySet(properties.name, 10, cellsInside([{ polygons: [geometry.coordinates] }], 10)),
  );
}

function trialLines({ series, horizon, from, to }: Trial, study: StudySet): BenchLine[] {
  const reports = reportsOfSeries(series, study, zone);
  const results = backtest({ reports, study, zone, horizon }, { from, to, methods: methodNames });
  const every = horizon === "month" ? "by month" : `by ${horizon} days`;
  return results.map(({ method, folds, shares, held }) => {
    const [first, ...others] = shares.slice(0, 3).map(({ toBestCount }) => toBestCount);
    const ratios = [first, ...others].map((one) => one ?? null);
    const least = Math.min(...ratios.map((one) => one?.ratio ?? Number.NaN));
    return {
      work: `${study.name}, ${series.name} ${every}, ${from} to ${to} (${reports.cell.length} reports, ${folds} periods): ${method}`,
      measured: shares
        .slice(0, 3)
        .map(({ pai }) => pai.toFixed(2))
        .join(" / "),
      beside: held
        ? `80% interval held ${Math.round((held.inside ?? 0) * 100)}% of ${held.intervals}`
        : "",
      ratio: ratios.map(ratioText).join(" / "),
      figure:
        method === "forecast" && study === bundledStudy() && Number.isFinite(least)
          ? atLeast(least, "x the best count", leastRatio)
          : notAsked(Number.isFinite(least) ? least : null, "x the best count"),
    };
  });
}

const ratioText = (one: RatioToCount | null) =>
  one ? `${one.ratio.toFixed(3)} (${one.low.toFixed(2)} to ${one.high.toFixed(2)})` : "too few";

/** What Plan waits for once a day, on all the years that there are. */
function onceADay(): BenchLine[] {
  const { burglary } = realSeries;
  if (!hasSeries(burglary)) return [];
  const study = bundledStudy();
  const reports = reportsOfSeries(burglary, study, zone);
  const [fold] = foldsBetween(zone, "2019-12-01", "2019-12-31", "month");
  if (!fold) return [];
  const { median } = computeOften(3, () => {
    createForecaster(reports, { near: study, zone, horizon: "month" })(fold, fold.start);
  });
  return [
    {
      work: `one forecast from eight years of burglary, ${reports.cell.length} reports`,
      measured: milliseconds(median),
      beside: "asked: 1 s on ten years",
      ratio: "",
      figure: atMost(median, "ms", forecastLimitMs),
    },
  ];
}
