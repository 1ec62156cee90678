import { demoWords } from "#core/demo-words.ts";
import { notesInAnswers } from "#core/releases/panel/moved-note.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";

/** In every current release, but possibly not in those before version 0.1.0. */
type FrozenLater = Pick<ReleaseContent, "movedNotes" | "sources" | "mark" | "law">;
type Stored = Omit<ReleaseContent, keyof FrozenLater> & Partial<FrozenLater>;

/**
 * A release or draft from its stored text. `beside`: for a release whose text lacks them, the
 * licence lines and the mark frozen beside it; its notes come from its own answers.
 */
export function readStoredContent(text: string, beside: string | null): ReleaseContent {
  const stored = JSON.parse(text) as Stored;
  const { law = [] } = stored;
  if (stored.movedNotes !== undefined) return { ...(stored as ReleaseContent), law };
  return {
    ...stored,
    law,
    movedNotes: notesInAnswers(stored.answers),
    sources: [],
    mark: stored.madeUp ? demoWords(false) : null,
    ...(beside === null ? {} : (JSON.parse(beside) as Pick<FrozenLater, "sources" | "mark">)),
  };
}
