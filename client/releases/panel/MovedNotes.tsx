import { use } from "react";
import { ReadIn } from "#client/releases/panel/language-context.ts";
import { langOfFrozen } from "#core/releases/presentation/language.ts";
import type { ReleaseNote } from "#core/releases/wire/release.ts";

/**
 * A fall at an operation with a rise at a line (SAFEGUARDS 11): on every slide, blanked ones too,
 * and on the first sheet, with its own dates, apart from the month's figures. Cannot be closed.
 * Part of the release as approved (SAFEGUARDS 22).
 */
export function MovedNotes({ notes }: { readonly notes: readonly ReleaseNote[] }) {
  const language = use(ReadIn);
  return notes.map(({ operation, text, basis }) => (
    <aside key={operation} className="panel__moved" aria-label={language.say("moved.note")}>
      <p lang={langOfFrozen(language)}>
        <strong>{text}</strong> <span className="panel__moved-basis">{basis}</span>
      </p>
    </aside>
  ));
}
