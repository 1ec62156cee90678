import { type ReactNode, useMemo } from "react";
import { MapView } from "#client/map/MapView.tsx";
import { roomAroundCells } from "#client/map/room.ts";
import { useBaseMap, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import type { H3Cell } from "#core/geo/cell.ts";

const noLayers = [] as const;

interface AwayMapProps {
  readonly cells: readonly H3Cell[];
  readonly words: string;
  readonly className: string;
  readonly isFollowed?: boolean;
  readonly fallback: ReactNode;
}

export function AwayMap({ cells, words, className, isFollowed = false, fallback }: AwayMapProps) {
  const frame = useMemo(() => roomAroundCells(cells), [cells]);
  return (
    <>
      <p className="away-key row middle gap-2">
        <Hatch /> {words}
      </p>
      <div className={className}>
        <MapView
          places={useBaseMap()}
          layers={noLayers}
          keepClear={cells}
          home={frame}
          frame={isFollowed ? frame : undefined}
          fallback={<p>{fallback}</p>}
        />
      </div>
    </>
  );
}

/** The chosen session's place; without a choice, every place with one to come. */
export function OwnMap({ chosen }: { readonly chosen: string | null }) {
  const { places, sessions } = useOwn();
  const going = sessions.filter(({ id }) => chosen === null || id === chosen);
  const shown = places.filter(({ id }) => going.some(({ placeId }) => placeId === id));
  const key = shown.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: outlines never change; the ids say which.
  const cells = useMemo(
    () => [...new Set(shown.flatMap((place) => place.cells as H3Cell[]))],
    [key],
  );
  return (
    <AwayMap
      cells={cells}
      words={say("away.map")}
      className="away-map"
      isFollowed
      fallback={shown.map(({ label }) => label).join(", ")}
    />
  );
}
