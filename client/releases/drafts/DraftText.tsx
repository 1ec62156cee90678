import { CommitmentList } from "#client/releases/drafts/CommitmentList.tsx";
import { DoneTable } from "#client/releases/drafts/DoneTable.tsx";
import { FiguresTable } from "#client/releases/drafts/FiguresTable.tsx";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";

interface DraftTextProps {
  readonly content: ReleaseContent;
  /** One below what stands over it. */
  readonly heading: "h3" | "h4";
  /** For whoever answers for them: they go public with the figures. */
  readonly areNotesOpen: boolean;
}

/** Everything that a release would say, part by part: nothing goes public that was not on this page. */
export function DraftText({ content, heading: Heading, areNotesOpen }: DraftTextProps) {
  return (
    <>
      <FiguresTable content={content} />
      <DoneTable content={content} />
      {content.answers.map(({ operation, helped, moved }) => (
        <section key={operation} aria-label={operation}>
          <Heading>{operation}</Heading>
          {[helped, ...moved].map(({ text, basis }) => (
            <p key={text}>
              {text} <span className="quiet">{basis}</span>
            </p>
          ))}
        </section>
      ))}
      <CommitmentList commitments={content.commitments} />
      <details open={areNotesOpen}>
        <summary>Notes that stand under it</summary>
        {content.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </details>
    </>
  );
}
