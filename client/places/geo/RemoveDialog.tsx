import type { ReactNode } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { showToast } from "#client/ui/toast-store.ts";

export interface RemoveDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Resolves to what was done, in words. */
  readonly onRemove: () => Promise<string>;
  readonly onClose: () => void;
}

/** Asks before something imported is removed as a whole. */
export function RemoveDialog({ title, children, onRemove, onClose }: RemoveDialogProps) {
  const remove = async () => {
    onClose();
    try {
      showToast(await onRemove());
    } catch (cause) {
      const { title: what, detail } = errorFromFailure(cause);
      showToast(`${what}. ${detail}`);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="filled" onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
