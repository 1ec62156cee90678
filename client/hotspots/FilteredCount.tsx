import { nounOf } from "#client/hotspots/count-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { type HotspotsView, isWholeWeek } from "#client/hotspots/view.ts";
import { formatCount, formatDecimal, formatQuantity } from "#client/ui/format.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface FilteredCountProps {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly hovered: H3Cell | null;
  readonly nameOf: (cell: H3Cell) => string;
}

/** How many are left by the filter, by both rules of counting; and what the pointer is on. */
export function FilteredCount({ view, picture, hovered, nameOf }: FilteredCountProps) {
  const { leading, beside, lens, aside } = picture;
  const { one, many } = nounOf(view);
  const { total } = leading.summary;
  const studyIndex = hovered ? lens.study.indexOf.get(hovered) : undefined;
  return (
    <div className="filtered-count">
      {hovered && studyIndex !== undefined ? (
        <p className="filtered-count__place">
          {nameOf(hovered)}: {formatDecimal(leading.shares[studyIndex] ?? 0)}
          {aside?.measure === "change"
            ? `, ${formatCount(aside.summary.counts[studyIndex] ?? 0)} before`
            : ""}
        </p>
      ) : null}
      <p>
        <strong data-testid="filtered-count">{formatQuantity(total, one, many)}</strong>
        {beside ? `, beside ${formatQuantity(beside.summary.total, "police record")}` : ""}
      </p>
      <p>
        <strong data-testid="shared-count">{formatDecimal(leading.shared)}</strong> after spreading
        uncertain times
      </p>
      <HourUnknown view={view} picture={picture} />
    </div>
  );
}

/** Reports whose time is known to no better than a day can stand in no hour. */
function HourUnknown({ view, picture }: Pick<FilteredCountProps, "view" | "picture">) {
  const { hourUnknown } = picture.leading.summary;
  if (hourUnknown === 0) return null;
  return (
    <p className="quiet">
      {isWholeWeek(view.time)
        ? `Time not known for ${formatCount(hourUnknown)} of these`
        : `${formatCount(hourUnknown)} excluded: time not known`}
    </p>
  );
}
