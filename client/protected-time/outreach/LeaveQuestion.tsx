import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

export interface LeaveQuestionProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Nothing of a form is kept anywhere, so leaving it loses it. */
export function LeaveQuestion({ onStay, onLeave }: LeaveQuestionProps) {
  return (
    <Dialog
      title="Leave without saving?"
      onClose={onStay}
      actions={
        <>
          <Button onClick={onLeave}>Leave</Button>
          <Button look="filled" onClick={onStay}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>What you entered is not saved, and police are not shown it. It is kept nowhere else.</p>
    </Dialog>
  );
}
