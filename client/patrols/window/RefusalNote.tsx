import { useEffect, useRef } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import type { BoardRefusal, Hand, WindowRequest } from "#client/patrols/use-board.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { formatDay } from "#core/time/words.ts";
import { createZone } from "#core/time/zone.ts";

export function RefusalNote({
  refusal,
  onUse,
}: {
  readonly refusal: BoardRefusal;
  readonly onUse: (request: WindowRequest) => void;
}) {
  const { board } = usePlanParts();
  const zone = createZone(useSession().timeZone);
  const note = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is brought into view once.
  useEffect(() => {
    note.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [refusal]);
  const { reason, nearest, otherUnit } = refusal;
  return (
    <div className="window__refusal note stale relative stack start gap-2" role="alert" ref={note}>
      <p>{reason}</p>
      {otherUnit ? (
        <Button disabled={board.isBusy} onClick={() => onUse(otherUnit)}>
          Give it to unit {unitNumber(otherUnit.unit ?? 0)}
        </Button>
      ) : null}
      {nearest ? (
        <Button disabled={board.isBusy} onClick={() => onUse(nearest)}>
          Use {formatDay(zone.dateOf(nearest.start))}, {formatTimeOfDay(nearest.start)} to{" "}
          {formatTimeOfDay(nearest.end)}
        </Button>
      ) : null}
      <Button look="quiet" icon="close" label="Close this message" onClick={board.closeRefusal} />
    </div>
  );
}

export function RefusalAt({
  window,
  hand,
  onDone,
}: {
  readonly window: WindowReply;
  readonly hand: Hand;
  readonly onDone?: () => void;
}) {
  const { board } = usePlanParts();
  const { refusal } = board;
  if (refusal?.windowId !== window.id || refusal.hand !== hand) return null;
  const use = async (request: WindowRequest) => {
    if (await board.change(window, request, hand)) onDone?.();
  };
  return <RefusalNote refusal={refusal} onUse={(request) => void use(request)} />;
}
