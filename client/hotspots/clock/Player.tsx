import { useEffect, useRef, useState } from "react";
import { type DateRange, shiftRange } from "#client/hotspots/presets.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { formatDateRange } from "#core/time/words.ts";

interface PlayInput {
  readonly range: DateRange;
  readonly within: DateRange;
  /** How far each frame moves on. */
  readonly stepDays: number;
  /** `continues` from the second frame on: all of a play is one step to undo. */
  readonly onRange: (range: DateRange, continues: boolean) => void;
}

interface Play {
  readonly isPlaying: boolean;
  /** From the last dates on it begins again at the first. */
  readonly start: () => void;
  readonly pause: () => void;
}

/** From one frame being on screen to the next being asked for. */
const frameMs = 600;

/**
 * Moves the dates on by themselves, as many days at a time, to the last record. A frame that takes long
 * delays the next instead of being skipped, and dates that a person chooses meanwhile end it.
 */
function usePlay({ range, within, stepDays, onRange }: PlayInput): Play {
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

export interface PlayerProps {
  readonly range: DateRange;
  readonly within: DateRange;
  /** `continues` within one play. */
  readonly onRange: (range: DateRange, continues?: boolean) => void;
}

const steps = [
  { value: "1", label: "By the day", one: "One day", name: "day by day" },
  { value: "7", label: "By the week", one: "One week", name: "week by week" },
  { value: "28", label: "By 4 weeks", one: "Four weeks", name: "four weeks at a time" },
] as const;

/** Moves the dates on, by hand or by itself; their length and the colours stay as they are. */
export function Player({ range, within, onRange }: PlayerProps) {
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
      className="player"
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
      <span className="player__dates">{formatDateRange(range.from, range.to)}</span>
      {hasNoRoom ? (
        <span className="small quiet">All records: choose fewer days to play through them</span>
      ) : null}
    </div>
  );
}

function playLabel(isPlaying: boolean, hasNoRoom: boolean, name: string): string {
  if (hasNoRoom) return "Nothing to play: the dates cover all records";
  return isPlaying ? "Pause" : `Play ${name}`;
}
