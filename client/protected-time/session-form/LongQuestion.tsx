import { hoursWords, ruleTimes } from "#client/protected-time/outreach/outreach-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { lengthMinutes, type SessionRule } from "#core/protected-time/session.ts";

export interface LongQuestionProps {
  readonly rule: SessionRule;
  readonly onBack: () => void;
  readonly onYes: () => void;
}

/** Two times the wrong way round make a session of most of a day. */
export function LongQuestion({ rule, onBack, onYes }: LongQuestionProps) {
  const hours = hoursWords(lengthMinutes(rule));
  return (
    <Dialog
      title={`Really ${hours}?`}
      onClose={onBack}
      actions={
        <>
          <Button onClick={onYes}>Yes, {hours}</Button>
          <Button look="filled" onClick={onBack}>
            Change the times
          </Button>
        </>
      }
    >
      <p>{ruleTimes(rule)}.</p>
    </Dialog>
  );
}
