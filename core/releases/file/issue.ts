import { demoSuffix } from "#core/demo-words.ts";
import { identityOf, sourcesOf } from "#core/releases/presentation/deck.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";
import type { LanguageCode } from "#core/text/languages.ts";

/** Only the release, so that its file is the same whenever made (SAFEGUARDS 22). */
export interface Issue {
  readonly reply: ReleaseReply;
  readonly language: Language;
}

/** SAFEGUARDS 11: notes beside the figures, each with its basis. */
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

/** Replaces everything for a withdrawn release: no file has its figures. */
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

/** Without extension: "boxster-release-3", "-made-up-data" if so, "-tr" in Turkish. */
export function releaseFileName(
  { number, mark }: ReleaseDocument,
  code: LanguageCode = "en",
): string {
  return `boxster-release-${number}${demoSuffix(mark)}${code === "en" ? "" : `-${code}`}`;
}
