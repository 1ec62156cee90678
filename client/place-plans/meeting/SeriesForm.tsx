import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { askMeeting } from "#client/place-plans/place-plans-api.ts";
import { localTimeWords } from "#client/state/command.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { Faults } from "#client/ui/use-editor.ts";
import {
  checkSeries,
  type MeetingWeek,
  meetingWeeks,
  seriesWords,
  weekNames,
} from "#core/place-plans/meeting/series.ts";
import { type MeetingReply, meetingCalls, seriesBody } from "#core/place-plans/wire/meeting.ts";
import { weekdayNames } from "#core/time/words.ts";

export interface SeriesFormProps {
  readonly reply: MeetingReply;
  readonly onClose: () => void;
}

export function SeriesForm({ reply, onClose }: SeriesFormProps) {
  const { series, asAt } = reply;
  const [draft, setDraft] = useState({
    week: String(series?.week ?? 2),
    weekday: String(series?.weekday ?? 1),
    firstOn: series?.firstOn ?? asAt,
    startsAt: series?.startsAt ?? "10:00",
    minutes: String(series?.minutes ?? 90),
  });
  // The revision read when the form opened: the series may have changed since.
  const [read] = useState(series?.revision ?? 0);
  const { fault, isPending, run } = useSubmit();
  const body = {
    week: Number(draft.week) as MeetingWeek,
    weekday: Number(draft.weekday),
    firstOn: draft.firstOn,
    startsAt: draft.startsAt,
    minutes: Number(draft.minutes),
    revision: series?.revision ?? 0,
  };
  const faults = faultsOf(body, asAt, series?.firstOn ?? null);
  const isChanged = series !== null && series.revision !== read;
  const change = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  return (
    <Dialog
      title="Meeting dates"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="filled"
            disabled={isPending || Object.keys(faults).length > 0}
            onClick={() =>
              run(async () => {
                await askMeeting(meetingCalls.putSeries, { body });
                undoHistory.end();
                onClose();
              })
            }
          >
            {isChanged ? "Overwrite with mine" : "Save"}
          </Button>
        </>
      }
    >
      <div className="stack gap-3">
        {isChanged ? (
          <p role="alert">
            Someone else changed this: partners now meet on {seriesWords(series)}. Your changes are
            still below.
          </p>
        ) : null}
        <Select
          label="Week of the month"
          value={draft.week}
          options={meetingWeeks.map((week) => ({ value: String(week), label: weekNames[week] }))}
          onChange={(week) => change({ week })}
        />
        <Select
          label="Day"
          value={draft.weekday}
          options={weekdayNames.map((label, index) => ({ value: String(index), label }))}
          onChange={(weekday) => change({ weekday })}
        />
        <TextField
          label={`Begins (${localTimeWords()})`}
          type="time"
          value={draft.startsAt}
          error={faults["startsAt"]}
          onChange={(startsAt) => change({ startsAt })}
        />
        <TextField
          label="Minutes"
          type="number"
          value={draft.minutes}
          error={faults["minutes"]}
          onChange={(minutes) => change({ minutes })}
        />
        <TextField
          label="Starting from"
          type="date"
          value={draft.firstOn}
          error={faults["firstOn"]}
          onChange={(firstOn) => change({ firstOn })}
        />
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      </div>
    </Dialog>
  );
}

function faultsOf(body: object, asAt: string, keptFirstOn: string | null): Faults {
  const read = seriesBody.safeParse(body);
  const faults = read.success
    ? checkSeries(read.data, asAt, keptFirstOn)
    : read.error.issues.map(({ path }) => ({
        field: String(path[0]),
        reason: path[0] === "minutes" ? "Enter whole minutes." : "Fill this in.",
      }));
  return Object.fromEntries(faults.map(({ field, reason }) => [field, reason]));
}
