import { type KeyboardEvent, useMemo, useState } from "react";
import { type FoundPlace, searchPlaces } from "#client/protected-time/session-form/place-search.ts";
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
            <li className="quiet">Nothing by that name here. Choose it on the map instead.</li>
          ) : null}
        </ul>
      ) : null}
    </search>
  );
}
