import { Component, type ReactNode } from "react";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

export interface BoundaryProps {
  readonly title: string;
  readonly detail: string;
  /** Instead of trying to draw it once more. */
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

/** Contains a crash of its children. */
export class Boundary extends Component<BoundaryProps, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(cause: unknown) {
    return { fault: cause instanceof Error ? cause.message : String(cause) };
  }

  override render() {
    const { title, detail, onRetry, children } = this.props;
    if (this.state.fault === null) return children;
    return (
      <ErrorNote
        title={title}
        detail={`${detail} (${this.state.fault})`}
        onRetry={onRetry ?? (() => this.setState({ fault: null }))}
      />
    );
  }
}
