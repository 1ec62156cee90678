import type { KeepClearShown } from "#client/hotspots/use-keep-clear.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";

export interface KeepClearSwitchProps {
  readonly keepClear: KeepClearShown;
  readonly onShow: (isShown: boolean) => void;
}

/** Over the map, for those who may see protected time; says loudly when it is not there. */
export function KeepClearSwitch({ keepClear, onShow }: KeepClearSwitchProps) {
  if (keepClear.status === "never") return null;
  return (
    <div className="keep-clear-switch no-print">
      <Chip checked={keepClear.status !== "hidden"} onChange={onShow}>
        <Hatch /> Keep clear
      </Chip>
      {keepClear.status === "failed" ? (
        <ErrorNote
          title="Keep-clear time could not be loaded"
          detail="Do not choose places from this map until it is there."
          onRetry={keepClear.retry}
        />
      ) : null}
    </div>
  );
}
