import { flushSync } from "react-dom";
import { applyTheme, type Theme, theme } from "#client/state/theme.ts";

/** Does something in the light theme, whatever is on screen: dark maps are no good on paper. */
export function inLight<Done>(work: () => Done): Done {
  const goBack = goLight();
  try {
    return work();
  } finally {
    goBack();
  }
}

/** However it is printed, by button, key or the browser's menu, it is in the light theme. Returns what stops that. */
export function followPrints(): () => void {
  let goBack: (() => void) | null = null;
  const onBefore = () => {
    goBack ??= goLight();
  };
  const onAfter = () => {
    goBack?.();
    goBack = null;
  };
  // Ahead of whatever takes a picture of the page then.
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
