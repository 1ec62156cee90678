import { SortableTable } from "#client/ui/SortableTable.tsx";
import { type MonthFigure, type MonthState, monthsOf } from "#core/releases/presentation/view.ts";
import { panelMeasures, type ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatDateRange, formatMonth } from "#core/time/words.ts";

interface DraftTextProps {
  readonly content: ReleaseContent;
  readonly heading: "h3" | "h4";
  /** For those who answer for them: they go public with the figures. */
  readonly areNotesOpen: boolean;
}

/** Everything that a release would say, part by part: nothing goes public that was not on this page. */
export function DraftText({ content, heading: Heading, areNotesOpen }: DraftTextProps) {
  return (
    <>
      <FiguresTable content={content} />
      <DoneTable content={content} />
      {content.answers.map(({ operation, helped, moved, phases = [] }) => (
        <section key={operation} aria-label={operation}>
          <Heading>{operation}</Heading>
          {[helped, ...moved].map(({ text, wrongIf, basis }) => (
            <p key={text}>
              {text} {wrongIf} <span className="quiet">{basis}</span>
            </p>
          ))}
          {phases.map(({ name, text, wrongIf, basis }) => (
            <p key={name}>
              {name}: {text} {wrongIf} <span className="quiet">{basis}</span>
            </p>
          ))}
        </section>
      ))}
      {content.movedNotes.map(({ operation, text, basis }) => (
        <p key={operation}>
          <strong>On every slide: {text}</strong> <span className="quiet">{basis}</span>
        </p>
      ))}
      {content.forecast && (
        <p>
          {content.forecast.text} <span className="quiet">{content.forecast.basis}</span>
        </p>
      )}
      <CommitmentList commitments={content.commitments} />
      <details open={areNotesOpen}>
        <summary>Notes shown below it</summary>
        {[...content.notes, ...content.sources].map((note) => (
          <p key={note}>{note}</p>
        ))}
        {content.law.map(({ id, text, cite }) => (
          <p key={id}>
            {text} ({cite})
          </p>
        ))}
      </details>
    </>
  );
}

function DoneTable({ content }: { readonly content: ReleaseContent }) {
  const { done, threshold } = content;
  if (done.length === 0) {
    return <p>No “what was done”: there is no manual total for four weeks or more.</p>;
  }
  return (
    <div className="releases__figures stack gap-2 shrinks">
      <SortableTable
        caption="What was done, as it will be published"
        columns={[
          { label: "Total", isHead: true, cell: ({ label }) => label },
          { label: "Dates", cell: ({ from, to }) => formatDateRange(from, to) },
          {
            label: "Figure",
            isNumber: true,
            cell: ({ count }) => count ?? `fewer than ${threshold}, or withheld`,
          },
        ]}
        rows={done}
        rowKey={({ measure, from, to }) => `${measure} ${from} ${to}`}
      />
    </div>
  );
}

function CommitmentList({ commitments }: { readonly commitments: readonly ReleaseCommitment[] }) {
  if (commitments.length === 0) return null;
  return (
    <ul className="reading breaks" aria-label="You said, we did, next by when">
      {commitments.map(({ said, did, next, by }) => (
        <li key={`${said} ${next}`}>
          You said: {said} We did: {did} Next, by {formatDate(by)}: {next}
        </li>
      ))}
    </ul>
  );
}

export function FiguresTable({ content }: { readonly content: ReleaseContent }) {
  const { areas, threshold } = content;
  const months = content.months.toReversed();
  const rows = [
    ...areas.map(({ id, name, kind }) => ({
      key: id,
      name,
      kind,
      points: newestFirst(content, id),
    })),
    {
      key: "sightings",
      name: "Sightings by residents, whole area",
      kind: "command",
      points: newestFirst(content, "command", "sightings"),
    },
  ];
  const { shown, withheld, before } = figuresIn(content);
  return (
    <div className="releases__figures stack gap-2 shrinks">
      <p>
        {formatQuantity(shown, "figure is", "figures are")} shown and {withheld} withheld. “Not
        shown” means fewer than {threshold}, or withheld so that no other figure can be worked out.
        {before > 0 ? " “No figures yet” means records may not go back that far." : null}
      </p>
      <section
        className="releases__scroll scroll-x"
        aria-label="Figures by area and month"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a screen, it is scrolled by keys too.
        tabIndex={0}
      >
        <table className="table">
          <caption className="visually-hidden">
            Complaints by residents, by area and month, as they will be published
          </caption>
          <thead>
            <tr>
              <th scope="col">Area</th>
              {months.map((month) => (
                <th key={month} scope="col" className="number">
                  {formatMonth(month)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, kind, points }) => (
              <tr key={key} className={`releases__row--${kind}`}>
                <th scope="row">{name}</th>
                {points.map((point) => (
                  <FigureCell key={point.month} {...point} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function newestFirst(...about: Parameters<typeof monthsOf>): readonly MonthFigure[] {
  return monthsOf(...about).toReversed();
}

function FigureCell({ count, state }: MonthFigure) {
  return count === null ? (
    <td className="number releases__withheld">
      {state === "before" ? "No figures yet" : "Not shown"}
    </td>
  ) : (
    <td className="number">{count}</td>
  );
}

export function figuresIn(content: ReleaseContent): Readonly<Record<MonthState, number>> {
  const counts = { shown: 0, withheld: 0, before: 0 };
  for (const measure of panelMeasures) {
    const areas = new Set(
      content.values.filter((one) => one.measure === measure).map(({ area }) => area),
    );
    for (const area of areas) {
      for (const { state } of monthsOf(content, area, measure)) counts[state] += 1;
    }
  }
  return counts;
}
