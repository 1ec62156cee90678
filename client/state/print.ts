import { applyTheme, theme } from "#client/state/theme.ts";

/** Long enough for maps to be drawn again in the light theme. */
const redrawMs = 600;

/** Does something in the light theme, whatever is on screen: dark maps are no good on paper. */
export async function inLight<Done>(work: () => Done | Promise<Done>): Promise<Done> {
  const chosen = theme.get();
  theme.set(() => "light");
  applyTheme();
  await new Promise((resolve) => setTimeout(resolve, redrawMs));
  try {
    return await work();
  } finally {
    theme.set(() => chosen);
    applyTheme();
  }
}

export function printInLight(): Promise<void> {
  return inLight(() => window.print());
}

/** Ctrl+P and Cmd+P print in the light theme too. Returns what stops it. */
export function followPrintKey(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "p") return;
    event.preventDefault();
    void printInLight();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
