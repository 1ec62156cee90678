import { dayIn, ruleSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

export interface CancelQuestionProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
  /** One date; null: all to come. */
  readonly date: string | null;
  readonly onKeep: () => void;
  readonly onCancel: () => void;
}

export function CancelQuestion({ session, label, date, onKeep, onCancel }: CancelQuestionProps) {
  const here = useHere();
  return (
    <Dialog
      title={date ? `Cancel ${dayIn(here, date)}?` : "Cancel it from now on?"}
      onClose={onKeep}
      actions={
        <>
          <Button onClick={onKeep}>Keep it</Button>
          <Button look="filled" onClick={onCancel}>
            Cancel it
          </Button>
        </>
      }
    >
      <p>
        {label}: {ruleSentence(here, session.rule)}. A session that starts within 24 hours stays
        closed to police, in case people still come.
      </p>
    </Dialog>
  );
}
