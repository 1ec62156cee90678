import { useEffect } from "react";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import {
  type Fix,
  leastAccuracyM,
  type NearStop,
  nearestStop,
} from "#core/patrols/duty/near-stop.ts";
import type { TonightStop } from "#core/patrols/wire/tonight.ts";

/**
 * The phone's own position, where its officer switched it on: in this page's memory, in no request,
 * no storage and no log, and only for the stops of the own plan (SAFEGUARDS 5).
 */
export type PositionState =
  | { readonly kind: "off" }
  | { readonly kind: "waiting" }
  | { readonly kind: "on"; readonly fix: Fix }
  /** The phone or its person does not allow it. */
  | { readonly kind: "denied" }
  | { readonly kind: "unavailable" };

export const position = createStore<PositionState>({ kind: "off" });

export const canBeLocated = (): boolean => "geolocation" in navigator && window.isSecureContext;

/** Only ever called by a tap. */
export function switchPositionOn(): void {
  isWanted = true;
  position.set(() => ({ kind: "waiting" }));
  document.addEventListener("visibilitychange", watch);
  watch();
}

export function switchPositionOff(): void {
  isWanted = false;
  document.removeEventListener("visibilitychange", watch);
  watch();
  position.set(() => ({ kind: "off" }));
}

let isWanted = false;
let watching: number | null = null;

forgetOnSignOut(() => {
  if (isWanted) switchPositionOff();
});

/** Off while the page is out of sight; what it knew is then too old to offer anything by. */
function watch(): void {
  const isDue = isWanted && !document.hidden;
  if (isDue === (watching !== null)) return;
  if (watching !== null) {
    navigator.geolocation.clearWatch(watching);
    watching = null;
    position.set(() => ({ kind: "waiting" }));
    return;
  }
  watching = navigator.geolocation.watchPosition(hear, fail, {
    enableHighAccuracy: false,
    maximumAge: 15_000,
  });
}

function hear({ coords: { longitude, latitude, accuracy } }: GeolocationPosition): void {
  if (watching === null) return;
  position.set(() => ({ kind: "on", fix: { at: [longitude, latitude], accuracyM: accuracy } }));
}

function fail({ code, PERMISSION_DENIED }: GeolocationPositionError): void {
  if (watching === null) return;
  if (code === PERMISSION_DENIED) switchPositionOff();
  position.set(() => ({ kind: code === PERMISSION_DENIED ? "denied" : "unavailable" }));
}

export interface Here {
  readonly state: PositionState["kind"];
  /** The nearest stop of these; null where nothing may be said. */
  readonly near: NearStop<TonightStop> | null;
  /** Known to this many metres only, which is too little to offer a stop by. */
  readonly roughM: number | null;
}

/** Of stops that the unit may go to: approved, its own, and none while they are not sure. */
export function useHere(stops: readonly TonightStop[]): Here {
  const state = useStore(position, (one) => one);
  useEffect(() => switchPositionOff, []);
  if (state.kind !== "on") return { state: state.kind, near: null, roughM: null };
  const { fix } = state;
  const roughM = fix.accuracyM > leastAccuracyM ? Math.round(fix.accuracyM) : null;
  return { state: "on", near: nearestStop(stops, fix), roughM };
}
