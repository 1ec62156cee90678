import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { confirmCalendar, ownCalendar } from "#client/outreach/outreach-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { formatDate } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/** Always in view: as of when the calendar is complete, and one button to say so again. */
export function ConfirmBar() {
  const calendar = useShared(ownCalendar);
  const [isBusy, setBusy] = useState(false);
  const value = hasValue(calendar) ? calendar.value : null;
  const confirm = async (pausedUntil: string | null) => {
    setBusy(true);
    try {
      ownCalendar.accept(await confirmCalendar(pausedUntil));
      showToast("Thank you. Police planning knows that your sessions are complete.");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  const needsWord = value !== null && value.state !== "confirmed";
  return (
    <section
      className={classNames("confirm-bar", needsWord && "confirm-bar--due")}
      aria-label="Is your calendar up to date?"
    >
      <p className="confirm-bar__words">
        {needsWord ? <Icon name="warning" /> : <Icon name="check" />}
        <span>
          {value?.sentence ?? (calendar.status === "failed" ? calendar.error.title : "…")}
          {value?.pausedUntil ? ` No changes until ${formatDate(value.pausedUntil)}.` : ""}
        </span>
      </p>
      <div className="confirm-bar__acts">
        <Button disabled={isBusy || value === null} onClick={() => void confirm(null)}>
          Confirm
        </Button>
        <Popover name="Confirm that nothing changes until a date" label="Until…" align="end">
          {(close) => (
            <PauseForm
              onConfirm={(until) => {
                close();
                void confirm(until);
              }}
            />
          )}
        </Popover>
      </div>
    </section>
  );
}

function PauseForm({ onConfirm }: { readonly onConfirm: (until: string) => void }) {
  const { asAt } = useSession();
  const [until, setUntil] = useState("");
  return (
    <>
      <p>
        Nothing changes until this day: no reminders, and your times hold as they are until then.
      </p>
      <TextField label="Until" type="date" min={asAt} value={until} onChange={setUntil} />
      <Button disabled={until < asAt} onClick={() => onConfirm(until)}>
        Confirm until then
      </Button>
    </>
  );
}
