import { Coordinator } from "#client/protected-time/coordinator/Coordinator.tsx";
import { WaitingLine } from "#client/releases/drafts/WaitingLine.tsx";

export function PartnersScreen() {
  return (
    <Coordinator>
      <WaitingLine />
    </Coordinator>
  );
}
