import type { ReactNode } from "react";
import { classNames } from "#client/ui/class-names.ts";
import "#client/ui/legend.css";

export interface LegendEntry {
  readonly key: string;
  readonly swatch: ReactNode;
  readonly label: ReactNode;
  /** Left out on paper and in exports. */
  readonly screenOnly?: boolean;
  /** Replaces screen-only entries on paper. */
  readonly paperOnly?: boolean;
  /** In the folded row; without it, only the swatch. */
  readonly short?: string;
}

export interface LegendProps {
  readonly title: ReactNode;
  readonly entries: readonly LegendEntry[];
  /** Dates, study area, source. */
  readonly notes: readonly string[];
  /** Test and correction: a click away on screen, in full on paper and in files. */
  readonly test?: string | null;
  /** On screen folded into one row otherwise. */
  readonly isOpen: boolean;
}

export function Legend({ title, entries, notes, test = null, isOpen }: LegendProps) {
  return (
    <details
      className="legend rounded shadow raised pad-2-3 small"
      open={isOpen}
      aria-label="Legend"
    >
      <summary className="legend__title target small strong">
        {title}
        <FoldedMarks entries={entries} />
      </summary>
      <ul className="legend__entries">
        {entries.map((entry) => (
          <li
            key={entry.key}
            className={classNames(
              "legend__entry row middle gap-2",
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
        <p key={note} className="legend__note quiet">
          {note}
        </p>
      ))}
      {test === null ? null : (
        <>
          <details className="legend__test no-print">
            <summary>Statistically significant (how this is tested)</summary>
            <p>{test}</p>
          </details>
          <p className="legend__note quiet print-only">{test}</p>
        </>
      )}
    </details>
  );
}

function FoldedMarks({ entries }: Pick<LegendProps, "entries">) {
  return (
    <span className="legend__row normal gap-1-3 no-print row wrap middle" aria-hidden="true">
      {entries
        .filter(({ paperOnly }) => !paperOnly)
        .map(({ key, swatch, short }) => (
          <span key={key} className="legend__mark inline-row middle gap-1">
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
    <span
      className="swatch still"
      aria-hidden="true"
      style={{ background: css ?? `var(--${colour})` }}
    />
  );
}

export function OutlineSwatch({ colour }: { readonly colour: string }) {
  return (
    <span
      className="swatch still swatch--outline"
      aria-hidden="true"
      style={{ borderColor: `var(--${colour})` }}
    />
  );
}
