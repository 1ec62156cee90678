import type { CSSProperties } from "react";
import { judgeDraft } from "#client/patrols/board-desk.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { noConflictWords } from "#client/patrols/plan-words.ts";
import type { Drawn } from "#client/patrols/week/WeekBlockButton.tsx";
import { isLow, type Slot, slotOf, type Week } from "#client/patrols/week/week-layout.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";
import { useStore } from "#client/state/use-store.ts";
import { classNames } from "#client/ui/class-names.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";

/** Validity is shown by words and edge, not by colour alone. */
export function DraftGhost({
  week,
  boxOf,
}: {
  readonly week: Week;
  readonly boxOf: (slot: Slot) => CSSProperties;
}) {
  const { board, desk } = usePlanParts();
  const draft = useStore(board.draft, (state) => state);
  const slot = draft && slotOf(week, draft.start, draft.end);
  if (!desk || !slot) return null;
  const { reason } = judgeDraft(desk, draft);
  const fits = reason === null;
  return (
    <div
      className={classNames(
        "week__ghost absolute small no-pointer",
        fits ? "week__ghost--fits" : "week__ghost--refused fault",
        isLow(slot, week) && "week__ghost--low",
      )}
      style={boxOf(slot)}
      data-fits={fits}
    >
      <span className="week__ghost-words on-paper shadow stack">
        <strong>
          {formatTimeOfDay(draft.start)} to {formatTimeOfDay(draft.end)}
        </strong>
        <span>{reason ?? noConflictWords}</span>
      </span>
    </div>
  );
}

export function WeekRefusal({
  week,
  blocks,
  boxOf,
  onDone,
}: {
  readonly week: Week;
  readonly blocks: readonly Drawn[];
  readonly boxOf: (slot: Slot, block: Drawn | null) => Readonly<Record<Sides, string>>;
  readonly onDone: (windowId: string) => void;
}) {
  const { refusal } = usePlanParts().board;
  const block = blocks.find(({ id }) => id === refusal?.windowId);
  const hand = refusal?.hand;
  if (!block || (hand !== "drop" && hand !== "block")) return null;
  const { request } = refusal ?? {};
  const dropped = hand === "drop" && request ? slotOf(week, request.start, request.end) : null;
  const slot = dropped ?? block.slot;
  const box = boxOf(slot, dropped ? null : block);
  return (
    <>
      {dropped ? (
        <div
          className="week__ghost absolute small no-pointer week__ghost--refused fault week__ghost--dropped"
          style={box}
        />
      ) : null}
      <div className="week__refusal absolute shadow" style={besideOf(box, slot, week)}>
        <RefusalAt window={block.window} hand={hand} onDone={() => onDone(block.id)} />
      </div>
    </>
  );
}

type Sides = "top" | "height" | "left" | "width";

function besideOf(
  { top, height, left, width }: Readonly<Record<Sides, string>>,
  slot: Slot,
  week: Week,
): CSSProperties {
  const isLate = slot.column >= week.dates.length / 2;
  return {
    ...(isLow(slot, week)
      ? { bottom: `calc(100% - ${top})` }
      : { top: `calc(${top} + ${height})` }),
    ...(isLate ? { right: `calc(100% - ${left} - ${width})` } : { left }),
  };
}
