import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import {
  type MonthlyReturnReply,
  type ReturnLine,
  returnSections,
} from "#core/outcomes/wire/monthly-return.ts";

const sections = Object.entries(returnSections) as [ReturnLine["section"], string][];

/** The figures by section, the same on screen and on paper. */
export function ReturnLines({ reply }: { readonly reply: MonthlyReturnReply }) {
  return (
    <table className="paper-table monthly-return__lines">
      <caption>
        <VisuallyHidden>Figures of the month</VisuallyHidden>
      </caption>
      {sections.map(([section, title]) => {
        const lines = reply.lines.filter((line) => line.section === section);
        return lines.length === 0 ? null : (
          <tbody key={section}>
            <tr>
              <th scope="rowgroup" colSpan={2} className="monthly-return__section">
                {title}
              </th>
            </tr>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Line({
  line: { label, definition, words, beside, count },
}: {
  readonly line: ReturnLine;
}) {
  return (
    <tr>
      <th scope="row" className="monthly-return__label">
        {label} <span className="quiet small">{definition}</span>
      </th>
      <td>
        <span className={count === null ? "quiet" : "monthly-return__count"}>{words}</span>
        {beside === null ? null : <span className="quiet small"> {beside}</span>}
      </td>
    </tr>
  );
}
