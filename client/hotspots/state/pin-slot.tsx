import { type ComponentType, createContext, Suspense, use } from "react";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface PinProps {
  readonly view: HotspotsView;
  /** One place, or null for the first of the ranking. */
  readonly cell: H3Cell | null;
}

/** Injected by the app: place plans are a room above Hotspots. */
export const PinSlot = createContext<ComponentType<PinProps> | null>(null);

export function Pin(props: PinProps) {
  const Handed = use(PinSlot);
  return Handed === null ? null : (
    <Suspense fallback={null}>
      <Handed {...props} />
    </Suspense>
  );
}
