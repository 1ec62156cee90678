import { useMemo, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { BoardDraft } from "#client/patrols/board-desk.ts";
import {
  addWindow,
  agreePlan,
  changeWindow,
  dismissLost,
  restoreWindows,
  splitWindow,
  withdrawPlan,
} from "#client/patrols/plan-api.ts";
import { isStanding } from "#client/patrols/plan-words.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { WindowChangeReply, WindowParams, WindowReply } from "#core/patrols/wire/plan.ts";
import { formatDay } from "#core/time/words.ts";
import { formatInstant } from "#core/time/zone.ts";

export interface Times {
  readonly start: number;
  readonly end: number;
}

/** What a window is to be; what is left out stays as it is. */
export interface WindowAsk extends Times {
  readonly unit?: number;
  readonly stops?: readonly string[];
}

/** A window that is not there yet; without a zone the best place of that time is taken. */
export interface NewAsk extends Times {
  readonly unit: number;
  readonly zone?: string | undefined;
  /** The lost patrol whose place it takes. */
  readonly instead?: WindowParams;
}

/** Where the hand was that asked: in the week, or at a control of the panel, by its name. */
export type Hand =
  /** It let go of a dragged patrol. */
  | "drop"
  /** It pressed a key on the patrol in the week. */
  | "block"
  | "times"
  | "steps"
  | "acts"
  | `stop ${number}`;

export interface BoardRefusal {
  /** Null: of a window that was to be added. */
  readonly windowId: string | null;
  /** The refusal is told there. */
  readonly hand: Hand | null;
  /** What was asked; null where it was not a time. */
  readonly ask: WindowAsk | null;
  readonly reason: string;
  /** The nearest time that fits, and another unit that is free then: each a click away. */
  readonly nearest: WindowAsk | null;
  readonly otherUnit: WindowAsk | null;
}

/** What a sergeant does to the windows of the week, by whatever hand: each does one thing and can be undone. */
export interface Board {
  /** Windows can be changed at all. */
  readonly canChange: boolean;
  readonly isBusy: boolean;
  readonly refusal: BoardRefusal | null;
  /** While a window is dragged. */
  readonly draft: Store<BoardDraft | null>;
  /** The window that is being added, as far as it is said; null while none is. */
  readonly adding: NewAsk | null;
  readonly startAdding: (ask: NewAsk | null) => void;
  /** Each true when it was done. */
  readonly change: (window: WindowReply, ask: WindowAsk, hand: Hand) => Promise<boolean>;
  readonly add: (ask: NewAsk) => Promise<boolean>;
  /** Adds it; where its own time is not to be had, the form opens with the nearest that fits. */
  readonly suggest: (ask: NewAsk) => Promise<boolean>;
  /** Nothing needs to take the place of this lost patrol, or something does after all. */
  readonly dismiss: (lost: WindowParams, place: string, dismissed: boolean) => Promise<boolean>;
  readonly split: (window: WindowReply, afterStop: number, hand: Hand) => Promise<boolean>;
  readonly remove: (window: WindowReply, hand: Hand) => Promise<boolean>;
  /** A new suggestion keeps a locked window as it is. */
  readonly lock: (window: WindowReply, locked: boolean, hand: Hand) => Promise<boolean>;
  readonly refuse: (window: WindowReply, reason: string, hand: Hand) => void;
  readonly closeRefusal: () => void;
}

/** Windows that have not begun. */
export function isOpen(window: WindowReply, now: number): boolean {
  return isStanding(window) && Date.parse(window.start) > now;
}

export function useBoard(view: PlanView): Board {
  const zone = zoneNamed(useSession().timeZone);
  const draft = useMemo(() => createStore<BoardDraft | null>(null), []);
  // Windows of another plan go by the same ids: what was refused in one is not told in another.
  const [refused, setRefused] = useState<{ planId: string; refusal: BoardRefusal } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [adding, setAdding] = useState<NewAsk | null>(null);
  const planId = view.plan?.id ?? null;
  const refusal = refused?.planId === planId ? refused.refusal : null;
  const setRefusal = (next: BoardRefusal | null) =>
    setRefused(next && planId !== null ? { planId, refusal: next } : null);
  const canChange = view.canPlan && planId !== null && view.suggestion.status !== "running";

  const spanOf = ({ start, end }: Times) => ({
    start: formatInstant(zone, start),
    end: formatInstant(zone, end),
  });
  const send = (plan: string, window: WindowReply, { unit, stops, ...times }: WindowAsk) =>
    changeWindow(plan, window.id, {
      ...spanOf(times),
      ...(unit === undefined ? {} : { unit }),
      ...(stops === undefined ? {} : { stops: [...stops] }),
    });

  /** Runs one act; what it throws is said where a refusal is said. */
  const act = async (
    at: Pick<BoardRefusal, "windowId" | "hand" | "ask">,
    work: (plan: string) => Promise<boolean>,
  ): Promise<boolean> => {
    if (!canChange || isBusy) return false;
    setBusy(true);
    setRefusal(null);
    try {
      return await work(planId);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal({ ...at, reason: `${title}. ${detail}`, nearest: null, otherUnit: null });
      return false;
    } finally {
      draft.set(() => null);
      setBusy(false);
    }
  };
  const follow = (
    reply: WindowChangeReply,
    at: { readonly windowId: string | null; readonly hand: Hand | null; readonly ask: WindowAsk },
    done: (window: WindowReply) => void,
  ): boolean => {
    if (reply.ok) {
      done(reply.window);
      view.reload();
      return true;
    }
    const { reason, nearest, otherUnit } = reply;
    const { ask } = at;
    const start = nearest && Date.parse(nearest.start);
    const end = nearest && Date.parse(nearest.end);
    setRefusal({
      ...at,
      reason,
      nearest: start === null || end === null ? null : { ...ask, start, end },
      otherUnit: otherUnit === null ? null : { ...ask, unit: otherUnit },
    });
    return false;
  };
  const remember = (name: string, undo: () => Promise<unknown>) =>
    undoHistory.remember({
      name,
      undo: async () => {
        await undo();
        view.reload();
      },
    });

  const add = (ask: NewAsk, orNearest: boolean) => {
    const at = { windowId: null, hand: null, ask };
    return act(at, async (plan) => {
      const { unit, zone: place, instead } = ask;
      const reply = await addWindow(plan, {
        ...spanOf(ask),
        unit,
        ...(place === undefined ? {} : { zone: place }),
        ...(instead ? { instead } : {}),
      });
      if (orNearest && !reply.ok) {
        const { start, end } = reply.nearest ?? spanOf(ask);
        view.chooseWindow(null);
        setAdding({ ...ask, start: Date.parse(start), end: Date.parse(end) });
        if (reply.nearest) return false;
      }
      return follow(reply, at, (window) => {
        setAdding(null);
        showToast(`Added: ${window.place}`);
        view.chooseWindow(window.id);
        remember(`add the patrol at ${window.place}`, () => withdrawPlan(plan, [window.id]));
      });
    });
  };

  return {
    canChange,
    isBusy,
    refusal,
    draft,
    adding,
    startAdding: (ask) => {
      setRefusal(null);
      setAdding(ask);
      if (ask) view.chooseWindow(null);
    },
    refuse: ({ id: windowId }, reason, hand) =>
      setRefusal({ windowId, hand, ask: null, reason, nearest: null, otherUnit: null }),
    closeRefusal: () => setRefusal(null),
    change: (window, ask, hand) => {
      const at = { windowId: window.id, hand, ask };
      return act(at, async (plan) => {
        const reply = await send(plan, window, ask);
        return follow(reply, at, () => {
          showToast(changeWords(window, ask, (at) => zone.dateOf(at)));
          remember(`change the patrol at ${window.place}`, async () => {
            const back = await send(plan, window, asItIs(window));
            if (!back.ok) throw notUndone(back.reason);
          });
        });
      });
    },
    add: (ask) => add(ask, false),
    suggest: (ask) => add(ask, true),
    dismiss: (lost, place, dismissed) =>
      act({ windowId: null, hand: null, ask: null }, async () => {
        try {
          await dismissLost(lost, dismissed);
        } catch (cause) {
          // No form is open beside the list in which it could be told.
          const { title, detail } = errorFromFailure(cause);
          showToast(`${title}. ${detail}`);
          return false;
        }
        view.reload();
        showToast(dismissed ? `Left out: ${place}` : `On the list again: ${place}`);
        remember(`${dismissed ? "leave" : "list"} the patrol at ${place}`, () =>
          dismissLost(lost, !dismissed),
        );
        return true;
      }),
    split: (window, afterStop, hand) => {
      const at = { windowId: window.id, hand, ask: asItIs(window) };
      return act(at, async (plan) => {
        const reply = await splitWindow(plan, window.id, afterStop);
        return follow(reply, at, (second) => {
          showToast(
            `Split: the rest goes to unit ${second.unit} at ${formatTimeOfDay(second.start)}`,
          );
          remember(`split the patrol at ${window.place}`, async () => {
            await withdrawPlan(plan, [second.id]);
            const back = await send(plan, window, asItIs(window));
            if (!back.ok) throw notUndone(back.reason);
          });
        });
      });
    },
    lock: (window, locked, hand) => {
      const at = { windowId: window.id, hand, ask: asItIs(window) };
      return act(at, async (plan) => {
        const reply = await changeWindow(plan, window.id, { locked });
        return follow(reply, at, () => {
          showToast(locked ? "Locked: new suggestions keep it" : "Unlocked");
          remember(`${locked ? "lock" : "unlock"} the patrol at ${window.place}`, () =>
            changeWindow(plan, window.id, { locked: !locked }),
          );
        });
      });
    },
    remove: (window, hand) =>
      act({ windowId: window.id, hand, ask: null }, async (plan) => {
        await withdrawPlan(plan, [window.id]);
        view.reload();
        showToast(`Removed: ${window.place}`);
        remember(`remove the patrol at ${window.place}`, async () => {
          await restoreWindows(plan, [window.id]);
          if (window.status === "agreed") await agreePlan(plan, [window.id]);
        });
        return true;
      }),
  };
}

function asItIs(window: WindowReply): WindowAsk {
  return {
    start: Date.parse(window.start),
    end: Date.parse(window.end),
    unit: window.unit,
    stops: window.stops.map((stop) => stop.cell),
  };
}

/** "Now 21:30 to 23:00", with the day where that is another, and the unit where it is. */
function changeWords(
  window: WindowReply,
  { start, end, unit }: WindowAsk,
  dateOf: (at: number) => string,
): string {
  const date = dateOf(start);
  const day = date === window.start.slice(0, 10) ? "" : `${formatDay(date)}, `;
  const hands = unit === undefined || unit === window.unit ? "" : `, unit ${unit}`;
  return `Now ${day}${formatTimeOfDay(start)} to ${formatTimeOfDay(end)}${hands}`;
}

function notUndone(reason: string): ApiError {
  return new ApiError({ status: 0, title: "Not undone", detail: reason });
}
