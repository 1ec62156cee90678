import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useSession } from "#client/app/session-context.ts";
import type { Times, WindowChanger } from "#client/plan/use-window-change.ts";
import { readTimes, wallTime } from "#client/plan/window-times.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { minuteMs } from "#core/time/zone.ts";
import type { WindowReply } from "#core/wire/plan.ts";

const stepMinutes = 15;

/** Start and end by typing or by keys; refused with a reason, and what would fit instead. */
export function WindowTimes({
  window,
  changer,
}: {
  readonly window: WindowReply;
  readonly changer: WindowChanger;
}) {
  const zone = zoneNamed(useSession().timeZone);
  const now: Times = { start: Date.parse(window.start), end: Date.parse(window.end) };
  const [typed, setTyped] = useState<{ start: string; end: string } | null>(null);
  const { isBusy, refusal } = changer;
  const shown = typed ?? { start: wallTime(zone, now.start), end: wallTime(zone, now.end) };

  const change = async (times: Times) => {
    if (await changer.change(times)) setTyped(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const times = readTimes(zone, now, shown);
    if (times) void change(times);
    else changer.refuse("Write both times as 21:30.");
  };
  const move = (startBy: number, endBy: number) =>
    void change({ start: now.start + startBy * minuteMs, end: now.end + endBy * minuteMs });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[event.key];
    if (by === undefined || !event.altKey || isBusy) return;
    event.preventDefault();
    move(event.shiftKey ? 0 : by, by);
  };

  return (
    <form className="window__times" onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <h3>Change the times</h3>
      <div className="window__fields">
        <TextField
          label="Start"
          type="time"
          value={shown.start}
          disabled={isBusy}
          onChange={(start) => setTyped({ ...shown, start })}
        />
        <TextField
          label="End"
          type="time"
          value={shown.end}
          disabled={isBusy}
          onChange={(end) => setTyped({ ...shown, end })}
        />
        <Button type="submit" disabled={isBusy || !typed}>
          Change
        </Button>
      </div>
      <div className="window__steps">
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
      </div>
      <p className="quiet small">
        Keys: Alt with up or down moves it by 15 minutes; with Shift as well it moves the end.
      </p>
      {refusal ? (
        <div className="window__refusal" role="alert">
          <p>{refusal.reason}</p>
          {refusal.otherUnit ? (
            <Button
              disabled={isBusy}
              onClick={() => refusal.otherUnit && void change(refusal.otherUnit)}
            >
              Give it to unit {refusal.otherUnit.unit}
            </Button>
          ) : null}
          {refusal.nearest ? (
            <Button
              disabled={isBusy}
              onClick={() => refusal.nearest && void change(refusal.nearest)}
            >
              Use {formatDay(zone.dateOf(refusal.nearest.start))},{" "}
              {formatTimeOfDay(refusal.nearest.start)} to {formatTimeOfDay(refusal.nearest.end)}
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}
