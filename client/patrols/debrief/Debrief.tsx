import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { useLook } from "#client/live/refresh.ts";
import { DebriefWindow } from "#client/patrols/debrief/DebriefWindow.tsx";
import { useDebriefs } from "#client/patrols/debrief/debrief-api.ts";
import {
  debriefBodyOf,
  debriefSentence,
  doneStops,
  draftOf,
  hasLateTaps,
  type LeftDraft,
  openStays,
  recordedSentence,
  recordedWords,
} from "#client/patrols/debrief/debrief-draft.ts";
import { backToPlan, openPage, PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { formatMinutes } from "#client/patrols/plan-words.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { formatMoment } from "#client/ui/moment.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type DebriefShift, type DebriefsReply, debriefCalls } from "#core/patrols/wire/debrief.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/debrief/debrief.css";

/** Everything counts as done except what is unticked. */
export function Debrief() {
  const { resource, reload } = useDebriefs();
  // A phone may come back into signal while this is open.
  useLook("tonight", hasValue(resource) ? resource.at : null, reload);
  return (
    <div className="debrief stack gap-4 pad-4">
      <PlanPageHead />
      <Loaded resource={resource} onRetry={reload}>
        {(reply) => <Shifts reply={reply} onSaved={reload} />}
      </Loaded>
    </div>
  );
}

function Shifts({
  reply,
  onSaved,
}: {
  readonly reply: DebriefsReply;
  readonly onSaved: () => void;
}) {
  const over = reply.shifts.filter(({ isOver }) => isOver);
  if (over.length === 0) {
    return (
      <EmptyState title="No shift to debrief" action={<Button onClick={backToPlan}>Plan</Button>}>
        A shift appears here when its last approved patrol is over.
      </EmptyState>
    );
  }
  // Oldest first, as the first to be forgotten.
  const waiting = over.filter(({ loggedAt }) => loggedAt === null).toReversed();
  const told = over.filter(({ loggedAt }) => loggedAt !== null);
  return (
    <>
      <h2 className="title strong">Debrief</h2>
      <p className="lead">{debriefSentence(reply)}</p>
      {[...waiting, ...told].map((shift) => (
        <ShiftCard
          key={`${shift.start} ${shift.loggedAt}`}
          shift={shift}
          isNext={shift === waiting[0]}
          onSaved={onSaved}
        />
      ))}
      <Dose reply={reply} />
    </>
  );
}

/**
 * Dose by place, planned against done, longest first: on screen only. On paper it is one total
 * (SAFEGUARDS 6).
 */
function Dose({ reply }: { readonly reply: DebriefsReply }) {
  const isOwn = useSession().role === "warden";
  const who = isOwn ? "your units" : "police";
  const { dose, recorded } = reply;
  if (dose.length === 0) return null;
  const minutes = dose.reduce((all, row) => all + row.doneMinutes + row.otherMinutes, 0);
  return (
    <section className="debrief__dose stack gap-2 still" aria-label={`Where ${who} were`}>
      <h2>Where {who} were in the last two weeks</h2>
      <p>
        {formatMinutes(minutes)} logged. Used in visit limits
        {isOwn ? null : " and in Hotspots, Patrol time"}.
      </p>
      {recorded ? <p className="no-print">{recordedSentence(recorded)}</p> : null}
      <div className="no-print">
        <SortableTable
          caption="Minutes by place"
          columns={doseColumns(reply)}
          rows={dose}
          rowKey={({ cell }) => cell}
        />
      </div>
    </section>
  );
}

function ShiftCard({
  shift,
  isNext,
  onSaved,
}: {
  readonly shift: DebriefShift;
  readonly isNext: boolean;
  readonly onSaved: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(shift));
  const [left, setLeft] = useState<LeftDraft>(new Map());
  const [isOpen, setOpen] = useState(shift.loggedAt === null);
  const { fault, isPending, run } = useSubmit();
  const { planned, done } = doneStops(draft, shift);
  const toSetRight = openStays(shift).length;
  const save = async () => {
    await ask(debriefCalls.save, { body: debriefBodyOf(shift, draft, left) });
    showToast(`Debriefed: ${done} of ${formatQuantity(planned, "stop")} done`);
    if (shift.loggedAt !== null) rememberCorrection(shift, onSaved);
    else undoHistory.end();
    onSaved();
  };
  return (
    <section
      className="debrief-shift stack start gap-3 pad-4 still framed"
      aria-label={shift.title}
    >
      <header className="row wrap middle between gap-2 full">
        <h2>{shift.title}</h2>
        {isOpen ? null : (
          <Button look="quiet" onClick={() => setOpen(true)}>
            Correct
          </Button>
        )}
      </header>
      {shift.loggedAt === null ? null : (
        <p className="row middle gap-2">
          <Icon name="check" /> {done} of {formatQuantity(planned, "stop")} done. Debriefed{" "}
          {formatMoment(shift.loggedAt)} by {shift.by}.
        </p>
      )}
      {hasLateTaps(shift) ? (
        <p>
          Some taps came in later and are not in this debrief. Press Correct and save it again to
          add them.
        </p>
      ) : null}
      {isOpen || toSetRight === 0 ? null : (
        <p>
          {formatQuantity(toSetRight, "stay")} to be set right: nobody said when the unit left.
          Press Correct to add it.
        </p>
      )}
      {isOpen ? (
        <>
          <p className="quiet">Untick anything not done.</p>
          <ul className="stack full">
            {shift.windows.map((window) => (
              <DebriefWindow
                key={`${window.planId} ${window.id}`}
                window={window}
                draft={draft}
                isBusy={isPending}
                onDraft={setDraft}
                left={left}
                onLeft={setLeft}
              />
            ))}
          </ul>
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          <Button
            look={isNext ? "filled" : "plain"}
            icon="check"
            disabled={isPending}
            onClick={() => run(save)}
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

/** Undo saves the first answers again. */
function rememberCorrection(shift: DebriefShift, onSaved: () => void): void {
  const body = debriefBodyOf(shift, draftOf(shift));
  undoHistory.remember({
    name: `correct the debrief of ${shift.title}`,
    undo: async () => {
      await ask(debriefCalls.save, { body });
      onSaved();
    },
  });
}

export function DebriefLink() {
  const { resource } = useDebriefs();
  const waiting = hasValue(resource) ? resource.value.totals.waiting : 0;
  return (
    <Button icon="check" onClick={() => openPage("debrief")}>
      Debrief{waiting > 0 ? `: ${formatQuantity(waiting, "shift")} to do` : ""}
    </Button>
  );
}

type DoseRow = DebriefsReply["dose"][number];

/** Planned and done are left out before the first debrief: there is nothing to compare. */
function doseColumns({ totals, recorded }: DebriefsReply): readonly TableColumn<DoseRow>[] {
  const numbers = (key: string, label: string, cell: TableColumn<DoseRow>["cell"]) =>
    ({ key, label, isNumber: true, cell }) as const;
  const debriefed = [
    numbers("planned", "Planned", (row) => row.plannedMinutes),
    numbers("done", "Done", (row) => row.doneMinutes),
  ];
  return [
    { key: "place", label: "Minutes at", cell: ({ place }) => place },
    ...(totals.plannedStops > 0 ? debriefed : []),
    numbers("other", "Also logged", (row) => row.otherMinutes),
    ...(recorded ? [numbers("recorded", "Recorded", (row) => recordedWords(row.recorded))] : []),
  ];
}
