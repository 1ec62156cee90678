import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "#client/ui/Button.tsx";
import { useKitWord } from "#client/ui/kit-words.ts";
import { QuickExit } from "#client/ui/QuickExit.tsx";
import "#client/ui/dialog.css";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The filled one last. */
  readonly actions?: ReactNode;
}

/** Modal while it is mounted. Escape closes; focus goes back to where it was. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const word = useKitWord();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog shadow ink framed raised"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        // React bubbles it to a parent dialog, which must stay open.
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="row middle between gap-2 pad-3-4">
        <h2 id={titleId}>{title}</h2>
        <span className="row middle gap-2">
          <QuickExit />
          <Button look="quiet" icon="close" label={word("close", "Close")} onClick={onClose} />
        </span>
      </header>
      <div className="dialog__body scrolls stack gap-3">{children}</div>
      {actions ? (
        <footer className="dialog__actions wrap row middle gap-2 pad-3-4">{actions}</footer>
      ) : null}
    </dialog>
  );
}
