import { useEffect } from "react";
import { hasValue } from "#client/api/resource.ts";
import { gazetteerNames } from "#client/places/geo/gazetteers.ts";
import { useStore } from "#client/state/use-store.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";

export interface KnownNames {
  /** Null until they are there. */
  readonly names: GazetteerReply | null;
  /** Why they are not, once that is known. */
  readonly fault: string | null;
}

/** What places rows by words on this computer: fetched once it may be needed. */
export function useNames(mayNeed: boolean): KnownNames {
  const state = useStore(gazetteerNames.store, (all) => all);
  useEffect(() => {
    if (mayNeed && state.status === "idle") gazetteerNames.ensure();
  }, [mayNeed, state.status]);
  const names = hasValue(state) ? state.value : null;
  const fault = state.status === "failed" ? `${state.error.title}. ${state.error.detail}` : null;
  return { names, fault };
}
