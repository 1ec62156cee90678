import { type ReactNode, useMemo } from "react";
import { Histogram } from "#client/hotspots/clock/Histogram.tsx";
import { Player } from "#client/hotspots/clock/Player.tsx";
import { weeklyBars } from "#client/hotspots/clock/weekly-bars.ts";
import { nounOf } from "#client/hotspots/count-words.ts";
import type { HotspotsData, Picture } from "#client/hotspots/files/use-picture.ts";
import { filterOf } from "#client/hotspots/filters.ts";
import { comparedOf } from "#client/hotspots/measures/list.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { dailyHistogram } from "#core/hotspots/histogram.ts";

export interface TimeDockProps {
  readonly data: HotspotsData;
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly within: DateRange;
  readonly onChange: ChangeView;
  readonly clock: ReactNode;
}

/** Below the map: the clock, and the histogram with its brush and player. */
export function TimeDock({ data, view, picture, within, onChange, clock }: TimeDockProps) {
  const source = leadingSource(view);
  const bars = useBars(data, view, picture, within, source);
  const hollow = useBars(data, view, picture, within, "discovered");
  const setRange = ({ from, to }: DateRange, continues = false) =>
    onChange({ from, to }, continues);
  return (
    <section className="time-dock no-print" aria-label="Time">
      {clock}
      <div className="time-dock__weeks">
        <Player range={view} within={within} onRange={setRange} />
        <Histogram
          bars={bars}
          hollowBars={source === "reported" && view.discovered.length > 0 ? hollow : null}
          noun={nounOf(view).many}
          range={view}
          within={within}
          baseline={comparedOf(picture.aside)?.range ?? null}
          onRange={setRange}
        />
      </div>
    </section>
  );
}

/** Not under the dates: the brush must not change what it stands on. */
function useBars(
  { events, zone }: HotspotsData,
  view: HotspotsView,
  { lens }: Picture,
  within: DateRange,
  source: "reported" | "discovered",
) {
  const kinds = view[source].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dates are left out on purpose.
  return useMemo(() => {
    const filter = filterOf(view, source, zone);
    return weeklyBars(dailyHistogram(events, lens.indexOfCell, filter, zone), within);
  }, [events, zone, lens, within, source, kinds, view.time]);
}
