import { Displacement } from "#client/displacement/Displacement.tsx";
import { HarmToldSlot } from "#client/displacement/MovedPeople.tsx";
import { lazily } from "#client/ui/lazily.ts";

const HarmTold = lazily(async () => (await import("#client/outcomes/HarmTold.tsx")).HarmTold);

export function DisplacementScreen() {
  return (
    <HarmToldSlot value={HarmTold}>
      <Displacement />
    </HarmToldSlot>
  );
}
