import { nounOf } from "#client/hotspots/kind-words.ts";
import type { Picture } from "#client/hotspots/use-picture.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { formatCount, formatDecimal, formatQuantity } from "#client/ui/format.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface FilteredCountProps {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly hovered: H3Cell | null;
  readonly nameOf: (cell: H3Cell) => string;
}

/** How many are left by the filter, always; and what the pointer is on. */
export function FilteredCount({ view, picture, hovered, nameOf }: FilteredCountProps) {
  const { leading, beside, lens } = picture;
  const { one, many } = nounOf(view);
  const { total, hourUnknown } = leading.summary;
  const isHourFiltered = view.time.hours !== null || view.time.days.length < 7;
  const studyIndex = hovered ? lens.study.indexOf.get(hovered) : undefined;
  return (
    <div className="filtered-count">
      {hovered && studyIndex !== undefined ? (
        <p className="filtered-count__place">
          {nameOf(hovered)}: {formatDecimal(leading.summary.weights[studyIndex] ?? 0)}
        </p>
      ) : null}
      <p>
        <strong data-testid="filtered-count">{formatQuantity(total, one, many)}</strong>
        {beside ? `, beside ${formatQuantity(beside.summary.total, "police record")}` : ""}
      </p>
      {isHourFiltered && hourUnknown > 0 ? (
        <p className="quiet">Hour unknown: {formatCount(hourUnknown)}, left out</p>
      ) : null}
    </div>
  );
}
