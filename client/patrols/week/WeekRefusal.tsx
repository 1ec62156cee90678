import type { CSSProperties } from "react";
import type { Board } from "#client/patrols/use-board.ts";
import type { Drawn } from "#client/patrols/week/WeekBlockButton.tsx";
import { isLow, type Slot, slotOf, type Week } from "#client/patrols/week/week-layout.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";

/** Why a patrol did not go where it was dropped or sent by a key, told at that very place. */
export function WeekRefusal({
  board,
  week,
  blocks,
  boxOf,
  onDone,
}: {
  readonly board: Board;
  readonly week: Week;
  readonly blocks: readonly Drawn[];
  readonly boxOf: (slot: Slot, block: Drawn | null) => Readonly<Record<Sides, string>>;
  /** The offer was taken. */
  readonly onDone: (windowId: string) => void;
}) {
  const { refusal } = board;
  const block = blocks.find(({ id }) => id === refusal?.windowId);
  const hand = refusal?.hand;
  if (!block || (hand !== "drop" && hand !== "block")) return null;
  const { ask } = refusal ?? {};
  const dropped = hand === "drop" && ask ? slotOf(week, ask.start, ask.end) : null;
  const slot = dropped ?? block.slot;
  const box = boxOf(slot, dropped ? null : block);
  return (
    <>
      {dropped ? (
        <div className="week__ghost week__ghost--refused week__ghost--dropped" style={box} />
      ) : null}
      <div className="week__refusal" style={besideOf(box, slot, week)}>
        <RefusalAt
          board={board}
          window={block.window}
          hand={hand}
          onDone={() => onDone(block.id)}
        />
      </div>
    </>
  );
}

type Sides = "top" | "height" | "left" | "width";

/** Below it or above, to the right or to the left: wherever the week has more room. */
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
