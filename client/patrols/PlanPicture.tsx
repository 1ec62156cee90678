import { BoardTools } from "#client/patrols/BoardTools.tsx";
import type { BoardDesk } from "#client/patrols/board-desk.ts";
import { bestCount, isLost } from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { WeekGrid } from "#client/patrols/week/WeekGrid.tsx";
import { WindowTable } from "#client/patrols/window/WindowTable.tsx";
import { shownToText } from "#client/protected-time/keep-clear.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import "#client/patrols/plan-foot.css";

export type PictureKind = "week" | "list";

export interface PlanPictureProps {
  readonly view: PlanView;
  readonly keepClear: KeepClear;
  readonly board: Board;
  readonly desk: BoardDesk | null;
  readonly picture: PictureKind;
  readonly onPicture: (picture: PictureKind) => void;
}

/** The same windows as a week or as a list. */
export function PlanPicture(props: PlanPictureProps) {
  const { view, keepClear, board, desk, picture, onPicture } = props;
  return (
    <>
      <div className="plan__picture">
        {picture === "week" ? (
          <WeekGrid view={view} keepClear={keepClear} board={board} desk={desk} />
        ) : (
          <WindowTable view={view} />
        )}
      </div>
      <div className="plan__foot">
        <Segmented
          label="Show as"
          value={picture}
          options={[
            { value: "week", label: "Week" },
            { value: "list", label: "List" },
          ]}
          onChange={onPicture}
        />
        <BoardTools view={view} board={board} />
        {picture === "week" ? (
          <ul className="plan__legend no-print" aria-label="Legend">
            <li>
              <span className="plan__swatch plan__swatch--suggested" aria-hidden="true" /> Suggested
            </li>
            <li>
              <span className="plan__swatch plan__swatch--agreed" aria-hidden="true" /> Approved
            </li>
            <li>
              <span className="plan__swatch plan__swatch--best" aria-hidden="true" /> Best{" "}
              {bestCount}
            </li>
            {view.plan?.windows.some(isLost) ? (
              <li>
                <span className="plan__swatch plan__swatch--gone" aria-hidden="true" />{" "}
                <s>No longer available</s>
              </li>
            ) : null}
            {view.canPlan ? (
              <li>
                <Hatch /> <KeepClearWords keepClear={keepClear} />
              </li>
            ) : null}
          </ul>
        ) : null}
      </div>
    </>
  );
}

function KeepClearWords({ keepClear }: { readonly keepClear: KeepClear }) {
  const { shownUntil, failed } = keepClear;
  return (
    <span>
      Keep clear: outreach and other protected time
      {failed ? " (could not be loaded; reload the page)" : null}
      {shownUntil ? `, in part of the area: the map shows where. ${shownToText(shownUntil)}` : null}
    </span>
  );
}
