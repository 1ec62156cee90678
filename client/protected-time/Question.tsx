import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

interface QuestionProps {
  readonly title: string;
  readonly no: string;
  readonly yes: string;
  /** On closing it too. */
  readonly onNo: () => void;
  readonly onYes: () => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** Asks before something is done. */
export function Question(props: QuestionProps) {
  const { title, no, yes, onNo, onYes, isDisabled = false, children } = props;
  return (
    <Dialog
      title={title}
      onClose={onNo}
      actions={
        <>
          <Button onClick={onNo}>{no}</Button>
          <Button look="filled" disabled={isDisabled} onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
