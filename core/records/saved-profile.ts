import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import { eventKinds } from "#core/records/kinds.ts";
import type { ImportOutline } from "#core/records/outline.ts";
import { profileNames } from "#core/records/profile.ts";
import { longestWord } from "#core/records/types.ts";
import { canBeListWord, joinWords, wordRoles } from "#core/records/word-choices.ts";
import { columnRoles, isHeading } from "#core/table/columns.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { whyPersonal } from "#core/text/personal-columns.ts";

const word = z.string().min(1).max(longestWord);

/** A named way to read files of one system; never a value that mentions a person. */
export const savedReading = z
  .strictObject({
    /** The built-in profile underneath. */
    profile: z.enum(profileNames),
    /** Role to heading; empty: the file has no column for the role. */
    map: z.partialRecord(z.enum(columnRoles), z.union([word, z.literal("")])),
    /** All headings of its original file, to recognise the next one. */
    headings: z.array(word).max(200),
    kind: z.enum(eventKinds).nullable(),
    source: z.enum(eventSources).nullable(),
    dates: z.enum(["day-first", "month-first"]).nullable(),
    words: z.strictObject({
      kind: z.record(word, z.enum(eventKinds)),
      category: z.record(word, z.enum(eventCategories)),
      source: z.record(word, z.enum(eventSources)),
    }),
    midnight: z.enum(["as-written", "unknown"]),
  })
  .superRefine((reading, context) => {
    const fault = faultOfSaved(reading);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  })
  .register(columnTypes, { type: "jsonb" });
export type SavedReading = z.infer<typeof savedReading>;

/** Why a reading may not be saved, such as for a personal value; null when it may. */
export function faultOfSaved(
  reading: Pick<SavedReading, "map" | "words"> & { readonly headings: readonly string[] },
): string | null {
  const mapped = Object.values(reading.map).filter((heading) => heading !== "");
  const headings = [...mapped, ...reading.headings];
  const wrong = headings.find((heading) => !isHeading(heading) || whyPersonal(heading) !== null);
  if (wrong !== undefined) {
    return isHeading(wrong)
      ? `"${wrong}" may describe a person and is not kept in a profile`
      : "one heading looks like a value, not a heading; a profile needs a file with a line of headings";
  }
  const words = wordRoles.flatMap((role) => Object.keys(reading.words[role]));
  return words.every(canBeListWord)
    ? null
    : "one of the words does not look like a list entry and cannot be saved in a profile";
}

export function headingsToKeep(names: readonly string[]): string[] {
  return names.filter((name) => isHeading(name) && whyPersonal(name) === null);
}

/** Whether a file has exactly the profile's original headings, in any order. */
export function isMadeFrom(reading: SavedReading, names: readonly string[]): boolean {
  const file = new Set(headingsToKeep(names).map(normaliseWords));
  const made = new Set(reading.headings.map(normaliseWords));
  return made.size > 0 && made.size === file.size && [...made].every((words) => file.has(words));
}

export function choicesOfSaved(
  reading: SavedReading,
  given: Omit<ImportChoices, "profile">,
): ImportChoices {
  return {
    profile: reading.profile,
    map: { ...reading.map, ...given.map },
    kind: given.kind ?? reading.kind,
    source: given.source ?? reading.source,
    dates: given.dates ?? reading.dates,
    words: joinWords(reading.words, given.words),
    midnight: given.midnight === "unknown" ? "unknown" : reading.midnight,
  };
}

export function readingToSave(
  headings: readonly string[],
  { map, kind, source, dates, words, midnight }: ImportChoices,
  { profile, mapping }: Pick<ImportOutline, "profile" | "mapping">,
): SavedReading {
  const columns = columnRoles.flatMap((role): [string, string][] => {
    const heading = mapping[role] ?? (map[role] === "" ? "" : undefined);
    return heading === undefined ? [] : [[role, heading]];
  });
  return {
    profile,
    map: Object.fromEntries(columns),
    headings: headingsToKeep(headings),
    kind,
    source,
    dates,
    words,
    midnight,
  };
}
