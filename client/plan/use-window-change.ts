import { useState } from "react";
import { ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { useSession } from "#client/app/session-context.ts";
import { changeWindow } from "#client/plan/plan-api.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { undoHistory } from "#client/state/undo.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { WindowReply } from "#core/wire/plan.ts";

export interface Times {
  readonly start: number;
  readonly end: number;
}

/** What a window is to be; what is left out stays as it is. */
export interface WindowAsk extends Times {
  readonly unit?: number;
  readonly stops?: readonly string[];
}

export interface ChangeRefusal {
  readonly reason: string;
  /** The nearest time that fits, and another unit that is free then: each a click away. */
  readonly nearest: WindowAsk | null;
  readonly otherUnit: WindowAsk | null;
}

export interface WindowChanger {
  readonly isBusy: boolean;
  readonly refusal: ChangeRefusal | null;
  /** True when it was done. */
  readonly change: (ask: WindowAsk) => Promise<boolean>;
  readonly refuse: (reason: string) => void;
}

/** Sends a change of a window, remembers the way back, or keeps why not. */
export function useWindowChange(
  view: PlanView,
  planId: string,
  window: WindowReply,
): WindowChanger {
  const zone = zoneNamed(useSession().timeZone);
  const [refusal, setRefusal] = useState<ChangeRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = ({ start, end, unit, stops }: WindowAsk) =>
    changeWindow(planId, window.id, {
      start: formatInstant(zone, start),
      end: formatInstant(zone, end),
      ...(unit === undefined ? {} : { unit }),
      ...(stops === undefined ? {} : { stops: [...stops] }),
    });
  const asItIs: WindowAsk = {
    start: Date.parse(window.start),
    end: Date.parse(window.end),
    unit: window.unit,
    stops: window.stops.map((stop) => stop.cell),
  };
  const rememberBack = () =>
    undoHistory.remember({
      name: `change the window at ${window.place}`,
      undo: async () => {
        const back = await send(asItIs);
        if (!back.ok) throw new ApiError({ status: 0, title: "Not undone", detail: back.reason });
        view.reload();
      },
    });
  const change = async (ask: WindowAsk) => {
    setBusy(true);
    setRefusal(null);
    let isDone = false;
    try {
      const reply = await send(ask);
      isDone = reply.ok;
      if (reply.ok) {
        showToast(`Now ${formatTimeOfDay(ask.start)} to ${formatTimeOfDay(ask.end)}`);
        rememberBack();
        view.reload();
      } else {
        const { reason, nearest, otherUnit } = reply;
        setRefusal({
          reason,
          nearest: nearest && {
            ...ask,
            start: Date.parse(nearest.start),
            end: Date.parse(nearest.end),
          },
          otherUnit: otherUnit === null ? null : { ...ask, unit: otherUnit },
        });
      }
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal({ reason: `${title}. ${detail}`, nearest: null, otherUnit: null });
    }
    setBusy(false);
    return isDone;
  };
  const refuse = (reason: string) => setRefusal({ reason, nearest: null, otherUnit: null });
  return { isBusy, refusal, change, refuse };
}
