import { z } from "zod";

/**
 * `pack.json`, the head of a folder of places (docs/another-command.md): whose streets these are and how people there
 * speak of them. Beside it lie `areas.geojson`, `edges.geojson` and `gazetteer.ndjson`.
 */
export const packFormat = 1;

const words = z.string().trim().min(1).max(80);
const degrees = z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]);

/** Singular and plural: `["borough", "boroughs"]`. */
const oneAndMany = z.tuple([words, words]);

export const placePack = z.strictObject({
  format: z.literal(packFormat),
  /** The database stores it: lower-case letters, digits and single hyphens. */
  code: z
    .string()
    .max(40)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and single hyphens"),
  /** "North and South": the whole command, beside its total figures. */
  name: words,
  /** A name of the tz database, such as `Europe/London`. */
  timeZone: z.string().refine(isTimeZone, "a time zone that is known, such as Europe/London"),
  /** "Patrols around PATCH": the team's purpose. */
  patch: words,
  /** Where maps open, `[longitude, latitude]`. */
  centre: degrees,
  /** Of files in metres; null where every file must be in degrees. */
  grid: z.literal("EPSG:27700").nullable(),
  words: z.strictObject({
    part: oneAndMany,
    ward: oneAndMany,
  }),
  /** Drawn stronger than other roads; matched by prefix of the name. */
  mainRoads: z.array(words).max(100),
  attributions: z.array(z.string().trim().min(1).max(300)).min(1),
  sources: z.array(z.strictObject({ what: words, from: z.string().max(500), licence: words })),
  /** Wards and postcode sectors that are no areas of the pack, by the cells of each: residents find theirs by them. */
  otherNames: z.record(words, z.string().regex(/^8[0-9a-f]{14}(?: 8[0-9a-f]{14})*$/)).optional(),
});
export type PlacePack = z.infer<typeof placePack>;

/** Shown on every screen, before sign-in too. */
export const shownCommand = placePack.pick({
  name: true,
  timeZone: true,
  patch: true,
  centre: true,
  words: true,
  attributions: true,
});
export type ShownCommand = z.infer<typeof shownCommand>;

export function isTimeZone(name: string): boolean {
  // PostgreSQL reads the sign of "+05:30" the other way round.
  if (!/^[A-Z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** "London" of `Europe/London`, as in "London time". */
export function cityOf(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** Reads `pack.json`, or returns what is wrong, where, and what to do. */
export function readPack(text: string): PlacePack | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: "it cannot be read as JSON" };
  }
  const { format } = Object(value) as { format?: unknown };
  if (typeof format === "number" && format > packFormat) {
    return {
      fault: `it has format ${format}, and this Boxster reads up to ${packFormat}: bring Boxster up to date`,
    };
  }
  const read = placePack.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.length ? `"${issue.path.join(".")}" ` : "";
  return { fault: `${where}is not as it should be: ${issue?.message ?? "unknown"}` };
}
