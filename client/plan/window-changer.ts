import type { Board, BoardRefusal, WindowAsk } from "#client/plan/use-board.ts";
import type { WindowReply } from "#core/wire/plan.ts";

/** The board as one window's own panel uses it. */
export interface WindowChanger {
  readonly isBusy: boolean;
  readonly refusal: BoardRefusal | null;
  /** True when it was done. */
  readonly change: (ask: WindowAsk) => Promise<boolean>;
  readonly refuse: (reason: string) => void;
}

export function changerOf(board: Board, window: WindowReply): WindowChanger {
  return {
    isBusy: board.isBusy,
    refusal: board.refusal?.windowId === window.id ? board.refusal : null,
    change: (ask) => board.change(window, ask),
    refuse: (reason) => board.refuse(window.id, reason),
  };
}
