import { Hotspots } from "#client/hotspots/screen/Hotspots.tsx";
import { PinSlot } from "#client/hotspots/state/pin-slot.tsx";
import { lazily } from "#client/ui/lazily.ts";

const PinToPlan = lazily(async () => (await import("#client/place-plans/PinToPlan.tsx")).PinToPlan);

export function HotspotsScreen() {
  return (
    <PinSlot value={PinToPlan}>
      <Hotspots />
    </PinSlot>
  );
}
