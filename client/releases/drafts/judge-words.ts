import type { WordsJudged } from "#client/releases/drafts/WordsDialog.tsx";
import { noticeFault, reasonFault, reasonHint } from "#core/releases/public-words.ts";

/** Nothing that an objection says keeps it from being made. */
export function judgeReason(words: string): WordsJudged {
  const fault = reasonFault(words);
  return { fault, hint: fault === null ? reasonHint(words) : null };
}

const mostNoticeLetters = 400;

/** Everyone reads it. */
export function judgeNotice(words: string): WordsJudged {
  return { fault: noticeFault(words, mostNoticeLetters), hint: null };
}
