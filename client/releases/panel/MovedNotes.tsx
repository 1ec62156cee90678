import { inEnglish } from "#core/releases/presentation/language.ts";
import type { ReleaseNote } from "#core/releases/wire/release.ts";

/**
 * A fall where an operation was with a rise at a line (SAFEGUARDS 11): on every slide, also on one that
 * is blanked, and on the first sheet, with its own dates, apart from the month's figures. There is no
 * way to close it. It is the release's own, as it was approved (SAFEGUARDS 22).
 */
export function MovedNotes({ notes }: { readonly notes: readonly ReleaseNote[] }) {
  return notes.map(({ operation, text, basis }) => (
    <aside key={operation} className="panel__moved" aria-label={inEnglish.say("moved.note")}>
      <p>
        <strong>{text}</strong> <span className="panel__moved-basis">{basis}</span>
      </p>
    </aside>
  ));
}
