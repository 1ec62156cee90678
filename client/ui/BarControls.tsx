import { type ReactNode, use } from "react";
import { createPortal } from "react-dom";
import { BarSlotContext } from "#client/ui/bar-slot.ts";

/** Puts a screen's own controls (area, period) into the top bar. */
export function BarControls({ children }: { readonly children: ReactNode }) {
  const slot = use(BarSlotContext);
  return slot ? createPortal(children, slot) : null;
}
