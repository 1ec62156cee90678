import { demoSuffix } from "#core/demo-words.ts";
import { identityOf, sourcesOf } from "#core/releases/presentation/deck.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";

/** What leaves as a file: a release alone, so that the file is the same whenever it is made (SAFEGUARDS 22). */
export interface Issue {
  readonly reply: ReleaseReply;
  readonly language: Language;
}

/** SAFEGUARDS 11: the notes that stand beside the figures, each with what it rests on. */
export function movedWords({ reply }: Issue): readonly string[] {
  return reply.release.movedNotes.map(({ text, basis }) => `${text} ${basis}`);
}

/** Which release, its hash, and whose data: at the head or foot of each file. */
export function issueLines(issue: Issue): readonly string[] {
  const { reply, language } = issue;
  const { mark, sources } = reply.release;
  return [
    ...(mark === null ? [] : [mark]),
    ...identityOf(reply, language),
    ...sourcesOf(language, sources),
  ];
}

/** Instead of everything else, where the release was withdrawn: its figures leave in no file. */
export function withdrawnWords({ reply, language }: Issue): readonly string[] | null {
  const { withdrawn, release } = reply;
  if (withdrawn === null) return null;
  const { say, date } = language;
  return [
    say("withdrawn.heading", { number: String(release.number), date: date(withdrawn.on) }),
    withdrawn.notice,
    say("withdrawn.what"),
  ];
}

/** Without its ending: "boxster-release-3", and "-made-up-data" where it is. */
export function releaseFileName({ number, mark }: ReleaseDocument): string {
  return `boxster-release-${number}${demoSuffix(mark)}`;
}
