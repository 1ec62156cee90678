import { z } from "zod";
import { createZone, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";

/** Invalid input: one line with the field, its position and the reason. */
export class StatInputError extends Error {
  override readonly name = "StatInputError";
}

const number = (must: string, holds: (value: number) => boolean = () => true) =>
  z.custom<number>((value) => Number.isFinite(value) && holds(value as number), {
    error: (issue) => `must ${must}, not ${show(issue.input)}`,
  });
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

export const finite = number("be a number");
export const count = number("be a whole number of 0 or more", isCount);
export const positive = number("be a number above 0", (value) => value > 0);
export const share = number("lie between 0 and 1, such as 0.05", (value) => value > 0 && value < 1);
export const partOfOne = number("lie from 0 to 1", (value) => value >= 0 && value <= 1);
export const hours = number("be from 0 to 24", (value) => value >= 0 && value <= 24);
export const weekday = number(
  "be from 0, the Monday, to 6",
  (value) => isCount(value) && value < 7,
);
export const numberOrNull = z.custom<number | null>(
  (value) => value === null || Number.isFinite(value),
  { error: (issue) => `must be a number or null, not ${show(issue.input)}` },
);

/** A longer range is a mistyped year, which would fill the memory. */
const mostDays = 36_525;
export const dayCount = number(
  `be a whole number from 1 to ${mostDays}`,
  (value) => isCount(value) && value >= 1 && value <= mostDays,
);
/** Far above any use; a longer run belongs into a script. */
const mostRuns = 100_000;
export const runs = number(
  `be a whole number from 0 to ${mostRuns}`,
  (value) => isCount(value) && value <= mostRuns,
);

export const prePost = z.tuple([count, count], {
  error: (issue) => `must be two counts, [before, after], not ${show(issue.input)}`,
});
export const edges = z
  .array(finite)
  .refine((list) => list.length >= 2 && list.length <= 256, "needs 2 to 256 edges of bins")
  .refine(
    (list) => list.every((edge, at) => at === 0 || edge > (list[at - 1] as number)),
    "must rise from each edge to the next",
  );
export const point = z.strictObject({ x: finite, y: finite });
export const neighbourLists = z.array(z.array(count));

type Context = z.core.$RefinementCtx;

export function complain(context: Context, path: (string | number)[], message: string): void {
  context.addIssue({ code: "custom", path, message });
}

export function checkNeighbours(
  values: readonly number[],
  neighbours: readonly (readonly number[])[],
  context: Context,
): void {
  const cells = values.length;
  if (neighbours.length !== cells) {
    complain(context, ["neighbours"], `has ${neighbours.length} lists for ${cells} counts`);
  }
  neighbours.forEach((list, cell) => {
    list.forEach((other, position) => {
      const say = (fault: string) => complain(context, ["neighbours", cell, position], fault);
      if (other >= cells) say(`is ${other}, but the last cell is ${cells - 1}`);
      else if (other === cell) say("is the cell itself: leave it out, it is always included");
      else if (list.indexOf(other) < position) say(`names cell ${other} a second time`);
    });
  });
}

/** The parsed input, or a StatInputError about its first fault. */
function parseStatInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
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
  return `must be ${shapeWords[issue.expected] ?? issue.expected}, not ${show(issue.input)}`;
}

const shapeWords: Readonly<Record<string, string>> = {
  array: "a list in square brackets",
  object: "an object in curly brackets",
  string: "a text in quotes",
};

/** `neighbours[3][1]` */
function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, depth) => {
      if (typeof step === "number") return `[${step}]`;
      return depth === 0 ? String(step) : `.${String(step)}`;
    })
    .join("");
}

export function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

export function zoneNamed(name: string): Zone {
  try {
    return createZone(name);
  } catch (cause) {
    throw new StatInputError(`timeZone: "${name}" is not a time zone, such as Europe/London`, {
      cause,
    });
  }
}

const moment =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/;

/**
 * Epoch milliseconds of a written time: with an offset an instant, without one the zone's wall
 * clock. Of the two instants in autumn's doubled hour `prefer` picks one; a time that spring skips,
 * or a date not in the calendar, is refused with its field's name.
 */
export function readMoment(
  text: string,
  zone: Zone,
  prefer: "earlier" | "later",
  field: string,
): number {
  const refused = (cause?: unknown) =>
    new StatInputError(
      `${field}: "${text}" is not a time; write 2021-11-26T20:30, or with an offset 2021-11-26T20:30Z`,
      { cause },
    );
  const [, date, time, seconds = "0", utc, sign, hours, minutes] = moment.exec(text) ?? [];
  if (date === undefined || time === undefined || Number(seconds) >= 60) throw refused();
  let local: number;
  try {
    local = parseLocal(`${date}T${time}`) + Number(seconds) * 1000;
  } catch (cause) {
    throw refused(cause);
  }
  if (utc) return local;
  if (sign) {
    const offset = (Number(hours) * 60 + Number(minutes)) * minuteMs;
    return sign === "+" ? local - offset : local + offset;
  }
  if (zone.instantsOf(local).length === 0) {
    throw new StatInputError(
      `${field}: ${text} does not exist in ${zone.name}, where the clock skips it`,
    );
  }
  return zone.toInstant(local, prefer);
}

/** `boxster stat NAME`: JSON in, JSON out; null for undefined. */
export interface Statistic {
  /** What goes in, for the help. */
  readonly about: string;
  readonly example: unknown;
  /** Throws a StatInputError for an input that it does not understand. */
  readonly run: (input: unknown) => unknown;
}

export function statistic<Schema extends z.ZodType>(
  about: string,
  example: z.input<Schema>,
  schema: Schema,
  answer: (input: z.infer<Schema>) => unknown,
): Statistic {
  return { about, example, run: (input) => held(answer(parseStatInput(schema, input))) };
}

/** A StatInputError where a number overflows, which JSON cannot hold. */
function held(answer: unknown): unknown {
  const path = pathOfOverflow(answer);
  if (path === null) return answer;
  throw new StatInputError(`the input: what it gives for ${path.slice(1)} is too large to be held`);
}

function pathOfOverflow(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : "";
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const rest = pathOfOverflow(part);
    if (rest !== null) return `.${key}${rest}`;
  }
  return null;
}
