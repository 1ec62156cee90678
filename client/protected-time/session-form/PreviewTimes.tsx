import { dayIn, type Here, spanOf } from "#client/protected-time/outreach/outreach-words.ts";
import { seenFrom } from "#client/protected-time/session-form/preview-words.ts";
import type { Occurrence } from "#core/protected-time/occurrences.ts";

export interface PreviewTimesProps {
  readonly here: Here;
  /** All that are closed, in order. */
  readonly visits: readonly Occurrence[];
}

export const mostPreviewed = 6;

/** The next times that police stay away, each with the day from which they see it. */
export function PreviewTimes({ here, visits }: PreviewTimesProps) {
  if (visits.length === 0) {
    return <p>Every date of this session is over or cancelled: go back and check its dates.</p>;
  }
  const last = visits.at(-1);
  const more = visits.length - mostPreviewed;
  return (
    <div>
      <h3>Police stay away</h3>
      <ul className="preview__times">
        {visits.slice(0, mostPreviewed).map(({ closedFrom, closedTo }) => (
          <li key={closedFrom}>
            <span className="preview__when">{spanOf(here, closedFrom, closedTo)}</span>
            <SeenFrom date={seenFrom(here, closedFrom)} here={here} />
          </li>
        ))}
      </ul>
      {more > 0 && last ? (
        <p className="quiet">
          And {more} more, to {dayIn(here, last.date)}.
        </p>
      ) : null}
    </div>
  );
}

/** Beside a time that police do not see yet. */
function SeenFrom({ date, here }: { readonly date: string | null; readonly here: Here }) {
  if (date === null) return null;
  return <span className="preview__seen quiet small">Police see it from {dayIn(here, date)}</span>;
}
