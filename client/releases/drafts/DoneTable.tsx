import { formatDateRange } from "#client/ui/format.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";

/** What was done, as it would be public for good: whoever approves or holds a release reads this too. */
export function DoneTable({ content }: { readonly content: ReleaseContent }) {
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
