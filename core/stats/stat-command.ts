import { aoristicWeights } from "#core/stats/aoristic.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import type { statExamples } from "#core/stats/stat-examples.ts";
import {
  aoristicInput,
  giStarInput,
  parseStatInput,
  StatInputError,
  wddInput,
} from "#core/stats/stat-input.ts";
import { readMoment } from "#core/stats/stat-moment.ts";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";
import { createZone, type Zone } from "#core/time/zone.ts";

/** The names that `boxster stat` knows. */
export function statisticNames(): readonly string[] {
  return Object.keys(statistics);
}

/** `boxster stat NAME`: JSON in, JSON out; null for undefined. */
export function runStat(name: string, input: unknown): unknown {
  return statisticNamed(name)(input);
}

/** The statistic, before its input is read; a StatInputError that lists them all otherwise. */
export function statisticNamed(name: string): Statistic {
  const statistic = Object.hasOwn(statistics, name) ? statistics[name] : undefined;
  if (statistic) return statistic;
  throw new StatInputError(`unknown statistic "${name}"; there are ${statisticNames().join(", ")}`);
}

type Statistic = (input: unknown) => unknown;

const known: Readonly<Record<keyof typeof statExamples, Statistic>> = {
  "gi-star": (input) => {
    const { counts, neighbours: lists } = parseStatInput(giStarInput, input);
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
      // Said only where the tails are not exact.
      ...(hot.method === "exact" ? {} : { approximation: hot.method }),
    };
  },
  wdd: (input) => weightedDisplacementDifference(parseStatInput(wddInput, input)),
  aoristic: (input) => {
    const { timeZone, events } = parseStatInput(aoristicInput, input);
    const zone = zoneNamed(timeZone);
    return {
      weights: events.map(({ from, to }, index) =>
        aoristicWeights(
          zone,
          readMoment(from, zone, "earlier", `events[${index}].from`),
          to == null ? null : readMoment(to, zone, "later", `events[${index}].to`),
        ),
      ),
    };
  },
};

const statistics: Readonly<Record<string, Statistic>> = known;

function zoneNamed(name: string): Zone {
  try {
    return createZone(name);
  } catch (cause) {
    throw new StatInputError(`timeZone: "${name}" is not a time zone, such as Europe/London`, {
      cause,
    });
  }
}
