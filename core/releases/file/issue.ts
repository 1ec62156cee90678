import type { MovedNote } from "#core/releases/panel/moved-note.ts";
import { identityOf, sourcesOf } from "#core/releases/presentation/deck.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";

/** What leaves as a file. */
export interface Issue {
  readonly reply: ReleaseReply;
  readonly language: Language;
  /** Licence lines of map and names. */
  readonly attributions: readonly string[];
  /** "MADE-UP DATA" of the demonstration, or null. */
  readonly mark: string | null;
  /** SAFEGUARDS 11: the notes that stand beside the figures; null where they could not be read. */
  readonly moved: readonly MovedNote[] | null;
}

/** In words, each with what it rests on; that they could not be read is said too. */
export function movedWords({ moved, language }: Issue): readonly string[] {
  if (moved === null) return [language.say("moved.unknown")];
  return moved.map(({ text, basis }) => `${text} ${basis}`);
}

/** Which release, its hash, and whose data: at the head or foot of each file. */
export function issueLines(issue: Issue): readonly string[] {
  const { reply, language, attributions, mark } = issue;
  return [
    ...(mark === null ? [] : [mark]),
    ...identityOf(reply, language),
    ...sourcesOf(language, attributions),
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
export function releaseFileName(release: ReleaseDocument, mark: string | null): string {
  const made = mark === null ? "" : `-${mark.toLowerCase().replaceAll(" ", "-")}`;
  return `boxster-release-${release.number}${made}`;
}
