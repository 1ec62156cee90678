import type { ReactNode } from "react";
import { formatFragment } from "#client/state/url.ts";
import "#client/ui/parts-nav.css";

export interface Part {
  /** The address's `part`; the first one of a screen has none. */
  readonly id: string;
  readonly label: string;
  readonly mark?: ReactNode;
}

export function PartsNav(props: {
  readonly screen: string;
  readonly label: string;
  readonly parts: readonly Part[];
  readonly current: string;
}) {
  return (
    <nav className="parts-nav line-below no-print row wrap gap-1" aria-label={props.label}>
      {props.parts.map(({ id, label, mark }) => (
        <a
          key={id}
          href={formatFragment({ screen: props.screen, params: { part: id } })}
          aria-current={id === props.current ? "page" : undefined}
        >
          {label}
          {mark}
        </a>
      ))}
    </nav>
  );
}
