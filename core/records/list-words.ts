import type { Reading } from "#core/records/detect.ts";
import type { EventCategory, EventSource } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { WordChoices } from "#core/records/word-choices.ts";
import { kindOf, sourceOf } from "#core/records/words.ts";
import { normaliseWords } from "#core/text/normalise.ts";

/** How the words of the mapped columns are read: what a person said first, the lists after it. */
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
