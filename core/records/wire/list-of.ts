import { z } from "zod";
import { longestWord, typeKey } from "#core/records/types.ts";

/** `a,b`: distinct words of a closed list; `what` names one of them in messages. */
export function listOf<Item extends string>(items: readonly Item[], what: string) {
  return z.string().transform((text, context) => {
    const words = text.split(",").map((word) => word.trim());
    const unknown = words.find((word) => !(items as readonly string[]).includes(word));
    if (unknown !== undefined) {
      context.addIssue({
        code: "custom",
        message: `"${unknown}" is not a ${what}; there are ${items.join(", ")}`,
      });
      return z.NEVER;
    }
    return [...new Set(words)] as Item[];
  });
}

/** `drugs,Other theft`: event types, whose list is in the records. */
export const typeList = z
  .string()
  .max(2_000)
  .transform((text) => [...new Set(text.split(",").map((word) => word.trim()))])
  .refine(
    (words) => words.every((word) => word.length <= longestWord && typeKey(word) !== ""),
    `types are words with commas between them, each of at most ${longestWord} letters, such as drugs,other theft`,
  );
