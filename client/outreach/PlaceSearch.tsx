import { useMemo, useState } from "react";
import { searchPlaces } from "#client/outreach/place-search.ts";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { Position } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/wire/places.ts";

export interface PlaceSearchProps {
  readonly gazetteer: Gazetteer;
  readonly error: string | undefined;
  readonly onFound: (at: Position) => void;
}

/** Finds a place without a pointer and without asking anyone: the names are already here. */
export function PlaceSearch({ gazetteer, error, onFound }: PlaceSearchProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useMemo(() => searchPlaces(gazetteer, text), [gazetteer, text]);
  const isShown = text !== "" && chosen !== text;
  return (
    <div className="place-search">
      <TextField
        label="Street, station or coordinates"
        hint="Or tap the map below."
        value={text}
        error={error}
        onChange={(next) => {
          setText(next);
          setChosen(null);
        }}
      />
      {isShown ? (
        <ul className="place-search__found" aria-label="Places found">
          {found.map((place) => (
            <li key={place.name}>
              <Button
                look="quiet"
                onClick={() => {
                  setChosen(text);
                  onFound(place.at);
                }}
              >
                {place.name}
              </Button>
            </li>
          ))}
          {found.length === 0 && text.trim().length > 1 ? (
            <li className="quiet">Nothing by that name here. Tap the map instead.</li>
          ) : null}
        </ul>
      ) : null}
    </div>
  );
}
