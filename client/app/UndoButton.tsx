import { useEffect } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { undoHistory } from "#client/state/undo.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/** Names the step that it takes back; Ctrl+Z does the same outside text fields. */
export function UndoButton() {
  const last = useStore(undoHistory.steps, (steps) => steps.at(-1));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
      if (!isUndo || isTyping(event.target)) return;
      event.preventDefault();
      void undoLast();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <Button
      look="quiet"
      icon="undo"
      label={last ? `Undo: ${last.name}` : "Nothing to undo"}
      disabled={!last}
      onClick={() => void undoLast()}
    />
  );
}

async function undoLast(): Promise<void> {
  try {
    const name = await undoHistory.undoLast();
    if (name) showToast(`Undone: ${name}`);
  } catch (cause) {
    const { title, detail } = errorFromFailure(cause);
    showToast(`${title}. ${detail}`);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, [contenteditable]");
}
