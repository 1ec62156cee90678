import type { ReactNode } from "react";
import { Icon } from "#client/ui/Icon.tsx";
import "#client/ui/banner.css";

export interface BannerProps {
  /** `stale`: an amber line; `warning`: something to weigh; `note`: a plain fact. */
  readonly kind: "note" | "stale" | "warning";
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function Banner({ kind, children, action }: BannerProps) {
  return (
    <div className={`banner row middle gap-2 framed banner--${kind}`} role="status">
      {kind === "note" ? null : <Icon name="warning" />}
      <div className="grow">{children}</div>
      {action}
    </div>
  );
}
