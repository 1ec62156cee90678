import type { ReactNode } from "react";
import { classNames } from "#client/ui/class-names.ts";
import "#client/ui/legend.css";

export interface LegendEntry {
  readonly key: string;
  readonly swatch: ReactNode;
  readonly label: ReactNode;
  /** Left out on paper and in exports. */
  readonly screenOnly?: boolean;
  /** On paper instead of what is left out there. */
  readonly paperOnly?: boolean;
  /** Beside the swatch in the folded row; without it the swatch stands there alone. */
  readonly short?: string;
}

export interface LegendProps {
  /** What is counted and in which unit. */
  readonly title: ReactNode;
  readonly entries: readonly LegendEntry[];
  /** Dates, study area, source. */
  readonly notes: readonly string[];
  /** The exact statement of what the outlines are tested by: a click away, and whole on paper and in files. */
  readonly test?: string | null;
  /** Whole, as on paper; on screen it is one row that opens. */
  readonly isOpen: boolean;
}

export function Legend({ title, entries, notes, test = null, isOpen }: LegendProps) {
  return (
    <details className="legend" open={isOpen} aria-label="Legend">
      <summary className="legend__title">
        {title}
        <FoldedMarks entries={entries} />
      </summary>
      <ul className="legend__entries">
        {entries.map((entry) => (
          <li
            key={entry.key}
            className={classNames(
              "legend__entry",
              entry.screenOnly && "no-print",
              entry.paperOnly && "print-only",
            )}
          >
            {entry.swatch}
            <span>{entry.label}</span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="legend__note">
          {note}
        </p>
      ))}
      {test === null ? null : (
        <>
          <details className="legend__test no-print">
            <summary>Statistically significant (how this is tested)</summary>
            <p>{test}</p>
          </details>
          <p className="legend__note print-only">{test}</p>
        </>
      )}
    </details>
  );
}

/** The swatches in one row: most pictures are read by them alone. */
function FoldedMarks({ entries }: Pick<LegendProps, "entries">) {
  return (
    <span className="legend__row no-print row wrap middle" aria-hidden="true">
      {entries
        .filter(({ paperOnly }) => !paperOnly)
        .map(({ key, swatch, short }) => (
          <span key={key} className="legend__mark">
            {swatch}
            {short === undefined ? null : <span className="legend__short">{short}</span>}
          </span>
        ))}
    </span>
  );
}

/** A filled square; `colour` is the name of a token, or `css` a colour that paper must keep. */
export function Swatch({ colour, css }: { readonly colour: string; readonly css?: string }) {
  return (
    <span className="swatch" aria-hidden="true" style={{ background: css ?? `var(--${colour})` }} />
  );
}

/** An outline without a fill. */
export function OutlineSwatch({ colour }: { readonly colour: string }) {
  return (
    <span
      className="swatch swatch--outline"
      aria-hidden="true"
      style={{ borderColor: `var(--${colour})` }}
    />
  );
}
