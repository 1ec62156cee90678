import { type ComponentType, useEffect, useState } from "react";
import type { HotspotsData } from "#client/hotspots/files/use-picture.ts";
import { statementOf } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { SteadyPlacesProps } from "#client/hotspots/story/SteadyPlaces.tsx";
import { type HotspotsView, isWholeWeek } from "#client/hotspots/view.ts";
import { nounOf } from "#client/hotspots/words.ts";
import { capitalised, formatDecimal } from "#client/ui/format.ts";
import { loadPatiently } from "#client/ui/lazily.ts";
import { useMedia } from "#client/ui/use-media.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface WorkedOutProps {
  readonly data: HotspotsData;
  /** From the first record to the as-at date. */
  readonly within: DateRange;
  readonly view: HotspotsView;
  readonly ranked: Ranked | null;
}

/** Both rules of counting with their totals, and the exact statement of the test; open on paper. */
export function WorkedOut({ data, within, view, ranked }: WorkedOutProps) {
  const isPaper = useMedia("print");
  const [isOpen, setOpen] = useState(false);
  const SteadyPlaces = useSteadyPlaces();
  if (!ranked) return null;
  const { lens, leading } = ranked.picture;
  const { total, hourUnknown, outside } = leading.summary;
  const { one, many } = nounOf(view);
  const counted = formatQuantity(total, one, many);
  const isWhole = isWholeWeek(view.time);
  const statement = statementOf(ranked.picture.aside);
  return (
    <details
      className="worked-out small"
      open={isPaper}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>How this is calculated</summary>
      <p>
        <strong>{counted}</strong>: each counts once, at the middle of its time span. The sentence,
        weekly bars, first column and test use this.
      </p>
      <p>
        <strong>{formatDecimal(leading.shared)} after spreading uncertain times</strong>: a report
        from between 19:00 and 21:00 is split evenly over those hours. Only the part inside your
        dates and hours counts. Map colours, list order and clock use this.
      </p>
      {hourUnknown > 0 ? (
        <p>
          <strong>{formatQuantity(hourUnknown, one, many)} without a known hour</strong> (spread
          over more than 24 hours):{" "}
          {isWhole ? "in both figures, but not in the clock." : "in neither figure."}
        </p>
      ) : null}
      {outside > 0 ? (
        <p>
          <strong>{formatQuantity(outside, one, many)} outside</strong> {lens.study.name}: not
          counted and not on the map.
        </p>
      ) : null}
      {SteadyPlaces && (isOpen || isPaper) ? (
        <SteadyPlaces data={data} view={view} picture={ranked.picture} within={within} />
      ) : null}
      <p>An area counts what is in its own 120 m cells, so areas add up at every cell size.</p>
      <p className="quiet">{capitalised(describeTest(total, lens.study))}.</p>
      {statement ? <p className="quiet">{capitalised(statement)}.</p> : null}
    </details>
  );
}

/** Its code comes behind the list, and is there before anybody prints. */
function useSteadyPlaces(): ComponentType<SteadyPlacesProps> | null {
  const [loaded, setLoaded] = useState<ComponentType<SteadyPlacesProps> | null>(null);
  useEffect(() => {
    void loadPatiently(() => import("#client/hotspots/story/SteadyPlaces.tsx")).then(
      ({ SteadyPlaces }) => setLoaded(() => SteadyPlaces),
    );
  }, []);
  return loaded;
}
