import { type CSSProperties, Fragment, type KeyboardEvent, type PointerEvent } from "react";
import { isLost, shortPlace, statusWords } from "#client/patrols/plan-words.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import type { Grip } from "#client/patrols/week/use-week-drag.ts";
import type { WeekBlock } from "#client/patrols/week/week-layout.ts";
import { classNames } from "#client/ui/class-names.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { formatDay } from "#core/time/words.ts";

export interface Drawn extends WeekBlock {
  readonly plan: PlanReply;
  readonly window: WindowReply;
  /** By worth, from 1; null for a window no longer valid. */
  readonly rank: number | null;
  readonly isBest: boolean;
}

export interface WeekBlockButtonProps {
  readonly block: Drawn;
  readonly style: CSSProperties;
  readonly isStop: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Absent for one that stays where it is. */
  readonly onGrab?: ((event: PointerEvent, grip: Grip) => void) | undefined;
}

export function WeekBlockButton(props: WeekBlockButtonProps) {
  const { window, rank, isBest } = props.block;
  const titleOf = useUnitTitle();
  const unit = titleOf(window, true);
  const words = [
    // The visible text comes first, for voice control.
    `${formatTimeOfDay(window.start)} ${unit} ${shortPlace(window.place)}`,
    window.place,
    `${formatDay(window.start.slice(0, 10))} to ${formatTimeOfDay(window.end)}`,
    titleOf(window).toLowerCase(),
    statusWords[window.status].toLowerCase(),
    ...(window.unstaffed ? [window.unstaffed] : []),
    ...(window.locked ? ["locked"] : []),
    ...(rank === null ? [] : [`priority ${rank}`]),
  ].join(", ");
  return (
    <button
      type="button"
      data-window={props.block.id}
      className={classNames(
        "week__block absolute bare block",
        `week__block--${isLost(window) ? "gone" : window.status}`,
        isBest && "week__block--best",
        props.isChosen && "week__block--chosen",
        window.unstaffed && "week__block--unstaffed",
        props.onGrab && "week__block--loose",
      )}
      style={props.style}
      tabIndex={props.isStop ? 0 : -1}
      aria-pressed={props.isChosen}
      aria-label={words}
      title={words}
      onClick={props.onChoose}
      onKeyDown={props.onKeyDown}
      onPointerDown={(event) => {
        // Touch scrolls the week unless the window is already selected.
        if (event.pointerType === "touch" && !props.isChosen) return;
        props.onGrab?.(event, gripOf(event));
      }}
    >
      <span className="week__face small block tall clips on-paper">
        {window.locked || window.unstaffed ? (
          <span className="week__lock absolute on-paper">
            {window.unstaffed ? <Icon name="warning" /> : null}
            {window.locked ? <Icon name="lock" /> : null}
          </span>
        ) : null}
        <span className="strong nowrap">{formatTimeOfDay(window.start)}</span>{" "}
        <span className="week__unit">{unit}</span>{" "}
        <span className="week__place block clips">
          {shortPlace(window.place)
            .split(" ")
            .map((word, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: words of one name, which may repeat.
              <Fragment key={index}>
                <span className="week__word">{word}</span>{" "}
              </Fragment>
            ))}
        </span>
      </span>
    </button>
  );
}

function gripOf(event: PointerEvent): Grip {
  const box = event.currentTarget.getBoundingClientRect();
  if (box.height < leastForEdgesPx) return "move";
  if (event.clientY - box.top < edgePx) return "start";
  return box.bottom - event.clientY < edgePx ? "end" : "move";
}

/** Pixels at each end for stretching, on blocks high enough to leave a middle. */
const edgePx = 7;
const leastForEdgesPx = 28;
