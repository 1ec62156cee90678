import type { EventSource } from "#core/records/event.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { MidnightReading } from "#core/records/midnight.ts";
import type { ProfileName } from "#core/records/profile.ts";
import {
  canBeListWord,
  joinWords,
  type WordChoices,
  wordRoles,
} from "#core/records/word-choices.ts";
import type { DateOrder } from "#core/table/clock.ts";
import { type ColumnRole, columnRoles, isHeading } from "#core/table/columns.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { whyPersonal } from "#core/text/personal-columns.ts";

/** A way of reading a file that a person named, for the next file of the same system. */
export interface SavedReading {
  /** The ready profile that it builds on. */
  readonly profile: ProfileName;
  /** Role to heading. */
  readonly map: Readonly<Partial<Record<ColumnRole, string>>>;
  /** Every heading of the file that it was made from, so that the next one is recognised. */
  readonly headings: readonly string[];
  readonly kind: EventKind | null;
  readonly source: EventSource | null;
  readonly dates: DateOrder | null;
  readonly words: WordChoices;
  readonly midnight: MidnightReading;
}

/** Why a reading may not be kept; null when it may. Nothing that could be a value of a person is kept. */
export function faultOfSaved(reading: SavedReading): string | null {
  // An empty one says that the file has no column of the role.
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

/** The headings of a file that a profile may hold. */
export function headingsToKeep(names: readonly string[]): string[] {
  return names.filter((name) => isHeading(name) && whyPersonal(name) === null);
}

/** Whether a file has just the headings that the profile was made from, in whatever order. */
export function isMadeFrom(reading: SavedReading, names: readonly string[]): boolean {
  const file = new Set(headingsToKeep(names).map(normaliseWords));
  const made = new Set(reading.headings.map(normaliseWords));
  return made.size > 0 && made.size === file.size && [...made].every((words) => file.has(words));
}

/** How the profile reads a file, with what was said beside it on top. */
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

/** Roles and headings of a mapping as a reader gives it, with what a person said has no column. */
export function mapToKeep(
  mapping: Readonly<Record<string, string>>,
  said: Readonly<Record<string, string>>,
): Partial<Record<ColumnRole, string>> {
  return Object.fromEntries(
    columnRoles.flatMap((role) => {
      const heading = mapping[role] ?? (said[role] === "" ? "" : undefined);
      return heading === undefined ? [] : [[role, heading]];
    }),
  );
}
