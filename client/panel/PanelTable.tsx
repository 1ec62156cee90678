import type { PanelFigure } from "#client/panel/panel-view.ts";
import { monthName, notShown } from "#client/panel/panel-words.ts";
import { formatCount } from "#client/ui/format.ts";

/** The same figures as the map, large enough for the last row of the hall. */
export function PanelTable({
  figures,
  month,
}: {
  readonly figures: readonly PanelFigure[];
  readonly month: string;
}) {
  const shown = figures.flatMap(({ area, count }) => (count === null ? [] : [{ area, count }]));
  const withheld = figures.filter(({ count }) => count === null);
  return (
    <section className="panel__table" aria-label="Table">
      {shown.length > 0 ? (
        <table className="panel-table">
          <caption className="panel-table__caption">
            Residents' complaints by area, {monthName(month)}
          </caption>
          <thead>
            <tr>
              <th scope="col">Area</th>
              <th scope="col" className="number">
                Complaints
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ area, count }) => (
              <tr key={area.id}>
                <th scope="row">{area.name}</th>
                <td className="number">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {withheld.length > 0 ? (
        <p className="panel-table__few">
          <strong>{notShown}:</strong> {withheld.map(({ area }) => area.name).join(", ")}.
        </p>
      ) : null}
    </section>
  );
}
