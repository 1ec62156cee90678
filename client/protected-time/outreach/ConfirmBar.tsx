import { useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownCalendar } from "#client/protected-time/outreach/outreach-api.ts";
import { dayIn, type Here } from "#client/protected-time/outreach/outreach-words.ts";
import { useConfirming } from "#client/protected-time/outreach/use-confirming.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import type { CalendarReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/confirm-bar.css";

/** Always in view: as of when the calendar is complete, and one button to say so again. */
export function ConfirmBar() {
  const here = useHere();
  const calendar = useShared(ownCalendar);
  const { isBusy, confirm } = useConfirming();
  const [asking, setAsking] = useState<"pause" | "unread" | null>(null);
  const value = hasValue(calendar) ? calendar.value : null;
  const until = value?.pausedUntil ?? null;
  const pause = until !== null && until >= here.today ? until : null;
  const needsWord = value !== null && isDue(value);
  const answer = (pausedUntil: string | null) => {
    setAsking(null);
    void confirm(pausedUntil);
  };
  const ask = () => {
    // Somebody may be out at what could not be read: one tap by habit must not say that all is there.
    if (value?.state === "unreadable") setAsking("unread");
    else if (pause) setAsking("pause");
    else void confirm(null);
  };
  return (
    <section
      className={classNames("confirm-bar", needsWord && "confirm-bar--due")}
      aria-label="Is your calendar up to date?"
    >
      <p className="confirm-bar__words">
        {needsWord ? <Icon name="warning" /> : <Icon name="check" />}
        <span>
          {value?.sentence ?? (calendar.status === "failed" ? calendar.error.title : "…")}
          {pause ? ` Nothing changes until ${dayIn(here, pause)}.` : ""}
          {value ? reminderWords(here, value) : ""}
        </span>
      </p>
      <Button disabled={isBusy || value === null} onClick={ask}>
        Confirm
      </Button>
      {asking === "unread" ? (
        <Dialog
          title="Is everything in your calendar now?"
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>Not yet</Button>
              <Button look="filled" onClick={() => answer(null)}>
                Yes, it is complete
              </Button>
            </>
          }
        >
          <p>
            Something in your last file could not be read, and nobody is kept away from it. Add it
            by hand first, or make sure that nobody goes there. Until you confirm, no patrols are
            suggested.
          </p>
        </Dialog>
      ) : null}
      {asking === "pause" && pause ? (
        <Dialog
          title="Does that still hold?"
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => answer(null)}>No, confirm for today only</Button>
              <Button look="filled" onClick={() => answer(pause)}>
                Yes, it holds
              </Button>
            </>
          }
        >
          <p>
            You said that nothing changes until {dayIn(here, pause)}. Confirming for today only ends
            that: you will be asked again in a week.
          </p>
        </Dialog>
      ) : null}
    </section>
  );
}

/** Out of date, or somebody asked for it since. */
function isDue({ state, remindedAt }: CalendarReply): boolean {
  return state !== "confirmed" || remindedAt !== null;
}

function reminderWords(here: Here, { remindedAt }: CalendarReply): string {
  if (remindedAt === null) return "";
  return ` Your coordinator asked for it on ${dayIn(here, remindedAt.slice(0, 10))}.`;
}
