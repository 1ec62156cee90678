import { useMemo, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ApiError } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import type { BoardDraft } from "#client/patrols/board-desk.ts";
import { isStanding } from "#client/patrols/plan-words.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { failureWords } from "#client/patrols/use-told-act.ts";
import {
  type Changed,
  changeOwnWindow,
  withdrawOwn,
} from "#client/patrols/wardens/warden-plans.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { planCalls, type WindowParams } from "#core/patrols/wire/board.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { formatDay } from "#core/time/words.ts";
import { createZone, formatInstant } from "#core/time/zone.ts";

export interface Times {
  readonly start: number;
  readonly end: number;
}

/** Absent fields stay unchanged. */
export interface WindowRequest extends Times {
  readonly unit?: number;
  readonly stops?: readonly H3Cell[];
}

/** A new window; without a zone, the best place of that time. */
export interface NewRequest extends Times {
  readonly unit: number;
  readonly zone?: H3Cell | undefined;
  readonly instead?: WindowParams;
}

/** Where the action came from; its refusal is shown there. A string names a panel control. */
export type Hand = "drop" | "block" | "times" | "steps" | "acts" | `stop ${number}`;

interface Asked {
  /** Null: a window to be added. */
  readonly windowId: string | null;
  readonly hand: Hand | null;
  readonly request: WindowRequest | null;
}

export interface BoardRefusal extends Asked {
  readonly reason: string;
  /** The nearest time that fits, and another free unit, offered as buttons. */
  readonly nearest: WindowRequest | null;
  readonly otherUnit: WindowRequest | null;
}

export type Board = ReturnType<typeof useBoard>;

export function isOpen(window: WindowReply, now: number): boolean {
  return isStanding(window) && Date.parse(window.start) > now;
}

