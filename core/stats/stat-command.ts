import { z } from "zod";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";
import { createZone, type Zone } from "#core/time/zone.ts";

/** Input that a statistic cannot take: one line, with the field and the reason. */
export class StatInputError extends Error {
  override readonly name = "StatInputError";
}

type Statistic = (input: unknown) => unknown;

const count = z.int().nonnegative();
const pair = z.tuple([count, count]);
const positivePair = z.tuple([z.number().positive(), z.number().positive()]);

/** With an offset an instant; without one the wall clock of `timeZone`. */
const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/,
    "write a time as 2021-11-26T20:30 or 2021-11-26T20:30:00Z",
  );

const giStarInput = z
  .strictObject({ counts: z.array(count).min(1), neighbours: z.array(z.array(count)) })
  .superRefine(({ counts, neighbours }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (neighbours.length !== counts.length) {
      complain(["neighbours"], `has ${neighbours.length} lists for ${counts.length} counts`);
    }
    neighbours.forEach((list, cell) => {
      if (list.includes(cell)) complain(["neighbours", cell], "names the cell itself");
      if (list.some((other) => other >= counts.length)) {
        complain(["neighbours", cell], `names a cell beyond ${counts.length - 1}`);
      }
      if (new Set(list).size < list.length) complain(["neighbours", cell], "names a cell twice");
    });
  });

const wddInput = z.strictObject({
  treated: pair,
  control: pair,
  displacement: pair.optional(),
  displacementControl: pair.optional(),
  timeWeights: positivePair.optional(),
  areaWeights: z
    .tuple([
      z.number().positive(),
      z.number().positive(),
      z.number().positive(),
      z.number().positive(),
    ])
    .optional(),
  alpha: z.number().gt(0).lt(1),
});

const aoristicInput = z.strictObject({
  timeZone: z.string(),
  events: z.array(
    z.strictObject({
      from: moment,
      to: moment.nullish(),
    }),
  ),
});

const statistics: Readonly<Record<string, Statistic>> = {
  "gi-star": (input) => {
    const { counts, neighbours: lists } = parse(giStarInput, input);
    const neighbours = neighboursFromLists(lists);
    const { z: score, p } = giStar(counts, neighbours);
    const hot = hotP(counts, neighbours).p;
    return {
      z: score,
      p,
      exactP: [...exactP(counts, neighbours).p],
      hotP: [...hot],
      q: benjaminiHochberg(hot),
      holm: holm(p),
      bh: benjaminiHochberg(p),
      by: benjaminiYekutieli(p),
    };
  },
  wdd: (input) => weightedDisplacementDifference(parse(wddInput, input)),
  aoristic: (input) => {
    const { timeZone, events } = parse(aoristicInput, input);
    const zone = zoneNamed(timeZone);
    return {
      weights: events.map(({ from, to }, index) => {
        const at = (text: string, field: string) =>
          instantOf(zone, text, `events.${index}.${field}`);
        return aoristicWeights(zone, at(from, "from"), to ? at(to, "to") : null);
      }),
    };
  },
};

export const statisticNames: readonly string[] = Object.keys(statistics);

/** `boxster stat NAME`: JSON in, JSON out, as INTERFACES lists them; null for undefined. */
export function runStat(name: string, input: unknown): unknown {
  const statistic = Object.hasOwn(statistics, name) ? statistics[name] : undefined;
  if (!statistic) {
    throw new StatInputError(
      `There is no statistic "${name}"; there are ${statisticNames.join(", ")}.`,
    );
  }
  return statistic(input);
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join(".");
  throw new StatInputError(`${path ? `${path}: ` : ""}${issue?.message ?? "not understood"}`);
}

function instantOf(zone: Zone, text: string, field: string): number {
  const hasOffset = /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const digits = Date.parse(hasOffset ? text : `${text.replace(" ", "T")}Z`);
  if (Number.isNaN(digits))
    throw new StatInputError(`${field}: "${text}" is not a time that exists`);
  return hasOffset ? digits : zone.toInstant(digits, "earlier");
}

function zoneNamed(name: string): Zone {
  try {
    return createZone(name);
  } catch (cause) {
    throw new StatInputError(`timeZone: "${name}" is not a time zone`, { cause });
  }
}
