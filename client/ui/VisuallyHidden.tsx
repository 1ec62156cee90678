import type { ReactNode } from "react";
import "#client/ui/visually-hidden.css";

/** For readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <span className="visually-hidden">{children}</span>;
}
