import { createContext, type ReactNode, use } from "react";
import { createPortal } from "react-dom";

/** Puts a screen's own controls (area, period) into the top bar. */
export function BarControls({ children }: { readonly children: ReactNode }) {
  const slot = use(BarSlotContext);
  return slot ? createPortal(children, slot) : null;
}

/** The place in the top bar that the open screen fills. */
export const BarSlotContext = createContext<HTMLElement | null>(null);
