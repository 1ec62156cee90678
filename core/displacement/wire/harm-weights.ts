import { z } from "zod";
import { type HarmName, type HarmWeight, harmNames } from "#core/displacement/harm.ts";

/** What one report may count for at most: enough for any scale, little enough to stay exact. */
const mostHarm = 1_000_000;

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
    const weight = Number(number);
    if (more.length > 0 || !/^\d+(\.\d+)?$/u.test(number) || weight <= 0 || weight > mostHarm) {
      return refuse(`write ${name}:2, with a number above 0 and up to ${mostHarm}`);
    }
    if (weights.has(name)) return refuse(`${name} is given twice`);
    weights.set(name, weight);
  }
  return [...weights].map(([name, weight]): HarmWeight => ({ name, weight }));
});

function isHarmName(name: string): name is HarmName {
  return (harmNames as readonly string[]).includes(name);
}
