import { formatMonth } from "#client/ui/format.ts";
import type { ReleaseContent } from "#core/wire/releases.ts";

/** Every figure as it would be public, by area and month; what is withheld says so in a word. */
export function FiguresTable({ content }: { readonly content: ReleaseContent }) {
  const { areas, months, values, threshold } = content;
  const found = new Map(
    values.map(({ area, month, measure, count }) => [`${measure} ${area} ${month}`, count]),
  );
  const rows = [
    ...areas.map(({ id, name, kind }) => ({ key: `resident_complaints ${id}`, name, kind })),
    { key: "sightings command", name: "Sightings by residents, whole command", kind: "command" },
  ];
  const withheld = values.filter(({ count }) => count === null).length;
  return (
    <div className="releases__figures">
      <p>
        {values.length - withheld} of {values.length} figures are shown. “Not shown” means fewer
        than {threshold}, or withheld so that no other can be worked out from it.
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
            {rows.map(({ key, name, kind }) => (
              <tr key={key} className={`releases__row--${kind}`}>
                <th scope="row">{name}</th>
                {months.map((month) => (
                  <FigureCell key={month} count={found.get(`${key} ${month}`) ?? null} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function FigureCell({ count }: { readonly count: number | null }) {
  return count === null ? (
    <td className="number releases__withheld">Not shown</td>
  ) : (
    <td className="number">{count}</td>
  );
}
