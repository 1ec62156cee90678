import { Hotspots } from "#client/hotspots/Hotspots.tsx";
import { PinSlot } from "#client/hotspots/pin-slot.tsx";
import { lazily } from "#client/ui/lazily.ts";

const PinToPlan = lazily(async () => (await import("#client/place-plans/PinToPlan.tsx")).PinToPlan);

export function HotspotsScreen() {
  return (
    <PinSlot value={PinToPlan}>
      <Hotspots />
    </PinSlot>
  );
}
