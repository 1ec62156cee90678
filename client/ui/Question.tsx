import type { ReactNode } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

export interface QuestionProps {
  readonly title: string;
  readonly yes: ReactNode;
  readonly no?: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
  /** Where closing it is not the same as no. */
  readonly onClose?: () => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

export function Question(props: QuestionProps) {
  const { title, yes, no = "Cancel", onYes, onNo, onClose = onNo, children } = props;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onNo}>{no}</Button>
          <Button look="filled" disabled={props.isDisabled} onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