/** Sergeants' edits of windows: each resolves to whether it was done, and can be undone. */
export function useBoard(view: PlanView) {
  const zone = createZone(useSession().timeZone);
  const draft = useMemo(() => createStore<BoardDraft | null>(null), []);
  // Window ids repeat between plans: a refusal belongs to its plan.
  const [refused, setRefused] = useState<{ planId: string; refusal: BoardRefusal } | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** The window being added; null while none is. */
  const [adding, setAdding] = useState<NewRequest | null>(null);
  const planId = view.plan?.id ?? null;
  const refusal = refused?.planId === planId ? refused.refusal : null;
  const setRefusal = (next: BoardRefusal | null) =>
    setRefused(next && planId !== null ? { planId, refusal: next } : null);
  const refuse = (asked: Asked, reason: string) =>
    setRefusal({ ...asked, reason, nearest: null, otherUnit: null });
  const canChange = view.canPlan && planId !== null && view.suggestion.status !== "running";

  const spanOf = ({ start, end }: Times) => ({
    start: formatInstant(zone, start),
    end: formatInstant(zone, end),
  });
  const send = (at: WindowParams, { unit, stops, ...times }: WindowRequest) => {
    const body = { ...spanOf(times), unit, ...(stops ? { stops: [...stops] } : {}) };
    return view.isOwn ? changeOwnWindow(at, body) : ask(planCalls.changeWindow, { ...at, body });
  };

  const run = async (asked: Asked, act: (plan: string) => Promise<boolean>): Promise<boolean> => {
    if (!canChange || isBusy) return false;
    setBusy(true);
    setRefusal(null);
    try {
      return await act(planId);
    } catch (cause) {
      refuse(asked, failureWords(cause));
      return false;
    } finally {
      draft.set(() => null);
      setBusy(false);
    }
  };
  const follow = (
    reply: Changed,
    asked: Asked & { readonly request: WindowRequest },
    done: (window: WindowReply) => void,
  ): boolean => {
    if (reply.ok) {
      done(reply.window);
      view.reload();
      return true;
    }
    const { reason, nearest, otherUnit } = reply;
    const { request } = asked;
    setRefusal({
      ...asked,
      reason,
      nearest: nearest && { ...request, ...timesIn(nearest) },
      otherUnit: otherUnit === null ? null : { ...request, unit: otherUnit },
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
  const putBack = async (at: WindowParams, window: WindowReply) => {
    const back = await send(at, asItIs(window));
    if (!back.ok) throw new ApiError({ status: 0, title: "Not undone", detail: back.reason });
  };

  const add = (request: NewRequest, orNearest: boolean) => {
    const asked = { windowId: null, hand: null, request };
    return run(asked, async (plan) => {
      const { unit, zone: place, instead } = request;
      const body = { ...spanOf(request), unit, zone: place, instead };
      const reply = await ask(planCalls.addWindow, { planId: plan, body });
      if (orNearest && !reply.ok) {
        view.chooseWindow(null);
        setAdding({ ...request, ...(reply.nearest ? timesIn(reply.nearest) : {}) });
        if (reply.nearest) return false;
      }
      return follow(reply, asked, ({ id, place }) => {
        setAdding(null);
        showToast(`Added: ${place}`);
        view.chooseWindow(id);
        remember(`add the patrol at ${place}`, () =>
          ask(planCalls.withdraw, { planId: plan, body: { windowIds: [id] } }),
        );
      });
    });
  };

  return {
    canChange,
    isOwn: view.isOwn,
    isBusy,
    refusal,
    draft,
    adding,
    startAdding: (request: NewRequest | null) => {
      setRefusal(null);
      setAdding(request);
      if (request) view.chooseWindow(null);
    },
    refuse: ({ id: windowId }: WindowReply, reason: string, hand: Hand) =>
      refuse({ windowId, hand, request: null }, reason),
    closeRefusal: () => setRefusal(null),
    change: (window: WindowReply, request: WindowRequest, hand: Hand) => {
      const asked = { windowId: window.id, hand, request };
      return run(asked, async (plan) => {
        const at = { planId: plan, windowId: window.id };
        return follow(await send(at, request), asked, () => {
          showToast(changeWords(window, request, (time) => zone.dateOf(time)));
          remember(`change the patrol at ${window.place}`, () => putBack(at, window));
        });
      });
    },
    add: (request: NewRequest) => add(request, false),
    /** If its time is taken, opens the form with the nearest that fits. */
    suggest: (request: NewRequest) => add(request, true),
    /** Marks a lost patrol as not to be replaced, or reverts that. */
    dismiss: (lost: WindowParams, place: string, dismissed: boolean) =>
      run({ windowId: null, hand: null, request: null }, async () => {
        const set = (to: boolean) => ask(planCalls.dismiss, { ...lost, body: { dismissed: to } });
        try {
          await set(dismissed);
        } catch (cause) {
          // There is no open form beside the list to show it in.
          showToast(failureWords(cause));
          return false;
        }
        view.reload();
        showToast(dismissed ? `Left out: ${place}` : `On the list again: ${place}`);
        remember(`${dismissed ? "leave" : "list"} the patrol at ${place}`, () => set(!dismissed));
        return true;
      }),
    split: (window: WindowReply, afterStop: number, hand: Hand) => {
      const asked = { windowId: window.id, hand, request: asItIs(window) };
      return run(asked, async (plan) => {
        const at = { planId: plan, windowId: window.id };
        const reply = await ask(planCalls.splitWindow, { ...at, body: { afterStop } });
        return follow(reply, asked, ({ id, unit, start }) => {
          showToast(
            `Split: the rest goes to unit ${unitNumber(unit)} at ${formatTimeOfDay(start)}`,
          );
          remember(`split the patrol at ${window.place}`, async () => {
            await ask(planCalls.withdraw, { planId: plan, body: { windowIds: [id] } });
            await putBack(at, window);
          });
        });
      });
    },
    /** A new suggestion keeps a locked window as it is. */
    lock: (window: WindowReply, locked: boolean, hand: Hand) => {
      const asked = { windowId: window.id, hand, request: asItIs(window) };
      return run(asked, async (plan) => {
        const set = (to: boolean) => {
          const at = { planId: plan, windowId: window.id };
          return ask(planCalls.changeWindow, { ...at, body: { locked: to } });
        };
        return follow(await set(locked), asked, () => {
          showToast(locked ? "Locked: new suggestions keep it" : "Unlocked");
          remember(`${locked ? "lock" : "unlock"} the patrol at ${window.place}`, () =>
            set(!locked),
          );
        });
      });
    },
    remove: (window: WindowReply, hand: Hand) =>
      run({ windowId: window.id, hand, request: null }, async (plan) => {
        const own = { planId: plan, body: { windowIds: [window.id] } };
        await (view.isOwn ? withdrawOwn(plan, [window.id]) : ask(planCalls.withdraw, own));
        view.reload();
        showToast(`Removed: ${window.place}`);
        if (view.isOwn) {
          undoHistory.end();
          return true;
        }
        remember(`remove the patrol at ${window.place}`, async () => {
          await ask(planCalls.restore, own);
          if (window.status === "agreed") await ask(planCalls.agree, own);
        });
        return true;
      }),
  };
}

export const timesIn = ({ start, end }: Pick<WindowReply, "start" | "end">): Times => ({
  start: Date.parse(start),
  end: Date.parse(end),
});

function asItIs(window: WindowReply): WindowRequest {
  return {
    ...timesIn(window),
    unit: window.unit,
    stops: window.stops.map((stop) => stop.cell),
  };
}

/** "Now 21:30 to 23:00", with day and unit where they changed. */
function changeWords(
  window: WindowReply,
  { start, end, unit }: WindowRequest,
  dateOf: (at: number) => string,
): string {
  const date = dateOf(start);
  const day = date === window.start.slice(0, 10) ? "" : `${formatDay(date)}, `;
  const hands = unit === undefined || unit === window.unit ? "" : `, unit ${unitNumber(unit)}`;
  return `Now ${day}${formatTimeOfDay(start)} to ${formatTimeOfDay(end)}${hands}`;
}
