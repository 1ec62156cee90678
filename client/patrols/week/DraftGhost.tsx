import type { CSSProperties } from "react";
import { type BoardDesk, type BoardDraft, judgeDraft } from "#client/patrols/board-desk.ts";
import { noConflictWords } from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import { isLow, type Slot, slotOf, type Week } from "#client/patrols/week/week-layout.ts";
import { useStore } from "#client/state/use-store.ts";
import { classNames } from "#client/ui/class-names.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";

export interface DraftGhostProps {
  readonly board: Board;
  readonly desk: BoardDesk;
  readonly week: Week;
  readonly boxOf: (slot: Slot) => CSSProperties;
}

/** Where a dragged window would stand, and whether it may: said by words and edge, not by colour alone. */
export function DraftGhost({ board, ...rest }: DraftGhostProps) {
  const draft = useStore(board.draft, (state) => state);
  return draft ? <Ghost draft={draft} {...rest} /> : null;
}

function Ghost({
  draft,
  desk,
  week,
  boxOf,
}: Omit<DraftGhostProps, "board"> & { readonly draft: BoardDraft }) {
  const slot = slotOf(week, draft.start, draft.end);
  if (!slot) return null;
  const { fits, reason } = judgeDraft(desk, draft);
  return (
    <div
      className={classNames(
        "week__ghost",
        fits ? "week__ghost--fits" : "week__ghost--refused",
        isLow(slot, week) && "week__ghost--low",
      )}
      style={boxOf(slot)}
      data-fits={fits}
    >
      <span className="week__ghost-words">
        <strong>
          {formatTimeOfDay(draft.start)} to {formatTimeOfDay(draft.end)}
        </strong>
        <span>{reason ?? noConflictWords}</span>
      </span>
    </div>
  );
}
