import { isTimeZone } from "#core/place-pack.ts";
import { compareText } from "#core/text/text-order.ts";

/** A code of a pack out of any words: "Northly & Upland" is "northly-upland". Empty where nothing is left. */
export function codeOfWords(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
}

/** Of more parts nobody would say all names each time. */
const mostNamed = 3;
const longestName = 80;

/** "A", "A and B", "A, B and C"; null where somebody must say how the command is called. */
export function nameOfParts(names: readonly string[]): string | null {
  const sorted = [...names].sort(compareText);
  const last = sorted.pop() ?? "";
  const name = sorted.length === 0 ? last : `${sorted.join(", ")} and ${last}`;
  return sorted.length < mostNamed && name.length <= longestName ? name : null;
}

/** Where metres without a word of which are those of the British National Grid. */
export function isBritishZone(zone: string): boolean {
  return isTimeZone(zone) && /^(?:Europe\/London|GB(?:-Eire)?)$/.test(zone);
}

/** What a command's parts are called, by the names of the properties of its file. */
export function partWords(properties: readonly string[]): [one: string, many: string] {
  const known: readonly (readonly [RegExp, [string, string]])[] = [
    [/^(?:la|lad\d*|borough)_?(?:cd|nm|code|name)?$/i, ["borough", "boroughs"]],
    [/^district/i, ["district", "districts"]],
    [/^(?:commune|municipality)/i, ["municipality", "municipalities"]],
  ];
  const found = known.find(([pattern]) => properties.some((name) => pattern.test(name)));
  return found?.[1] ?? ["part", "parts"];
}
