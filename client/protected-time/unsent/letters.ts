import { type Post, resumeKeeping } from "#client/accounts/unsent/keep-unsent.ts";
import { contactWords } from "#client/protected-time/outreach/PoliceContact.tsx";
import { deliver } from "#client/protected-time/session-form/save-or-wait.ts";
import { type Letter, letterForm } from "#client/protected-time/unsent/letter.ts";
import { say, tell } from "#client/protected-time/words/diary.tsx";

/** By a partner's choice: the phone may be shared. */
export const letters: Post<Letter> = {
  form: letterForm,
  send: deliver,
  retryMs: 5_000,
  isByChoice: true,
  onLost: () => tell(say("unsent.lost", { contact: contactWords() })),
  onCannot: () => tell(say("unsent.cannot")),
};

export const resumeLetters = () => resumeKeeping(letters);
