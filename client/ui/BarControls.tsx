import { createContext, type ReactNode, use } from "react";
import { createPortal } from "react-dom";

export function BarControls({ children }: { readonly children: ReactNode }) {
  const slot = use(BarSlotContext);
  return slot ? createPortal(children, slot) : null;
}

export const BarSlotContext = createContext<HTMLElement | null>(null);
