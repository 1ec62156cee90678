import type { ComponentType, ReactNode } from "react";
import { address, formatFragment } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import type { Role } from "#core/role.ts";
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

export interface ScreenPart extends Part {
  readonly roles: readonly Role[];
  readonly Screen: ComponentType;
}

/** The part that the address names, else the first that the role may see. */
export function ScreenParts(props: {
  readonly screen: string;
  readonly label: string;
  readonly parts: readonly ScreenPart[];
  readonly role: Role;
  readonly lead?: (part: string) => ReactNode;
}) {
  const asked = useStore(address, ({ params }) => params["part"] ?? "");
  const seen = props.parts.filter(({ roles }) => roles.includes(props.role));
  const part = seen.find(({ id }) => id === asked) ?? seen[0];
  if (!part) return null;
  return (
    <>
      {seen.length > 1 ? <PartsNav {...props} parts={seen} current={part.id} /> : null}
      {props.lead?.(part.id)}
      <part.Screen />
    </>
  );
}
