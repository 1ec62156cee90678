import { type KeyboardEvent, useMemo, useState } from "react";
import { command } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import type { Position } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

export interface PlaceSearchProps {
  readonly gazetteer: Gazetteer;
  readonly text: string;
  readonly error: string | undefined;
  readonly onText: (text: string) => void;
  readonly onFound: (at: Position) => void;
}

interface FoundPlace {
  readonly name: string;
  readonly at: Position;
}

/** Finds a place without a pointer and without asking anyone: the names are already here. */
export function PlaceSearch({ gazetteer, text, error, onText, onFound }: PlaceSearchProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useMemo(() => searchPlaces(gazetteer, text), [gazetteer, text]);
  const isTouch = useMedia("(pointer: coarse)");
  const isShown = text !== "" && chosen !== text;
  const choose = (place: FoundPlace) => {
    setChosen(text);
    onFound(place.at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = found;
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (first && isShown) choose(first);
  };
  return (
    <search className="place-search" onKeyDown={onKeyDown}>
      <TextField
        label="Street, station or coordinates"
        hint={`Or ${isTouch ? "tap" : "click"} the map below.`}
        value={text}
        error={error}
        isOutsideForm
        onChange={(next) => {
          onText(next);
          setChosen(null);
        }}
      />
      {isShown ? (
        <ul className="place-search__found" aria-label="Places found">
          {found.map((place) => (
            <li key={place.name}>
              <Button look="quiet" onClick={() => choose(place)}>
                {place.name}
              </Button>
            </li>
          ))}
          {found.length === 0 && text.trim().length > 1 ? (
            <li className="quiet">No place by that name. Choose it on the map instead.</li>
          ) : null}
        </ul>
      ) : null}
    </search>
  );
}

const mostFound = 8;

/**
 * Stations, corners, streets and neighbourhoods whose name holds every typed word; or a point
 * that was typed as latitude, longitude. All of it happens in the browser.
 */
export function searchPlaces(gazetteer: Gazetteer, text: string): readonly FoundPlace[] {
  const point = readCoordinates(text);
  if (point) return [{ name: "These coordinates", at: point }];
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.join("").length < 2) return [];
  return namesOf(gazetteer)
    .map((place) => ({ place, rank: rankOf(place.name.toLowerCase(), words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.place.name.localeCompare(b.place.name))
    .slice(0, mostFound)
    .map(({ place }) => place);
}

function namesOf(gazetteer: Gazetteer): FoundPlace[] {
  const seen = new Set<string>();
  return [
    ...gazetteer.stations.map(({ name, at }) => ({ name: `${name} station`, at })),
    ...gazetteer.neighbourhoods,
    ...gazetteer.corners.map(({ road, name, at }) => ({ name: `${road} by ${name}`, at })),
    ...gazetteer.streets,
  ].filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** Lower is better: the start of the name, then the start of a word, then anywhere. */
function rankOf(name: string, words: readonly string[]): number | null {
  if (!words.every((word) => name.includes(word))) return null;
  const first = words[0] ?? "";
  if (name.startsWith(first)) return 0;
  return name.includes(` ${first}`) ? 1 : 2;
}

/** "51.6147, -0.0644" as maps and phones write it: latitude first; the other way round is seen. */
export function readCoordinates(text: string): Position | null {
  const [, first, second] =
    /^\s*(-?\d{1,3}\.\d+)\s*°?\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*°?\s*$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  const [a, b] = [Number(first), Number(second)];
  const { centre } = command.get();
  const ways = (
    [
      [b, a],
      [a, b],
    ] as const
  ).filter(([lng, lat]) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180);
  const [best = null] = ways.toSorted((one, other) => apart(one, centre) - apart(other, centre));
  return best && [best[0], best[1]];
}

/** Degrees, for telling which of two is nearer. */
function apart(one: Position, other: Position): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}
