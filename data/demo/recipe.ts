import { z } from "zod";
import { type Ground, groundFault } from "#core/protected-time/ground.ts";
import { checkRule, type SessionRule } from "#core/protected-time/session.ts";
import { localHourOfWeek, parseLocalDate } from "#core/time/zone.ts";
import { mixNames } from "#data/demo/settings.ts";

/**
 * `demonstration.json` in the folder of a pack (docs/another-command.md): what its demonstration has of places. Four
 * fields are asked for; what is left out follows from the pack (`completeRecipe`).
 */
export const recipeFile = "demonstration.json";
const recipeFormat = 1;

const words = z.string().trim().min(1).max(80);
const longWords = z.string().trim().max(1_000);
const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)], {
    error: "must be a point in degrees, [longitude, latitude]",
  })
  .readonly();
const line = z.array(position).min(2).max(80).readonly();
const latitude = z.number().min(-85).max(85);

/** What lies between two latitudes; either may be left out. */
const band = { northOf: latitude.optional(), southOf: latitude.optional() };

const busyStreet = z.strictObject({
  /** A road of the gazetteer. */
  road: words,
  /**
   * Where reports gather: all its corners, some of them, or each with how much it draws. Where only some are named,
   * the operation treats the stretch between them.
   */
  corners: z.union(
    [
      z.literal("all"),
      z.array(words).min(1).readonly(),
      z.record(words, z.number().positive()).readonly(),
    ],
    { error: 'must be "all", a list of names of corners, or weights by corner' },
  ),
  /** Where given, the operation treats what lies between them instead. */
  ...band,
});

const operation = z.strictObject({
  name: words,
  /** What it runs along, in words; the busy street where absent. */
  along: words.optional(),
});

const weekly = z
  .strictObject({
    /** The first evening, which sets the weekday. */
    from: z.iso.date("must be a date that exists, such as 2021-10-05"),
    start: z.string(),
    end: z.string(),
  })
  .superRefine((session, context) => {
    const read = checkRule(weeklyRule(session));
    const fault = read.ok ? hourFault(session) : read.reason;
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });

export function weeklyRule({ from, start, end }: z.infer<typeof weekly>): SessionRule {
  return { repeats: "weekly", everyWeeks: 1, firstDate: from, start, end, until: null };
}

/** Monday is 0. */
const tuesday = 1;

/** Made-up patrols walk by day, on Tuesdays until 18:40; a session then would close their streets to them. */
function hourFault({ from, start, end }: z.infer<typeof weekly>): string | null {
  const weekday = Math.floor(localHourOfWeek(parseLocalDate(from)) / 24);
  const earliest = weekday === tuesday ? "19:30" : "18:30";
  const isOverNight = end <= start;
  if (isOverNight ? start >= earliest && end <= "11:00" : start >= earliest || end <= "11:00") {
    return null;
  }
  return `must begin at ${earliest} or later, or end by 11:00: the demonstration's patrols walk in between`;
}

const partnerPlace = z
  .strictObject({
    label: words,
    at: position.optional(),
    radiusM: z.int().optional(),
    area: line.optional(),
    route: line.optional(),
    /** One evening a week where absent. */
    sessions: z.array(weekly).min(1).readonly().optional(),
  })
  .superRefine((place, context) => {
    const given = [place.at, place.area, place.route].filter((one) => one !== undefined);
    const fault =
      given.length === 1
        ? groundFault(groundOf(place), null)
        : 'must have one of "at", "area" and "route"';
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });
export type RecipePlace = z.infer<typeof partnerPlace>;

/** What a partner's browser would have been shown on the map. */
export function groundOf({
  at = [0, 0],
  area,
  route,
  radiusM = 150,
}: Pick<RecipePlace, "at" | "area" | "route" | "radiusM">): Ground {
  if (area) return { kind: "area", corners: area };
  if (route) return { kind: "corridor", halfWidthM: 50, corners: route };
  return { kind: "circle", at, radiusM };
}

const partner = z.strictObject({
  name: words.optional(),
  places: z.array(partnerPlace).min(1).max(20).readonly(),
});

