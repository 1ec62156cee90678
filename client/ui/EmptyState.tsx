import type { ReactNode } from "react";
import "#client/ui/empty-state.css";

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="empty-state centred stack middle gap-2">
      <h2 className="body strong">{title}</h2>
      {children ? <p className="quiet">{children}</p> : null}
      {action}
    </div>
  );
}
