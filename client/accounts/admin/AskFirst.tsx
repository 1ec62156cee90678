import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

export interface AskFirstProps {
  /** The question. */
  readonly title: string;
  /** What follows. */
  readonly children: ReactNode;
  /** What the button calls the act. */
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Before an act that cuts somebody off. */
export function AskFirst({ title, children, yes, onYes, onNo }: AskFirstProps) {
  return (
    <Dialog
      title={title}
      onClose={onNo}
      actions={
        <>
          <Button onClick={onNo}>Cancel</Button>
          <Button look="filled" onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
