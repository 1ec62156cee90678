import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import { type HarmTableRef, harmNames, leastHarm, mostHarm } from "#core/records/harm.ts";

/** Above 0 and up to `mostHarm`, at most six decimals, no sign or exponent; else null. */
export function readWeight(text: string): number | null {
  const weight = Number(text);
  return /^\d{1,7}(\.\d{1,6})?$/u.test(text.trim()) && weight > 0 && weight <= mostHarm
    ? weight
    : null;
}

const version = z.int().min(1);

/** As an address and a command write a version of the team's table: `v3`. */
export const harmVersion = z
  .string()
  .regex(/^v[1-9]\d{0,8}$/u, "write a saved version, such as v3")
  .transform((text) => Number(text.slice(1)));

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
