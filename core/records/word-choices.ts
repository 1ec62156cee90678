import type { Reading } from "#core/records/detect.ts";
import {
  type EventCategory,
  type EventSource,
  eventCategories,
  eventSources,
} from "#core/records/event.ts";
import { type EventKind, eventKinds } from "#core/records/kinds.ts";
import { longestWord } from "#core/records/types.ts";
import { isCategoryText, kindOf, sourceOf } from "#core/records/words.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { maySpeakOfPerson } from "#core/text/personal-value.ts";

/** The roles whose cells are entries of a closed list (DEFINITIONS, Events). */
export const wordRoles = ["kind", "category", "source"] as const;
export type WordRole = (typeof wordRoles)[number];

/** A person's mapping of a file's normalised words to list entries. */
export interface WordChoices {
  readonly kind: Readonly<Record<string, EventKind>>;
  readonly category: Readonly<Record<string, EventCategory>>;
  readonly source: Readonly<Record<string, EventSource>>;
}

export const noWords: WordChoices = { kind: {}, category: {}, source: {} };

export const listEntries = {
  kind: eventKinds,
  category: eventCategories,
  source: eventSources,
} as const;

/**
 * Whether a word may be shown and kept in a profile: it looks like a list entry or a code, not a
 * name, an address, a vehicle registration or a personal number.
 */
export function canBeListWord(text: string): boolean {
  const word = text.trim();
  if (word.length > longestWord || normaliseWords(word) === "") return false;
  if (isCategoryText(word) || isListCode(word)) return true;
  return /^[A-Z][A-Z &/-]*$/.test(word) && isCategoryText(word.toLowerCase());
}

/** `ASB-02`, `66/01`, `PROS 4`: short, with a figure, and neither a vehicle mark nor a postcode. */
function isListCode(word: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9/._ -]{0,11}$/.test(word) || !/\d/.test(word)) return false;
  if (word.replace(/\D/g, "").length > 4) return false;
  if (maySpeakOfPerson(word)) return false;
  return !(vehicleMark.test(word) || postcode.test(word) || dayOrTime.test(word));
}

const vehicleMark =
  /^(?:[a-z]{2}\d{2} ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3} ?[a-z])$/i;
const postcode = /^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i;
const dayOrTime = /^\d{1,4}[/.: -]\d{1,2}(?:[/.: -]\d{1,4})?$/;

/** `category:noise nuisance=asb`, as a command line or an address writes it. */
export function parseWordChoices(texts: readonly string[]): WordChoices {
  const words = { kind: {}, category: {}, source: {} } as Record<WordRole, Record<string, string>>;
  for (const text of texts) {
    const parts = /^(kind|category|source):(.+)=([a-z_]+)$/.exec(text.trim());
    if (!parts) {
      throw new FileFault(
        `"${text.length > 80 ? "this" : text}" is not role:word=entry, such as category:noise=asb; the roles are ${wordRoles.join(", ")}`,
      );
    }
    const [, role, word = "", entry = ""] = parts as unknown as [string, WordRole, string, string];
    words[role][checkedWord(word)] = checkedEntry(role, entry);
  }
  return words as unknown as WordChoices;
}

function checkedWord(word: string): string {
  if (canBeListWord(word)) return normaliseWords(word);
  throw new FileFault(
    "this word does not look like a list entry and could be a name; change it in the file",
  );
}

function checkedEntry(role: WordRole, entry: string): string {
  const known: readonly string[] = listEntries[role];
  if (known.includes(entry)) return entry;
  throw new FileFault(`"${entry}" is no ${role}; it is one of ${known.join(", ")}`);
}

/** The second wins. */
export function joinWords(below: WordChoices, above: WordChoices): WordChoices {
  return {
    kind: { ...below.kind, ...above.kind },
    category: { ...below.category, ...above.category },
    source: { ...below.source, ...above.source },
  };
}

/** `role:word=entry` for each, to be parsed again. */
export function writeWordChoices(words: WordChoices): string[] {
  return wordRoles.flatMap((role) =>
    Object.entries(words[role]).map(([word, entry]) => `${role}:${word}=${entry}`),
  );
}

/** How mapped columns are read: the person's choices first, then the lists. */
export interface WordReading {
  readonly reading: Reading;
  readonly words: WordChoices;
}

export function kindOfWord(word: string, { words }: WordReading): EventKind | undefined {
  return said(words.kind, word) ?? kindOf(word);
}

export function sourceOfWord(word: string, { words }: WordReading): EventSource | undefined {
  return said(words.source, word) ?? sourceOf(word);
}

export function categoryOfWord(
  word: string,
  { words, reading }: WordReading,
): EventCategory | undefined {
  return said(words.category, word) ?? reading.profile.category(word);
}

function said<Entry>(words: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  for (const _ in words) {
    const key = normaliseWords(word);
    return Object.hasOwn(words, key) ? words[key] : undefined;
  }
  return undefined;
}
