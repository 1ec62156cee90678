import { demoWords } from "#core/demo-words.ts";
import { notesInAnswers } from "#core/releases/panel/moved-note.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";

/** What every release of today holds, and those of before version 0.1.0 may not. */
type FrozenLater = Pick<ReleaseContent, "movedNotes" | "sources" | "mark">;
type Stored = Omit<ReleaseContent, keyof FrozenLater> & Partial<FrozenLater>;

/**
 * A release or draft as its text was stored. `beside`: of a release whose text does not hold them, the licence
 * lines and the mark that were frozen beside it then; its notes are those that its own answers hold.
 */
export function readStoredContent(text: string, beside: string | null): ReleaseContent {
  const stored = JSON.parse(text) as Stored;
  if (stored.movedNotes !== undefined) return stored as ReleaseContent;
  return {
    ...stored,
    movedNotes: notesInAnswers(stored.answers),
    sources: [],
    mark: stored.madeUp ? demoWords(false) : null,
    ...(beside === null ? {} : (JSON.parse(beside) as Pick<FrozenLater, "sources" | "mark">)),
  };
}
