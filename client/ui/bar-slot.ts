import { createContext } from "react";

/** The place in the top bar that the open screen fills. */
export const BarSlotContext = createContext<HTMLElement | null>(null);
