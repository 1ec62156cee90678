import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";

/** A statement of law in our words, of `data/law`. */
export const lawText = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  text: z.string().min(1),
  /** Act and section. */
  cite: z.string().regex(/\bAct \d{4}, ss?\. \d/),
  sources: z.array(z.url({ protocol: /^https$/ })).min(1),
  asAt: date,
  readAgainOn: date,
  /** What could not be confirmed of its being in force; null where it is known to be. */
  notKnown: z.string().min(1).nullable(),
});
export type LawText = z.infer<typeof lawText>;

/** One subject of `data/law`: its dates hold for each of its texts. */
export const lawFile = z
  .strictObject({
    ...lawText.pick({ asAt: true, readAgainOn: true }).shape,
    texts: z.array(lawText.omit({ asAt: true, readAgainOn: true })).min(1),
  })
  .refine(({ asAt, readAgainOn }) => asAt < readAgainOn, "readAgainOn must be later than asAt")
  .transform(({ texts, ...dates }): LawText[] => texts.map((text) => ({ ...text, ...dates })));

/** GET /api/public/law: as it is known today, not as a release froze it. */
const lawNow = z.strictObject({ today: date, texts: z.array(lawText) });
export type LawNow = z.infer<typeof lawNow>;

export const lawCalls = { now: call("GET /api/public/law", { reply: lawNow }) };

export function isDue({ readAgainOn }: Pick<LawText, "readAgainOn">, today: string): boolean {
  return today > readAgainOn;
}
