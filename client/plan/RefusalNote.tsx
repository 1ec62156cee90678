import type { BoardRefusal, WindowAsk } from "#client/plan/use-board.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import type { Zone } from "#core/time/zone.ts";

/** Why not, and each way on a click away. */
export function RefusalNote({
  refusal,
  zone,
  isBusy,
  onUse,
}: {
  readonly refusal: BoardRefusal;
  readonly zone: Zone;
  readonly isBusy: boolean;
  readonly onUse: (ask: WindowAsk) => void;
}) {
  const { reason, nearest, otherUnit } = refusal;
  return (
    <div className="window__refusal" role="alert">
      <p>{reason}</p>
      {otherUnit ? (
        <Button disabled={isBusy} onClick={() => onUse(otherUnit)}>
          Give it to unit {otherUnit.unit}
        </Button>
      ) : null}
      {nearest ? (
        <Button disabled={isBusy} onClick={() => onUse(nearest)}>
          Use {formatDay(zone.dateOf(nearest.start))}, {formatTimeOfDay(nearest.start)} to{" "}
          {formatTimeOfDay(nearest.end)}
        </Button>
      ) : null}
    </div>
  );
}
