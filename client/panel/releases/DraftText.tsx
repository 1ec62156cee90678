import { CommitmentList } from "#client/panel/releases/CommitmentList.tsx";
import { DoneTable } from "#client/panel/releases/DoneTable.tsx";
import { FiguresTable } from "#client/panel/releases/FiguresTable.tsx";
import type { ReleaseContent } from "#core/wire/releases.ts";

/** Everything that a release would say, part by part: nothing goes public that was not on this page. */
export function DraftText({ content }: { readonly content: ReleaseContent }) {
  return (
    <>
      <FiguresTable content={content} />
      <DoneTable content={content} />
      {content.answers.map(({ operation, helped, moved }) => (
        <section key={operation} aria-label={operation}>
          <h4>{operation}</h4>
          {[helped, ...moved].map(({ text, basis }) => (
            <p key={text}>
              {text} <span className="quiet">{basis}</span>
            </p>
          ))}
        </section>
      ))}
      <CommitmentList commitments={content.commitments} />
      <details>
        <summary>Notes that stand under it</summary>
        {content.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </details>
    </>
  );
}
