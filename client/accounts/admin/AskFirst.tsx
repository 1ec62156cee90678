import { type ReactNode, useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

interface AskFirstProps {
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

interface AskedButtonProps extends Omit<AskFirstProps, "onNo"> {
  readonly label: string;
  readonly disabled: boolean;
}

/** A button for such an act; without anything that follows, it is done at once. */
export function AskedButton({ label, disabled, onYes, children, ...question }: AskedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={disabled} onClick={() => (children ? setAsking(true) : onYes())}>
        {label}
      </Button>
      {isAsking ? (
        <AskFirst
          {...question}
          onYes={() => {
            setAsking(false);
            onYes();
          }}
          onNo={() => setAsking(false)}
        >
          {children}
        </AskFirst>
      ) : null}
    </>
  );
}
