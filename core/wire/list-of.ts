import { z } from "zod";

/** `a,b`: words of a closed list, each once; `what` is what one of them is called. */
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
