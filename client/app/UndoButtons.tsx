import { useEffect } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/**
 * Both name the step that they take back or do again. Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y, do the
 * same outside text fields.
 */
export function UndoButtons() {
  const last = useStore(undoHistory.steps, (steps) => steps.at(-1));
  const next = useStore(undoHistory.undone, (steps) => steps.at(-1));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event);
      if (act === null || isTyping(event.target)) return;
      event.preventDefault();
      void acts[act]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <Button
        look="quiet"
        icon="undo"
        label={last ? `Undo: ${last.name}` : "Nothing to undo"}
        disabled={!last}
        onClick={() => void acts.undo()}
      />
      <Button
        look="quiet"
        icon="redo"
        label={next ? `Redo: ${next.name}` : "Nothing to redo"}
        disabled={!next}
        onClick={() => void acts.redo()}
      />
    </>
  );
}

const acts = {
  undo: () => say("Undone", undoHistory.undoLast),
  redo: () => say("Done again", undoHistory.redoLast),
};

async function say(word: string, act: () => Promise<string | null>): Promise<void> {
  try {
    const name = await act();
    if (name) showToast(`${word}: ${name}`);
  } catch (cause) {
    const { title, detail } = errorFromFailure(cause);
    showToast(`${title}. ${detail}`);
  }
}

function actOf(event: KeyboardEvent): keyof typeof acts | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}

/** A box that is ticked has no typing of its own to take back. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return target instanceof Element && target.matches("textarea, [contenteditable]");
}
