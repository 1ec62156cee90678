import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Histogram } from "#client/hotspots/clock/Histogram.tsx";
import { weeklyBars } from "#client/hotspots/clock/weekly-bars.ts";
import { comparedOf } from "#client/hotspots/measures/list.ts";
import { type DateRange, shiftRange } from "#client/hotspots/measures/presets.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { filterOf } from "#client/hotspots/state/filters.ts";
import { leadingSource } from "#client/hotspots/state/view.ts";
import { nounOf } from "#client/hotspots/state/words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { dailyHistogram } from "#core/hotspots/histogram.ts";
import { formatDateRange } from "#core/time/words.ts";

export function TimeDock({ clock }: { readonly clock: ReactNode }) {
  const { view, picture, within, store } = useHotspotsParts();
  const source = leadingSource(view);
  const bars = useBars(source);
  const hollow = useBars("discovered");
  const setRange = ({ from, to }: DateRange, continues = false) =>
    store.change({ from, to }, continues);
  return (
    <section
      className="time-dock on-paper line-above no-print grid gap-5 pad-2-3"
      aria-label="Time"
    >
      {clock}
      <div className="shrinks">
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

/** Ignores the dates: the brush must not change its own background. */
function useBars(source: "reported" | "discovered") {
  const { data, view, picture, within } = useHotspotsParts();
  const { events, zone } = data;
  const { lens } = picture;
  const kinds = view[source].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dates are left out on purpose.
  return useMemo(() => {
    const filter = filterOf(view, source, zone);
    return weeklyBars(dailyHistogram(events, lens.indexOfCell, filter, zone), within);
  }, [events, zone, lens, within, source, kinds, view.time]);
}

interface PlayerProps {
  readonly range: DateRange;
  readonly within: DateRange;
  /** `continues` from the second frame of a play on: all of it is one step to undo. */
  readonly onRange: (range: DateRange, continues?: boolean) => void;
}

function Player({ range, within, onRange }: PlayerProps) {
  const [chosen, setChosen] = useState("7");
  const step = steps.find(({ value }) => value === chosen) ?? steps[1];
  const stepDays = Number(step.value);
  const { isPlaying, start, pause } = usePlay({ range, within, stepDays, onRange });
  const isAtStart = range.from <= within.from;
  const isAtEnd = range.to >= within.to;
  const hasNoRoom = isAtStart && isAtEnd;
  const move = (days: number) => {
    pause();
    onRange(shiftRange(range, days, within));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape backs out of whatever has the focus in it.
    <div
      className="player row middle gap-1"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isPlaying) return;
        event.stopPropagation();
        event.preventDefault();
        pause();
      }}
    >
      <Button
        look="quiet"
        icon="back"
        label={`${step.one} back`}
        disabled={isAtStart}
        onClick={() => move(-stepDays)}
      />
      <Button
        look="quiet"
        icon={isPlaying ? "pause" : "play"}
        label={playLabel(isPlaying, hasNoRoom, step.name)}
        disabled={hasNoRoom}
        onClick={isPlaying ? pause : start}
      />
      <Button
        look="quiet"
        icon="forward"
        label={`${step.one} on`}
        disabled={isAtEnd}
        onClick={() => move(stepDays)}
      />
      <Select bare label="Step" value={step.value} options={steps} onChange={setChosen} />
      <span className="player__dates medium">{formatDateRange(range.from, range.to)}</span>
      {hasNoRoom ? <span className="small quiet">Choose fewer days to play</span> : null}
    </div>
  );
}

function playLabel(isPlaying: boolean, hasNoRoom: boolean, name: string): string {
  if (hasNoRoom) return "Choose fewer days to play";
  return isPlaying ? "Pause" : `Play ${name}`;
}

interface PlayInput extends PlayerProps {
  readonly stepDays: number;
}

/**
 * Plays the dates forward, `stepDays` at a time, to the last record. A slow frame delays the next
 * instead of skipping it; choosing dates stops it.
 */
function usePlay({ range, within, stepDays, onRange }: PlayInput) {
  const [isPlaying, setPlaying] = useState(false);
  const latest = useRef({ range, within, stepDays, onRange });
  latest.current = { range, within, stepDays, onRange };
  const frames = useRef<{ shown: DateRange; hasMoved: boolean } | null>(null);
  const { from, to } = range;
  useEffect(() => {
    if (!isPlaying || !frames.current) return;
    if (!isSame(frames.current.shown, { from, to })) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => {
      const now = latest.current;
      const next = shiftRange(now.range, now.stepDays, now.within);
      if (isSame(next, now.range)) {
        setPlaying(false);
        return;
      }
      const continues = frames.current?.hasMoved ?? false;
      frames.current = { shown: next, hasMoved: true };
      now.onRange(next, continues);
    }, frameMs);
    return () => clearTimeout(timer);
  }, [isPlaying, from, to]);
  return {
    isPlaying,
    pause: () => setPlaying(false),
    start: () => {
      const isAtEnd = to >= within.to;
      const first = isAtEnd ? shiftRange(range, -100_000, within) : { from, to };
      frames.current = { shown: first, hasMoved: isAtEnd };
      if (isAtEnd) onRange(first, false);
      setPlaying(true);
    },
  };
}

function isSame(a: DateRange, b: DateRange): boolean {
  return a.from === b.from && a.to === b.to;
}

const steps = [
  { value: "1", label: "By the day", one: "One day", name: "day by day" },
  { value: "7", label: "By the week", one: "One week", name: "week by week" },
  { value: "28", label: "By 4 weeks", one: "Four weeks", name: "four weeks at a time" },
] as const;

/** From one frame on screen to the request for the next. */
const frameMs = 600;
