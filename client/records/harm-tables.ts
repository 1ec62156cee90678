import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { categoryWords } from "#client/records/kind-words.ts";
import { type HarmName, type HarmWeight, harmNames } from "#core/records/harm.ts";
import { kinds } from "#core/records/kinds.ts";
import {
  type HarmTableBody,
  harmTableReply,
  harmTablesReply,
} from "#core/records/wire/harm-weights.ts";

/** Every saved version of the team's harm weights, newest first: the first is the one in use. */
export const harmTables = keptReply("/api/harm-weights", harmTablesReply);

/** Saves a new version, in use from then on; answers its number. */
export async function saveHarmTable(body: HarmTableBody): Promise<number> {
  const { version } = await fetchJson("/api/harm-weights", harmTableReply, {
    method: "POST",
    body,
  });
  harmTables.reload();
  return version;
}

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
