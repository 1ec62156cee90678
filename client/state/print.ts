import { flushSync } from "react-dom";
import { applyTheme, type Theme, theme } from "#client/state/theme.ts";

/** Dark maps are no good on paper. */
export function inLight<Done>(work: () => Done): Done {
  const goBack = goLight();
  try {
    return work();
  } finally {
    goBack();
  }
}

/** Light theme however it is printed. Returns a function to stop. */
export function followPrints(): () => void {
  let goBack: (() => void) | null = null;
  const onBefore = () => {
    goBack ??= goLight();
  };
  const onAfter = () => {
    goBack?.();
    goBack = null;
  };
  // Captured, to run before any listener takes a picture.
  window.addEventListener("beforeprint", onBefore, true);
  window.addEventListener("afterprint", onAfter);
  return () => {
    onAfter();
    window.removeEventListener("beforeprint", onBefore, true);
    window.removeEventListener("afterprint", onAfter);
  };
}

function goLight(): () => void {
  const chosen = theme.get();
  show("light");
  return () => show(chosen);
}

/** Drawn before it returns: a browser that is about to print does not wait. */
function show(next: Theme): void {
  flushSync(() => {
    theme.set(() => next);
    applyTheme();
  });
}
