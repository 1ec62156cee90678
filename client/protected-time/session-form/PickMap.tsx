import { type ReactNode, useMemo, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { keptReply } from "#client/live/kept.ts";
import { MapView, type MapViewProps } from "#client/map/MapView.tsx";
import { startBounds } from "#client/map/room.ts";
import { type BoxPlace, PlaceBox, type PlaceBoxProps } from "#client/places/PlaceBox.tsx";
import { useBaseMap } from "#client/protected-time/outreach/use-here.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import { command } from "#client/state/command.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { cellCentre, isCell, type Position } from "#core/geo/cell.ts";
import { listSpots } from "#core/places/finding/list.ts";
import { plainWords } from "#core/places/gazetteer/names.ts";
import { type PostcodesReply, postcodesReply } from "#core/places/wire/gazetteer.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

interface PickMapProps {
  readonly search: Pick<PlaceBoxProps<BoxPlace>, "chosen" | "error" | "hint" | "isOneWay">;
  readonly view: Pick<MapViewProps, "layers" | "frame" | "focus" | "focusZoom">;
  readonly noMap: string;
  readonly onFind: (place: { readonly name: string; readonly at: Position }) => void;
  /** What is typed is no longer what was found. */
  readonly onDrop: () => void;
  readonly onPick: (at: Position) => void;
  /** Below the map, with the button that takes its middle. */
  readonly children: (cross: ReactNode) => ReactNode;
}

/** A point by name or coordinates, or on the map: by a tap, or by keyboard at its middle. */
export function PickMap({ search, view, noMap, onFind, onDrop, onPick, children }: PickMapProps) {
  const map = useBaseMap();
  const [middle, setMiddle] = useState<Position>(command.get().centre);
  const { places, missing, onType } = useFindable(map.gazetteer);
  const home = useMemo(startBounds, []);
  return (
    <>
      <PlaceBox
        label={say("where.search")}
        places={places}
        missing={missing}
        {...search}
        onChoose={(place) => {
          setMiddle(place.at);
          onFind(place);
        }}
        onDrop={(typed) => {
          onType(typed);
          onDrop();
        }}
      />
      <div className="venue-map map-box">
        <MapView
          places={map}
          home={home}
          {...view}
          onClick={onPick}
          onMoved={({ centre }) => setMiddle(centre)}
          fallback={<p>{noMap}</p>}
        />
        <span className="cross cover" aria-hidden="true" />
      </div>
      {children(
        <Button icon="crosshair" onClick={() => onPick(middle)}>
          {say("where.cross")}
        </Button>,
      )}
    </>
  );
}

/** Loaded whole, so that the postcode searched for never leaves the device. */
const postcodes = keptReply("/api/postcodes", postcodesReply);

interface Findable {
  readonly places: readonly BoxPlace[];
  /** Why postcodes cannot be searched; undefined where they can. */
  readonly missing: string | undefined;
  readonly onType: (typed: string) => void;
}

/** Streets, stations, corners, areas; postcodes where a list exists. */
function useFindable(gazetteer: Gazetteer): Findable {
  const loaded = useStore(postcodes.store, (state) => state);
  const [isPostcode, setPostcode] = useState(false);
  const list = hasValue(loaded) ? loaded.value : null;
  const places = useMemo(
    () => [...listSpots(gazetteer), ...(list === null ? [] : placesOf(list))],
    [gazetteer, list],
  );
  const onType = (typed: string) => {
    const isOne = /^\s*[a-z]{1,2}\d/i.test(typed);
    setPostcode(isOne);
    if (isOne) postcodes.ensure();
  };
  return { places, missing: isPostcode ? whyMissing(loaded.status, list) : undefined, onType };
}

function whyMissing(status: string, list: PostcodesReply | null): string | undefined {
  if (list?.names.length === 0) return say("where.no-postcodes");
  if (list !== null) return undefined;
  return say(status === "failed" ? "where.postcodes-signal" : "where.postcodes-loading");
}

/** Found with and without the space. */
function placesOf({ names, cells }: PostcodesReply): BoxPlace[] {
  return names.flatMap((name, at) => {
    const cell = cells[at] ?? "";
    if (!isCell(cell)) return [];
    const key = plainWords(name);
    return {
      name,
      key: `${key} ${key.replaceAll(" ", "")}`,
      kind: "postcode" as const,
      at: cellCentre(cell),
    };
  });
}
