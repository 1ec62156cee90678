import { useEffect, useRef, useState } from "react";
import { type DateRange, shiftRange } from "#client/hotspots/presets.ts";

export interface PlayInput {
  readonly range: DateRange;
  readonly within: DateRange;
  /** How far each frame moves on. */
  readonly stepDays: number;
  /** `continues` from the second frame on: all of a play is one step to undo. */
  readonly onRange: (range: DateRange, continues: boolean) => void;
}

export interface Play {
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
export function usePlay({ range, within, stepDays, onRange }: PlayInput): Play {
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
