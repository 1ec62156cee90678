import { z } from "zod";
import {
  type HarmName,
  type HarmWeight,
  harmNames,
  isHarmName,
  leastHarm,
  mostHarm,
} from "#core/records/harm.ts";
import { faultsOfWords } from "#core/text/free-words.ts";

/** `complaint:1,sighting:2`: what one report of each kind or category counts for. */
export const harmWeights = z.string().transform((text, context) => {
  const weights = new Map<HarmName, number>();
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  for (const part of text.split(",")) {
    const [name = "", number = "", ...more] = part.split(":").map((word) => word.trim());
    if (!isHarmName(name)) {
      return refuse(`"${name}" has no weight; there are ${harmNames.join(", ")}`);
    }
    const weight = readWeight(number);
    if (more.length > 0 || weight === null) {
      return refuse(`write ${name}:2, with a number above 0 and up to ${mostHarm}`);
    }
    if (weights.has(name)) return refuse(`${name} is given twice`);
    weights.set(name, weight);
  }
  return [...weights].map(([name, weight]): HarmWeight => ({ name, weight }));
});

/** A number above 0 and up to `mostHarm`, with at most six decimals and no sign or exponent; null where it is none. */
export function readWeight(text: string): number | null {
  const weight = Number(text);
  return /^\d{1,7}(\.\d{1,6})?$/u.test(text) && weight > 0 && weight <= mostHarm ? weight : null;
}

/** As an address and a command write a version of the team's table. */
export function versionText(version: number): string {
  return `v${version}`;
}

const version = z.int().min(1);

/** What is asked for: a version of the team's table (`v3`), or weights (`complaint:1,sighting:2`). */
export type HarmAsked = { readonly version: number } | { readonly weights: readonly HarmWeight[] };

export const harmAsked = z.string().transform((text, context): HarmAsked => {
  if (/^v[1-9]\d{0,8}$/u.test(text)) return { version: Number(text.slice(1)) };
  const read = harmWeights.safeParse(text);
  if (read.success) return { weights: read.data };
  context.addIssue({ code: "custom", message: read.error.issues[0]?.message ?? "not valid" });
  return z.NEVER;
});

const weights = z
  .array(
    z.strictObject({
      name: z.enum(harmNames),
      weight: z.number().min(leastHarm).max(mostHarm),
    }),
  )
  .min(1, "Give at least one weight.")
  .refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    "Give each kind or category once.",
  )
  .readonly();

export const longestTableName = 80;
export const longestSource = 300;

/** "Cambridge Crime Harm Index 2020" */
export const harmTableName = z
  .string()
  .trim()
  .superRefine((name, context) => {
    for (const { reason } of faultsOfWords("name", name, {
      most: longestTableName,
      isOptional: false,
    })) {
      context.addIssue({ code: "custom", message: reason });
    }
    if (/[\n\r\t]/u.test(name)) context.addIssue({ code: "custom", message: "Use one line." });
  });

/** Where the weights were read: a publication, its year, and where to find it. No weight is kept without. */
export const harmSource = z
  .string()
  .trim()
  .superRefine((source, context) => {
    const faults = faultsOfWords("source", source, { most: longestSource, isOptional: false });
    for (const { reason } of faults) context.addIssue({ code: "custom", message: reason });
    if (faults.length > 0) return;
    if (/[\n\r\t]/u.test(source)) context.addIssue({ code: "custom", message: "Use one line." });
    if (!/\b(19|20)\d{2}\b/u.test(source) || source.split(/\s+/u).length < 3) {
      context.addIssue({
        code: "custom",
        message: "Give the publication, its year and where to find it.",
      });
    }
  });

/** POST /api/harm-weights: each saving is a new version, and the one in use from then on. */
export const harmTableBody = z.strictObject({ name: harmTableName, source: harmSource, weights });
export type HarmTableBody = z.infer<typeof harmTableBody>;

/** Which table weights are from, for all that is shown by it. */
export const harmTableRef = z.strictObject({ version, name: z.string(), source: z.string() });
export type HarmTableRef = z.infer<typeof harmTableRef>;

export const harmTable = harmTableRef.extend({
  weights,
  savedAt: z.iso.datetime({ offset: true }),
  savedBy: z.string(),
});
export type HarmTable = z.infer<typeof harmTable>;

/** GET /api/harm-weights: newest first; the first is the one in use. */
export const harmTablesReply = z.strictObject({ versions: z.array(harmTable).readonly() });
export const harmTableReply = z.strictObject({ version });

/** "Cambridge Crime Harm Index 2020, version 3" */
export function tableName({
  name,
  version: number,
}: Pick<HarmTableRef, "name" | "version">): string {
  return `${name}, version ${number}`;
}

/** "Harm weights: Cambridge Crime Harm Index 2020, version 3. Source: ..." */
export function harmSourceLine(table: HarmTableRef): string {
  return `Harm weights: ${tableName(table)}. Source: ${table.source.replace(/\.$/u, "")}.`;
}
