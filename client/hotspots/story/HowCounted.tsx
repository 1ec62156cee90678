import { statementOf } from "#client/hotspots/measures/list.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import { isWholeWeek } from "#client/hotspots/state/view.ts";
import { nounOf } from "#client/hotspots/state/words.ts";
import { capitalised, formatDecimal } from "#client/ui/format.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface HowCountedProps {
  readonly ranked: Ranked;
}

export function HowCounted({ ranked }: HowCountedProps) {
  const { view } = useHotspotsParts();
  const { lens, leading } = ranked.picture;
  const { total, hourUnknown, outside } = leading.summary;
  const { one, many } = nounOf(view);
  const counted = formatQuantity(total, one, many);
  const isWhole = isWholeWeek(view.time);
  const partsAlone = ranked.rows.filter(({ count, weight }) => count === 0 && weight > 0).length;
  const beside = ranked.rows.filter((row) => row.beside).length;
  const statement = statementOf(ranked.picture.aside);
  return (
    <>
      <p>
        <strong>{counted}</strong>: each counts once, at the middle of its time span. The sentence,
        weekly bars, first column and test use this.
      </p>
      <p>
        <strong>{formatDecimal(leading.shared)} with uncertain times shared out</strong>: a report
        from between 19:00 and 21:00 is split evenly over those hours. Only the part inside your
        dates and hours counts. Map colours, list order and clock use this.
        {partsAlone > 0
          ? ` Not listed, but on the map and in files: ${formatQuantity(partsAlone, "place")} with such parts alone.`
          : ""}
      </p>
      {hourUnknown > 0 ? (
        <p>
          <strong>{formatQuantity(hourUnknown, one, many)} without a known hour</strong> (a day or
          longer): {isWhole ? "in both figures, but not in the clock." : "in neither figure."}
        </p>
      ) : null}
      {outside > 0 ? (
        <p>
          <strong>{formatQuantity(outside, one, many)} outside</strong> {lens.study.name}: not
          counted and not on the map.
        </p>
      ) : null}
      {beside > 0 ? (
        <p>
          <strong>{formatQuantity(beside, "place")} beside a hotspot</strong>: beyond chance only
          with what is next door, and no longer once that is left out. No hotspot, and not on the
          map.
        </p>
      ) : null}
      <p>An area counts what is in its own 120 m cells, so areas add up at every cell size.</p>
      <p className="quiet">{capitalised(describeTest(total, lens.study))}.</p>
      {statement ? <p className="quiet">{capitalised(statement)}.</p> : null}
    </>
  );
}
