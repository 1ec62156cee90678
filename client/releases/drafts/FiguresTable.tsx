import { type MonthFigure, monthsOf } from "#core/releases/presentation/view.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { formatMonth } from "#core/time/words.ts";

/** Every figure as it would be public, by area and month; what is withheld says so in a word. */
export function FiguresTable({ content }: { readonly content: ReleaseContent }) {
  const { areas, months, values, threshold } = content;
  const rows = [
    ...areas.map(({ id, name, kind }) => ({ key: id, name, kind, points: monthsOf(content, id) })),
    {
      key: "sightings",
      name: "Sightings by residents, whole command",
      kind: "command",
      points: monthsOf(content, "command", "sightings"),
    },
  ];
  const hasNoneYet = rows.some(({ points }) => points.some(({ state }) => state === "before"));
  const withheld = values.filter(({ count }) => count === null).length;
  return (
    <div className="releases__figures">
      <p>
        {values.length - withheld} of {values.length} figures are shown. “Not shown” means fewer
        than {threshold}, or withheld so that no other can be worked out from it.
        {hasNoneYet
          ? " “No figures yet” is a month before the first figure anywhere: records may not reach back to it."
          : null}
      </p>
      <section
        className="releases__scroll"
        aria-label="Figures by area and month"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a screen, it is scrolled by keys too.
        tabIndex={0}
      >
        <table className="table">
          <caption className="table__caption">
            Complaints by residents, by area and month, as they would be public
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

function FigureCell({ count, state }: MonthFigure) {
  return count === null ? (
    <td className="number releases__withheld">
      {state === "before" ? "No figures yet" : "Not shown"}
    </td>
  ) : (
    <td className="number">{count}</td>
  );
}
