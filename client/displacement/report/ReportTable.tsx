import { shownWords } from "#client/displacement/report/report-words.ts";
import {
  type AssessedRow,
  estimateWords,
  intervalWords,
  VerdictMark,
  verdictWords,
} from "#client/displacement/VerdictMark.tsx";
import { formatMonth } from "#core/time/words.ts";

export interface ReportRow {
  readonly row: AssessedRow;
  /** [before, after]; null where too small, or where it would reveal one that is. */
  readonly counts: readonly [number | null, number | null];
  /** As on the map; null without a number. */
  readonly order: number | null;
}

export function ReportTable({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly ReportRow[];
}) {
  return (
    <table className="paper-table report-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Answer</th>
          <th scope="col">95% interval, vs expected</th>
          <th scope="col">Best estimate</th>
          <th scope="col" className="number">
            Before
          </th>
          <th scope="col" className="number">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, order, counts: [before, after] }) => (
          <tr key={row.name}>
            <th scope="row">
              {order === null ? "" : `${order}. `}
              {row.name}
              {row.oneSided ? <span className="normal"> (one-sided)</span> : null}
            </th>
            <td>
              <VerdictMark verdict={row.verdict} /> {verdictWords[row.verdict]}
              {row.changedFrom === null ? "" : `, from ${formatMonth(row.changedFrom)}`}
            </td>
            <td>{intervalWords(row) ?? "–"}</td>
            <td>{row.verdict === "cannot_tell" ? "–" : estimateWords(row.wdd)}</td>
            <td className="number">{shownWords(before, row.treated[0])}</td>
            <td className="number">{shownWords(after, row.treated[1])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
