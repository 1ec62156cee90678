import { formatDecimal } from "#client/ui/format.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

type Check = AssessmentReply["controlCheck"];

export function ControlLine({ check }: { readonly check: Check }) {
  const words =
    check.result === "fails"
      ? "The comparison area is weak: it moved differently before the start."
      : check.sentence;
  return (
    <p>
      {words}
      {check.heavy.length > 0 ? ` It has ${heavyWords(check.heavy.length)}.` : null}
    </p>
  );
}

export function ControlNumbers({ check }: { readonly check: Check }) {
  const which = check.chosenByHand ? "your choice" : "the rest of the area";
  return (
    <>
      <p>
        {check.sentence} It is {which}, {formatQuantity(check.cells, "cell")}.
      </p>
      <Checks check={check} />
      <Heavy heavy={check.heavy} />
    </>
  );
}

function Checks({ check }: { readonly check: Check }) {
  if (check.checks.length === 0) return null;
  return (
    <table className="table control-line__table">
      <caption className="visually-hidden">Checks of the comparison area</caption>
      <thead>
        <tr>
          <th scope="col">
            {formatMonth(check.firstMonth ?? "")} to {formatMonth(check.lastMonth ?? "")}
          </th>
          <th scope="col" className="number">
            Difference
          </th>
          <th scope="col" className="number">
            Limit
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
        Busy parts of the comparison area, each with over a fifth of the treated area’s reports
        before the start. They are not excluded.
      </p>
      <ul className="control-line__heavy bullets">
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
  return count === 1 ? "one busy part" : `${count} busy parts`;
}
