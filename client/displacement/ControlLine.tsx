import { formatDecimal } from "#client/ui/format.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

type Check = AssessmentReply["controlCheck"];

/** What the control is and whether it ran parallel before the start; the numbers behind a click. */
export function ControlLine({ check }: { readonly check: Check }) {
  const which = check.chosenByHand ? "chosen by hand" : "the rest of the command";
  return (
    <div className="control-line">
      <p>
        {check.sentence}{" "}
        <span className="quiet">
          It is {which}, {formatCount(check.cells)} {check.cells === 1 ? "cell" : "cells"}.
        </span>
      </p>
      {check.checks.length > 0 || check.heavy.length > 0 ? (
        <details className="estimate__more">
          <summary>
            The checks in numbers
            {check.heavy.length > 0 ? `, and ${heavyWords(check.heavy.length)}` : ""}
          </summary>
          <Checks check={check} />
          <Heavy heavy={check.heavy} />
        </details>
      ) : null}
    </div>
  );
}

function Checks({ check }: { readonly check: Check }) {
  if (check.checks.length === 0) return null;
  return (
    <table className="table control-line__table">
      <caption className="table__caption">Checks of the control</caption>
      <thead>
        <tr>
          <th scope="col">
            {formatMonth(check.firstMonth ?? "")} to {formatMonth(check.lastMonth ?? "")}
          </th>
          <th scope="col" className="number">
            Apart
          </th>
          <th scope="col" className="number">
            At most
          </th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        {check.checks.map(({ name, label, value, limit, passes }) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            <td className="number">{formatDecimal(value)}</td>
            <td className="number">{formatDecimal(limit)}</td>
            <td>{passes ? "passes" : "fails"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Heavy({ heavy }: Pick<Check, "heavy">) {
  if (heavy.length === 0) return null;
  return (
    <>
      <p className="quiet">
        Heavy parts of the control, each with more than a fifth of the treated area's reports before
        the start. They stay in: see how this is worked out.
      </p>
      <ul className="control-line__heavy">
        {heavy.map(({ cell, place, reports, share }) => (
          <li key={cell}>
            {place}: {formatCount(reports)} reports, {formatCount(100 * share)}% of the treated
            area's
          </li>
        ))}
      </ul>
    </>
  );
}

function heavyWords(count: number): string {
  return count === 1 ? "a heavy part of it" : `${count} heavy parts of it`;
}
