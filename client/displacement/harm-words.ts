import { categoryWords } from "#client/records/kind-words.ts";
import { type HarmName, type HarmWeight, harmNames } from "#core/records/harm.ts";
import { kinds } from "#core/records/kinds.ts";

export const harmNameWords: Readonly<Record<HarmName, string>> = {
  complaint: `${kinds.complaint.label}, any subject`,
  sighting: `${kinds.sighting.label}, any category`,
  ...categoryWords,
};

/** "Complaints, any subject 1; Traffic 3" */
export function weightWords(weights: readonly HarmWeight[]): string {
  return weights.map(({ name, weight }) => `${harmNameWords[name]} ${weight}`).join("; ");
}

/** As an address writes them: `complaint:1,traffic:3`, in one order whoever typed them. */
export function weightsText(weights: readonly HarmWeight[]): string {
  const byName = new Map(weights.map(({ name, weight }) => [name, weight]));
  return harmNames
    .filter((name) => byName.has(name))
    .map((name) => `${name}:${byName.get(name)}`)
    .join(",");
}
