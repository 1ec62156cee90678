import { Component, type ReactNode } from "react";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

interface BoundaryProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** A fault in one screen leaves the frame standing. React has no hook for this. */
export class ScreenBoundary extends Component<BoundaryProps, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(cause: unknown) {
    return { fault: cause instanceof Error ? cause.message : String(cause) };
  }

  override render() {
    if (this.state.fault === null) return this.props.children;
    return (
      <ErrorNote
        title={`${this.props.label} has stopped`}
        detail={`Nothing that was saved is lost. Retry, or reload the page. (${this.state.fault})`}
        onRetry={() => this.setState({ fault: null })}
      />
    );
  }
}
