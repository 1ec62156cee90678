import { FiguresTable } from "#client/releases/drafts/FiguresTable.tsx";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";

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

function CommitmentList({ commitments }: { readonly commitments: readonly ReleaseCommitment[] }) {
  if (commitments.length === 0) return null;
  return (
    <ul className="releases__promises" aria-label="You said, we did, next by when">
      {commitments.map(({ said, did, next, by }) => (
        <li key={`${said} ${next}`}>
          You said: {said} We did: {did} Next, by {formatDate(by)}: {next}
        </li>
      ))}
    </ul>
  );
}

/** What was done, as it would be public for good: whoever approves or holds a release reads this too. */
function DoneTable({ content }: { readonly content: ReleaseContent }) {
  const { done, threshold } = content;
  if (done.length === 0) {
    return <p>Nothing is said of what was done: no total is typed for four weeks or more.</p>;
  }
  return (
    <div className="releases__figures">
      <table className="table">
        <caption className="table__caption">What was done, as it would be public</caption>
        <thead>
          <tr>
            <th scope="col">Total</th>
            <th scope="col">Dates</th>
            <th scope="col" className="number">
              Figure
            </th>
          </tr>
        </thead>
        <tbody>
          {done.map(({ measure, label, from, to, count }) => (
            <tr key={`${measure} ${from} ${to}`}>
              <th scope="row">{label}</th>
              <td>{formatDateRange(from, to)}</td>
              <td className="number">
                {count === null ? `fewer than ${threshold}, or withheld` : count}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
