import { FactorMark } from "#client/hotspots/factors/FactorMark.tsx";
import { factorWords } from "#client/hotspots/factors/factor-words.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { type FactorKind, factorKinds } from "#core/places/wire/layers.ts";

export interface FactorSwitchesProps {
  /** Kinds that were imported. */
  readonly known: readonly FactorKind[];
  readonly shown: readonly FactorKind[];
  readonly onShow: (kinds: readonly FactorKind[]) => void;
}

/** Over the map: which place factors are drawn. Nothing where none were imported. */
export function FactorSwitches({ known, shown, onShow }: FactorSwitchesProps) {
  if (known.length === 0) return null;
  const count = shown.filter((kind) => known.includes(kind)).length;
  return (
    <div className="factor-switches no-print">
      <Popover
        name={count === 0 ? "Places: none shown" : `Places: ${count} shown`}
        label={count === 0 ? "Places" : `Places (${count})`}
      >
        {() => (
          <fieldset className="factor-switches__kinds">
            <legend>Show on the map</legend>
            {known.map((kind) => (
              <Chip
                key={kind}
                checked={shown.includes(kind)}
                onChange={(isShown) =>
                  onShow(
                    factorKinds.filter((each) => (each === kind ? isShown : shown.includes(each))),
                  )
                }
              >
                <FactorMark kind={kind} /> {factorWords[kind].many}
              </Chip>
            ))}
          </fieldset>
        )}
      </Popover>
    </div>
  );
}
