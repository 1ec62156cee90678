import { useMemo, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { keptReply } from "#client/live/kept.ts";
import type { BoxPlace } from "#client/places/PlaceBox.tsx";
import { say } from "#client/protected-time/words/diary.tsx";
import { useStore } from "#client/state/use-store.ts";
import { cellCentre, isCell } from "#core/geo/cell.ts";
import { listSpots } from "#core/places/finding/list.ts";
import { plainWords } from "#core/places/gazetteer/names.ts";
import { type PostcodesReply, postcodesReply } from "#core/places/wire/gazetteer.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

/** Loaded whole, so that the postcode searched for never leaves the device. */
const postcodes = keptReply("/api/postcodes", postcodesReply);

interface Findable {
  readonly places: readonly BoxPlace[];
  /** Why postcodes cannot be searched; undefined where they can. */
  readonly missing: string | undefined;
  readonly onType: (typed: string) => void;
}

/** Streets, stations, corners, areas; postcodes where a list exists. */
export function useFindable(gazetteer: Gazetteer): Findable {
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
