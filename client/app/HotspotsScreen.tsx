import { lazy } from "react";
import { Hotspots } from "#client/hotspots/Hotspots.tsx";
import { PinSlot } from "#client/hotspots/pin-slot.tsx";

const PinToPlan = lazy(async () => ({
  default: (await import("#client/place-plans/PinToPlan.tsx")).PinToPlan,
}));

export function HotspotsScreen() {
  return (
    <PinSlot value={PinToPlan}>
      <Hotspots />
    </PinSlot>
  );
}
