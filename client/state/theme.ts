import { z } from "zod";
import { createStore } from "#client/state/store.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const storageKey = "boxster-theme";
const storedTheme = z.enum(themes).catch("system");

/** `system` follows the machine. */
export const theme = createStore<Theme>(readTheme());

export function chooseTheme(next: Theme): void {
  theme.set(() => next);
  try {
    window.localStorage.setItem(storageKey, next);
  } catch {
    // Without storage the theme lasts for this visit.
  }
  applyTheme();
}

/** Sets an attribute for the style sheet; without it `color-scheme` follows the machine. */
export function applyTheme(): void {
  const chosen = theme.get();
  if (chosen === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

function readTheme(): Theme {
  try {
    return storedTheme.parse(window.localStorage.getItem(storageKey));
  } catch {
    return "system";
  }
}
