import { formatCount } from "#client/ui/format.ts";
import type { ChangeReply, FigureReply } from "#core/outcomes/wire/outcomes.ts";

/** Five figures in a row, each with its change and what counts as one. */
export function FigureRow({ figures }: { readonly figures: readonly FigureReply[] }) {
  return (
    <ul className="figures" aria-label="Five figures">
      {figures.map((figure) => (
        <li key={figure.measure} className="figures__card" data-measure={figure.measure}>
          <h2 className="figures__label">{figure.label}</h2>
          {figure.count === null ? (
            <p className="figures__none">{figure.words}</p>
          ) : (
            <p className="figures__count">
              {figure.words.startsWith("about ") ? (
                <span className="figures__about">about </span>
              ) : null}
              {formatCount(figure.count)}
            </p>
          )}
          {figure.typedBeside === null ? null : (
            <p className="figures__beside">
              Manual total for the same days: {formatCount(figure.typedBeside)}. The records say{" "}
              {figure.words}; one of the two is wrong.
            </p>
          )}
          <Change name="Before" change={figure.before} />
          <Change name="A year ago" change={figure.yearAgo} />
          <p className="figures__definition quiet small">
            {figure.definition} {figure.count === null ? null : figure.sourceWords}
          </p>
        </li>
      ))}
    </ul>
  );
}

const marks = { rise: "▲", fall: "▼", no_clear_change: "=", cannot_tell: "·" } as const;

function Change({ name, change }: { readonly name: string; readonly change: ChangeReply }) {
  return (
    <p className={`figures__change figures__change--${change.verdict}`}>
      <span className="figures__mark" aria-hidden="true">
        {marks[change.verdict]}
      </span>
      <span>
        <span className="quiet">{name}:</span> {change.words}.
      </span>
    </p>
  );
}
