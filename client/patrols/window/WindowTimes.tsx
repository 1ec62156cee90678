import { type KeyboardEvent, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { type Hand, type Times, timesIn, type WindowRequest } from "#client/patrols/use-board.ts";
import { movedByDays, stepMinutes } from "#client/patrols/week/use-board-keys.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";
import { readTimes, wallTime } from "#client/patrols/window/window-times.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

export const noTimes = "Enter both times as 21:30.";

/** Fields for start and end, as typed until that is sent or let go. */
export function useTypedTimes(
  now: Times,
  look: { readonly disabled?: boolean; readonly error?: string | undefined },
) {
  const zone = createZone(useSession().timeZone);
  const [typed, setTyped] = useState<{ start: string; end: string } | null>(null);
  const shown = typed ?? { start: wallTime(zone, now.start), end: wallTime(zone, now.end) };
  const field = (at: "start" | "end") => ({
    type: "time" as const,
    value: shown[at],
    onChange: (value: string) => setTyped({ ...shown, [at]: value }),
  });
  return {
    zone,
    isTyped: typed !== null,
    read: () => readTimes(zone, now, shown),
    forget: () => setTyped(null),
    fields: (
      <>
        <TextField label="Start" disabled={look.disabled} {...field("start")} />
        <TextField label="End" {...look} {...field("end")} />
      </>
    ),
  };
}

export function WindowTimes({
  window,
  units,
}: {
  readonly window: WindowReply;
  /** That may go instead. */
  readonly units: readonly number[];
}) {
  const { board } = usePlanParts();
  const now = timesIn(window);
  const { isBusy } = board;
  const { zone, isTyped, read, forget, fields } = useTypedTimes(now, { disabled: isBusy });

  const change = async (times: WindowRequest, hand: Hand) => {
    if (await board.change(window, times, hand)) forget();
  };
  const submit = () => {
    const times = read();
    if (times) void change(times, "times");
    else board.refuse(window, noTimes, "times");
  };
  const move = (startBy: number, endBy: number) =>
    void change(
      { start: now.start + startBy * minuteMs, end: now.end + endBy * minuteMs },
      "steps",
    );
  const moveDay = (by: number) => {
    const start = movedByDays(zone, now.start, by);
    void change({ start, end: start + now.end - now.start }, "steps");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[event.key];
    if (by === undefined || !event.altKey || isBusy) return;
    event.preventDefault();
    move(event.shiftKey ? 0 : by, by);
  };

  return (
    <Form className="stack gap-2" onSend={submit} onKeyDown={onKeyDown} noValidate>
      <h3>Change the times</h3>
      <div className="row wrap end gap-2">
        {fields}
        <Button type="submit" disabled={isBusy || !isTyped}>
          Change
        </Button>
        <Select
          label="Unit"
          value={String(window.unit)}
          disabled={isBusy}
          options={[...new Set([...units, window.unit])]
            .sort((a, b) => a - b)
            .map((unit) => ({ value: String(unit), label: String(unitNumber(unit)) }))}
          onChange={(unit) => void change({ ...now, unit: Number(unit) }, "times")}
        />
      </div>
      <RefusalAt window={window} hand="times" onDone={forget} />
      <div className="window__steps row wrap gap-1">
        <Button icon="up" disabled={isBusy} onClick={() => move(-stepMinutes, -stepMinutes)}>
          15 min earlier
        </Button>
        <Button icon="down" disabled={isBusy} onClick={() => move(stepMinutes, stepMinutes)}>
          15 min later
        </Button>
        <Button icon="minus" disabled={isBusy} onClick={() => move(0, -stepMinutes)}>
          Shorter
        </Button>
        <Button icon="plus" disabled={isBusy} onClick={() => move(0, stepMinutes)}>
          Longer
        </Button>
        <Button icon="back" disabled={isBusy} onClick={() => moveDay(-1)}>
          A day earlier
        </Button>
        <Button icon="forward" disabled={isBusy} onClick={() => moveDay(1)}>
          A day later
        </Button>
      </div>
      <RefusalAt window={window} hand="steps" onDone={forget} />
    </Form>
  );
}
