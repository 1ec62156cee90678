import type { PictureKind } from "#client/plan/PlanBoard.tsx";
import type { KeepClear } from "#client/plan/use-keep-clear.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { WeekGrid } from "#client/plan/WeekGrid.tsx";
import { WindowTable } from "#client/plan/WindowTable.tsx";
import { formatDate } from "#client/ui/format.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";

export interface PlanPictureProps {
  readonly view: PlanView;
  readonly keepClear: KeepClear;
  readonly picture: PictureKind;
  readonly onPicture: (picture: PictureKind) => void;
}

/** The same windows as a week or as a list. */
export function PlanPicture({ view, keepClear, picture, onPicture }: PlanPictureProps) {
  return (
    <>
      <div className="plan__picture">
        {picture === "week" ? (
          <WeekGrid view={view} keepClear={keepClear} />
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
        <ul className="plan__legend no-print" aria-label="Legend">
          <li>
            <span className="plan__swatch plan__swatch--suggested" aria-hidden="true" /> Suggested
          </li>
          <li>
            <span className="plan__swatch plan__swatch--agreed" aria-hidden="true" /> Agreed
          </li>
          {view.canPlan ? (
            <li>
              <Hatch /> <span>{keepClearWords(keepClear)}</span>
            </li>
          ) : null}
        </ul>
      </div>
    </>
  );
}

function keepClearWords({ until, failed }: KeepClear): string {
  const name = "Keep clear: outreach and other protected time";
  if (failed) return `${name} (could not be loaded; reload the page)`;
  return until === null
    ? name
    : `${name}, somewhere; the map says where. Shown to ${formatDate(new Date(until).toISOString().slice(0, 10))}`;
}
