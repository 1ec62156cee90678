import { useState } from "react";
import { dayIn } from "#client/protected-time/outreach/outreach-words.ts";
import { useConfirming } from "#client/protected-time/outreach/use-confirming.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { horizonWeeks } from "#core/protected-time/settings.ts";

/** For a holiday: the calendar is confirmed for longer than a week. */
export function Pause() {
  const here = useHere();
  const { isBusy, confirm } = useConfirming();
  const [isOpen, setOpen] = useState(false);
  const [until, setUntil] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const send = () => {
    if (until < here.today || until > here.lastDay) {
      setFault(
        `Choose a day from today to ${dayIn(here, here.lastDay)}: protected time is known ${horizonWeeks} weeks ahead.`,
      );
      return;
    }
    setOpen(false);
    void confirm(until);
  };
  return (
    <>
      <Button look="quiet" disabled={isBusy} onClick={() => setOpen(true)}>
        Nothing changes until…
      </Button>
      {isOpen ? (
        <Dialog
          title="Nothing changes until…"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Not now</Button>
              <Button look="filled" onClick={send}>
                Confirm until then
              </Button>
            </>
          }
        >
          <p>
            Confirms your sessions as they are up to this day. You are not asked again before, and
            they go on being kept clear.
          </p>
          <TextField
            label="Until"
            type="date"
            min={here.today}
            max={here.lastDay}
            value={until}
            error={fault}
            onChange={(next) => {
              setUntil(next);
              setFault(undefined);
            }}
          />
        </Dialog>
      ) : null}
    </>
  );
}
