import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { DebriefWindow } from "#client/patrols/debrief/DebriefWindow.tsx";
import { saveDebrief } from "#client/patrols/debrief/debrief-api.ts";
import { debriefBodyOf, doneStops, draftOf } from "#client/patrols/debrief/debrief-draft.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDay, formatQuantity, formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { DebriefShift } from "#core/patrols/wire/debrief.ts";

/** One shift: ticked is done. What was saved is said in a line, and can be corrected. */
export function DebriefShiftCard({
  shift,
  isNext,
  onSaved,
}: {
  readonly shift: DebriefShift;
  /** Its button is the one next step. */
  readonly isNext: boolean;
  readonly onSaved: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(shift));
  const [isOpen, setOpen] = useState(shift.loggedAt === null);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ title: string; detail: string } | null>(null);
  const { planned, done } = doneStops(draft, shift);
  const save = async () => {
    setBusy(true);
    setFault(null);
    try {
      await saveDebrief(debriefBodyOf(shift, draft));
      showToast(`Debriefed: ${done} of ${formatQuantity(planned, "stop")} done`);
      if (shift.loggedAt !== null) rememberCorrection(shift, onSaved);
      onSaved();
    } catch (cause) {
      setFault(errorFromFailure(cause));
    }
    setBusy(false);
  };
  return (
    <section className="debrief-shift" aria-label={shift.title}>
      <header className="debrief-shift__head">
        <h2>{shift.title}</h2>
        {isOpen ? null : (
          <Button look="quiet" onClick={() => setOpen(true)}>
            Correct it
          </Button>
        )}
      </header>
      {shift.loggedAt === null ? null : (
        <p className="debrief-shift__logged">
          <Icon name="check" /> {done} of {formatQuantity(planned, "stop")} done. Debriefed{" "}
          {formatDay(shift.loggedAt.slice(0, 10))} {formatTimeOfDay(shift.loggedAt)} by {shift.by}.
        </p>
      )}
      {isOpen ? (
        <>
          <p className="quiet">All done, except what you untick.</p>
          <ul className="debrief-shift__windows">
            {shift.windows.map((window) => (
              <DebriefWindow
                key={`${window.planId} ${window.id}`}
                window={window}
                draft={draft}
                isBusy={isBusy}
                onDraft={setDraft}
              />
            ))}
          </ul>
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          <Button
            look={isNext ? "filled" : "plain"}
            icon="check"
            disabled={isBusy}
            onClick={() => void save()}
          >
            {done === planned
              ? `All done: save ${formatQuantity(planned, "stop")}`
              : `Save: ${done} of ${formatQuantity(planned, "stop")} done`}
          </Button>
        </>
      ) : null}
    </section>
  );
}

/** What was said first, said again. */
function rememberCorrection(shift: DebriefShift, onSaved: () => void): void {
  const before = debriefBodyOf(shift, draftOf(shift));
  undoHistory.remember({
    name: `correct the debrief of ${shift.title}`,
    undo: async () => {
      await saveDebrief(before);
      onSaved();
    },
  });
}
