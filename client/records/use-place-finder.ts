import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { gazetteerNames } from "#client/records/gazetteers.ts";
import { useStore } from "#client/state/use-store.ts";
import { createPlaceFinder, type PlaceFinder } from "#core/gazetteer/find-place.ts";
import { unpackKnown } from "#core/wire/gazetteer.ts";

export interface PlaceFinding {
  /** Null until the names are there. */
  readonly finder: PlaceFinder | null;
  /** Why they are not, once that is known. */
  readonly fault: string | null;
}

/** What places rows by words on this computer; its names are fetched once they may be needed. */
export function usePlaceFinder(mayNeed: boolean): PlaceFinding {
  const names = useStore(gazetteerNames.store, (state) => state);
  useEffect(() => {
    if (mayNeed && names.status === "idle") gazetteerNames.ensure();
  }, [mayNeed, names.status]);
  const reply = hasValue(names) ? names.value : null;
  const finder = useMemo(() => reply && createPlaceFinder(unpackKnown(reply)), [reply]);
  const fault = names.status === "failed" ? `${names.error.title}. ${names.error.detail}` : null;
  return { finder, fault };
}
