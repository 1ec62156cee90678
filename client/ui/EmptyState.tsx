import type { ReactNode } from "react";
import "#client/ui/empty-state.css";

export interface EmptyStateProps {
  /** What will be here. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The one step to get it. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="empty-state stack middle gap-2">
      <h2>{title}</h2>
      {children ? <p className="quiet">{children}</p> : null}
      {action}
    </div>
  );
}
