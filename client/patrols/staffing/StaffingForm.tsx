import { useEffect, useRef, useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { AddDuty, DutyTable } from "#client/patrols/staffing/DutyTable.tsx";
import { readHours } from "#client/patrols/staffing/duty-cell.ts";
import { RosterPaste } from "#client/patrols/staffing/RosterPaste.tsx";
import {
  bodyOf,
  byDuty,
  draftOf,
  type StaffingDraft,
} from "#client/patrols/staffing/staffing-draft.ts";
import { InterviewList, TaskList } from "#client/patrols/staffing/TaskList.tsx";
import { type StaffingWeek, writeStaffing } from "#client/patrols/wardens/warden-plans.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { DateSpan, StaffingBody } from "#core/patrols/wire/staffing.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

interface StaffingFormProps {
  /** A warden coordinator's: the hours of own units alone. */
  readonly isOwn: boolean;
  readonly span: DateSpan;
  readonly dates: readonly string[];
  readonly reply: StaffingWeek;
  readonly onSaved: () => void;
}

/** All of the week on one page, saved as one: all of it or none. */
export function StaffingForm({ isOwn, span, dates, reply, onSaved }: StaffingFormProps) {
  const [draft, setDraft] = useState<StaffingDraft>(() => draftOf(reply, null));
  const { fault, isPending, run } = useSubmit();
  const shown = useRef(reply);
  useEffect(() => {
    if (shown.current === reply) return;
    shown.current = reply;
    setDraft((before) => draftOf(reply, before));
  }, [reply]);
  const set = (change: Partial<StaffingDraft>) => setDraft({ ...draft, ...change });
  const stored = bodyOf(draftOf(reply, null));
  const isChanged = JSON.stringify(bodyOf(draft)) !== JSON.stringify(stored);
  const core = readHours(draft.coreHours);
  // Keyed by draft line: "tasks.0" is the first task.
  const faults = new Map(
    fault?.errors.flatMap(({ field, reason }) => (field ? [[field, reason] as const] : [])),
  );
  const put = (body: StaffingBody) => writeStaffing(isOwn, span, body);
  const save = async (coreHours: string) => {
    await put(bodyOf({ ...draft, coreHours }));
    showToast("Staffing saved");
    undoHistory.remember({
      name: "change the staffing",
      undo: async () => {
        await put(stored);
        onSaved();
      },
    });
    onSaved();
  };
  return (
    <>
      <Conflicts conflicts={reply.conflicts} />
      <section className="stack start gap-3 pad-4 still framed" aria-label="Units on duty">
        <h2>Units on duty</h2>
        {isOwn ? null : (
          <RosterPaste
            dates={dates}
            onUse={(crews) =>
              set({
                duties: [
                  ...draft.duties.filter(({ date }) => !crews.some((crew) => crew.date === date)),
                  ...crews,
                ].sort(byDuty),
              })
            }
          />
        )}
        <DutyTable
          isOwn={isOwn}
          dates={dates}
          duties={draft.duties}
          faults={faults}
          onDuties={(duties) => set({ duties })}
        />
        <AddDuty
          isOwn={isOwn}
          dates={dates}
          duties={draft.duties}
          onDuties={(duties) => set({ duties })}
        />
      </section>
      {isOwn ? null : (
        <>
          <section className="stack start gap-3 pad-4 still framed" aria-label="Fixed tasks">
            <h2>Fixed tasks and match days</h2>
            <TaskList
              dates={dates}
              tasks={draft.tasks}
              faults={faults}
              onTasks={(tasks) => set({ tasks })}
            />
          </section>
          <section className="stack start gap-3 pad-4 still framed" aria-label="Interviews">
            <h2>Interviews</h2>
            <TextField
              label="Core hours, reserved for patrol"
              value={draft.coreHours}
              error={core.ok ? undefined : core.reason}
              onChange={(coreHours) => set({ coreHours })}
            />
            <InterviewList
              interviews={draft.interviews}
              offers={reply.interviewOffers}
              faults={faults}
              onInterviews={(interviews) => set({ interviews })}
            />
          </section>
        </>
      )}
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="staffing__save still row middle gap-3">
        <Button
          look="filled"
          icon="check"
          disabled={isPending || !isChanged || !core.ok}
          onClick={() => core.ok && run(() => save(core.value))}
        >
          Save the staffing
        </Button>
        <span className="quiet" role="status">
          {isChanged ? "Not saved yet" : "Saved"}
        </span>
      </div>
    </>
  );
}

/** "Tue 30 Nov, 22:45: Unit 2 is not on duty then." To be changed or withdrawn on the plan. */
function Conflicts({ conflicts }: Pick<StaffingWeek, "conflicts">) {
  if (conflicts.length === 0) return null;
  return (
    <Banner kind="stale">
      {formatQuantity(conflicts.length, "approved patrol")} {conflicts.length === 1 ? "does" : "do"}{" "}
      not fit this staffing:{" "}
      {conflicts
        .slice(0, 5)
        .map(
          ({ start, reason }) =>
            `${formatDay(start.slice(0, 10))}, ${formatTimeOfDay(start)}: ${reason}`,
        )
        .join(" ")}
    </Banner>
  );
}
