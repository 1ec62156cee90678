import { ControlLine } from "#client/displacement/ControlLine.tsx";
import {
  type AssessedRow,
  estimateWords,
  intervalWords,
  scatterWords,
} from "#client/displacement/verdict-words.ts";
import { formatMonth } from "#client/ui/format.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import "#client/displacement/estimate.css";

/** The answer in figures, the interval first; what it rests on; the quotient behind a click. */
export function EstimatePanel({ assessment }: { readonly assessment: AssessmentReply }) {
  const { overall, controlCheck, quotient, notes } = assessment;
  return (
    <section className="estimate" aria-label="Estimate for the treated area and its rings">
      <Figures row={overall} />
      <ControlLine check={controlCheck} />
      {notes.length > 0 ? (
        <ul className="estimate__notes" aria-label="What was left out or cut short">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <details className="estimate__more">
        <summary>Displacement quotient and net effect</summary>
        <p>{quotient.sentence}</p>
        <p className="quiet">
          The quotient sets the change in the rings against the change in the treated area, both
          against the control. It is defined only where none of the six counts is zero, and is read
          only where the treated area fell.
        </p>
      </details>
    </section>
  );
}

function changeWords({ changedFrom, verdict }: AssessedRow): string {
  if (changedFrom !== null) return formatMonth(changedFrom);
  return verdict === "cannot_tell" ? "not enough reports to tell" : "none";
}

function Figures({ row }: { readonly row: AssessedRow }) {
  const interval = intervalWords(row);
  return (
    <dl className="estimate__figures">
      <div>
        <dt>Than expected, 95% interval</dt>
        <dd className="estimate__interval">{interval ?? "not enough reports to tell"}</dd>
      </div>
      <div>
        <dt>Best estimate</dt>
        <dd>{interval === null ? "none" : estimateWords(row.wdd)}</dd>
      </div>
      <div>
        <dt>First month of change</dt>
        <dd>{changeWords(row)}</dd>
      </div>
      <div className="estimate__scatter">
        <dt>Month-to-month variation before</dt>
        <dd>{scatterWords(row.dispersion)}</dd>
      </div>
    </dl>
  );
}
