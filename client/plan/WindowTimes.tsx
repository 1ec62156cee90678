import { type FormEvent, type KeyboardEvent, useState } from "react";
import { ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { useSession } from "#client/app/session-context.ts";
import { changeWindow } from "#client/plan/plan-api.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { readTimes, wallTime } from "#client/plan/window-times.ts";
import { undoHistory } from "#client/state/undo.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { WindowReply } from "#core/wire/plan.ts";

interface Times {
  readonly start: number;
  readonly end: number;
}
interface Refusal {
  readonly reason: string;
  readonly nearest: Times | null;
}

const stepMinutes = 15;

/** Start and end by typing or by keys; refused with a reason and the nearest time that fits. */
export function WindowTimes({
  view,
  planId,
  window,
}: {
  readonly view: PlanView;
  readonly planId: string;
  readonly window: WindowReply;
}) {
  const zone = zoneNamed(useSession().timeZone);
  const now: Times = { start: Date.parse(window.start), end: Date.parse(window.end) };
  const [typed, setTyped] = useState<{ start: string; end: string } | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const shown = typed ?? { start: wallTime(zone, now.start), end: wallTime(zone, now.end) };

  const change = async (times: Times) => {
    setBusy(true);
    setRefusal(null);
    const send = (to: Times) =>
      changeWindow(planId, window.id, {
        start: formatInstant(zone, to.start),
        end: formatInstant(zone, to.end),
      });
    try {
      const reply = await send(times);
      if (reply.ok) {
        setTyped(null);
        showToast(`Now ${formatTimeOfDay(times.start)} to ${formatTimeOfDay(times.end)}`);
        undoHistory.remember({
          name: `change the times at ${window.place}`,
          undo: async () => {
            const back = await send(now);
            if (!back.ok) {
              throw new ApiError({ status: 0, title: "Not undone", detail: back.reason });
            }
            view.reload();
          },
        });
        view.reload();
      } else {
        setRefusal({
          reason: reply.reason,
          nearest: reply.nearest && {
            start: Date.parse(reply.nearest.start),
            end: Date.parse(reply.nearest.end),
          },
        });
      }
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal({ reason: `${title}. ${detail}`, nearest: null });
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const times = readTimes(zone, now, shown);
    if (times) void change(times);
    else setRefusal({ reason: "Write both times as 21:30.", nearest: null });
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
