import { useEffect, useRef, useState } from "react";
import { type DateRange, shiftRange } from "#client/hotspots/presets.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDateRange } from "#client/ui/format.ts";

export interface PlayerProps {
  readonly range: DateRange;
  readonly within: DateRange;
  readonly onRange: (range: DateRange) => void;
}

const frameMs = 600;
const stepDays = 7;

/** Moves the dates on by a week at a time; stops at the last one. */
export function Player({ range, within, onRange }: PlayerProps) {
  const [isPlaying, setPlaying] = useState(false);
  const latest = useRef({ range, within, onRange });
  latest.current = { range, within, onRange };
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      const now = latest.current;
      const next = shiftRange(now.range, stepDays, now.within);
      if (next.to === now.range.to) setPlaying(false);
      else now.onRange(next);
    }, frameMs);
    return () => clearInterval(timer);
  }, [isPlaying]);
  const isAtStart = range.from <= within.from;
  const isAtEnd = range.to >= within.to;
  const step = (days: number) => {
    setPlaying(false);
    onRange(shiftRange(range, days, within));
  };
  const play = () => {
    // From the end, play begins again at the first records.
    if (!isPlaying && isAtEnd) onRange(shiftRange(range, -100_000, within));
    setPlaying(!isPlaying);
  };
  return (
    <div className="player">
      <Button
        look="quiet"
        icon="back"
        label="One week back"
        disabled={isAtStart}
        onClick={() => step(-stepDays)}
      />
      <Button
        look="quiet"
        icon={isPlaying ? "pause" : "play"}
        label={isPlaying ? "Pause" : "Play week by week"}
        onClick={play}
      />
      <Button
        look="quiet"
        icon="forward"
        label="One week on"
        disabled={isAtEnd}
        onClick={() => step(stepDays)}
      />
      <span className="player__dates">{formatDateRange(range.from, range.to)}</span>
    </div>
  );
}