/** Points that reports gather around. */
const around = z.union(
  [
    /** The corners of the busy street, by weight. */
    z.literal("busy corners"),
    /** Every street of the gazetteer. */
    z.literal("streets"),
    z.strictObject({ streetsNear: z.array(position).min(1).readonly() }),
    z
      .array(z.strictObject({ corners: words, ...band }))
      .min(1)
      .readonly(),
  ],
  {
    error:
      'must be "busy corners", "streets", {"streetsNear": [points]} or [{"corners": road, "northOf": latitude, "southOf": latitude}]',
  },
);

/** All of it holds at once; beyond the command lie the cells of `edgeOuter` alone. */
const within = z.strictObject({
  /** Seen from the busy street: the treated cells, those beside it, all but the treated ones, or all further off. */
  street: z.enum(["treated", "beside", "untreated", "away"]).optional(),
  part: words.optional(),
  edgeInner: words.optional(),
  edgeOuter: words.optional(),
});

const layer = z.strictObject({
  name: words,
  /** Reports from the first date to the day before the operation. */
  before: z.int().min(1).max(5_000),
  /** What became of them, against a quiet place: 1 steady, below 1 a fall. */
  effect: z.number().min(0).max(10).default(1),
  mix: z.enum(mixNames).default("elsewhere"),
  /** How many of the arrests and stops, against other layers. */
  police: z.number().min(0).default(0),
  around: around.default("streets"),
  within: within.default({}),
  /** Where its reports come together in the last weeks. */
  turnsTo: z.array(position).min(1).readonly().optional(),
});
export type Layer = z.infer<typeof layer>;

/** Words that are left out are usual ones (`placePlans`). */
const plan = z.strictObject({
  name: words,
  at: position,
  scanning: longWords.optional(),
  analysis: longWords.optional(),
  response: z
    .strictObject({
      partners: longWords,
      place: longWords,
      diversion: longWords,
      enforcement: longWords,
    })
    .optional(),
  stopRule: longWords.optional(),
  result: longWords.optional(),
});
export type RecipePlan = z.infer<typeof plan>;

const partnersAsked = 3;
/** As many as there are made-up agreements and plans. */
const mostNeighbours = 3;
const mostPlans = 3;

export const recipe = z.strictObject({
  format: z.literal(recipeFormat),
  busyStreet,
  operation,
  partners: z.array(partner).length(partnersAsked, {
    error: `must be ${partnersAsked} partners, as its sign-in page has`,
  }),
  layers: z
    .array(layer)
    .min(1)
    .max(60)
    .refine((layers) => layers.some(({ police }) => police > 0), {
      error: 'need "police" in at least one: arrests and stops are made somewhere',
    })
    .readonly()
    .optional(),
  /** Two rounds within one zone each, stop by stop. */
  walks: z
    .tuple([line, line], { error: "must be two walks, each a list of points" })
    .readonly()
    .optional(),
  /** In force, with records that end at the line, and ran out; the liaison of the first can sign in. */
  neighbours: z.array(words).max(mostNeighbours).readonly().optional(),
  plans: z.array(plan).max(mostPlans).readonly().optional(),
});
export type Recipe = z.infer<typeof recipe>;

/** A recipe that cannot be used. */
export class RecipeError extends Error {
  override readonly name = "RecipeError";
}

/** What is wrong with a field, and what to do. */
export function fieldFault(field: string, what: string): RecipeError {
  return new RecipeError(field === "" ? `it ${what}` : `"${field}" ${what}`);
}

/** A slip in one figure of a point puts it into another town. */
export function liesOutside({ name }: { readonly name: string }): string {
  return `lies outside ${name}: check its longitude and latitude`;
}

/** Reads `demonstration.json`; throws a `RecipeError`. */
export function readRecipe(text: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RecipeError("it cannot be read as JSON", { cause });
  }
  const read = recipe.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const message = issue?.message ?? "unknown";
  const what = /^(must|need) /.test(message) ? message : `is not as it should be: ${message}`;
  throw fieldFault(issue?.path.join(".") ?? "", what);
}
