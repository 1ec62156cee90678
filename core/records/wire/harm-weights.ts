import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import {
  type HarmName,
  type HarmTableRef,
  type HarmWeight,
  harmNames,
  isHarmName,
  leastHarm,
  mostHarm,
  readVersion,
} from "#core/records/harm.ts";

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

const version = z.int().min(1);

/** What is asked for: a version of the team's table (`v3`), or weights (`complaint:1,sighting:2`). */
export type HarmAsked = { readonly version: number } | { readonly weights: readonly HarmWeight[] };

export const harmAsked = z.string().transform((text, context): HarmAsked => {
  const asVersion = readVersion(text);
  if (asVersion !== null) return { version: asVersion };
  const read = harmWeights.safeParse(text);
  if (read.success) return { weights: read.data };
  context.addIssue({ code: "custom", message: read.error.issues[0]?.message ?? "not valid" });
  return z.NEVER;
});

export const tableWeights = z
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

/** Which table weights are from, for all that is shown by it. */
export const harmTableRef = z.strictObject({
  version,
  name: z.string(),
  source: z.string(),
}) satisfies z.ZodType<HarmTableRef>;

export const harmTable = harmTableRef.extend({
  weights: tableWeights,
  savedAt: instant,
  savedBy: z.string(),
});
export type HarmTable = z.infer<typeof harmTable>;

/** GET /api/harm-weights: newest first; the first is the one in use. */
export const harmTablesReply = z.strictObject({ versions: z.array(harmTable).readonly() });
export type HarmTablesReply = z.infer<typeof harmTablesReply>;
export const harmTableReply = z.strictObject({ version });
