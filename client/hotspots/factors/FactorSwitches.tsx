import { useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { FactorMark, factorWords } from "#client/hotspots/factors/FactorMark.tsx";
import { toggled } from "#client/hotspots/state/view.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { createFactorIndex, type FactorIndex } from "#core/places/layers/near.ts";
import { type FactorKind, factorKinds, type LayerFeaturesReply } from "#core/places/wire/layers.ts";

export interface FactorSwitchesProps {
  readonly known: readonly FactorKind[];
  readonly shown: readonly FactorKind[];
  readonly onShow: (kinds: readonly FactorKind[]) => void;
}

/** Absent where none were imported. */
export function FactorSwitches({ known, shown, onShow }: FactorSwitchesProps) {
  if (known.length === 0) return null;
  const count = shown.filter((kind) => known.includes(kind)).length;
  return (
    <div className="on-paper rounded shadow no-print">
      <Popover
        name={count === 0 ? "Places: none shown" : `Places: ${count} shown`}
        label={count === 0 ? "Places" : `Places (${count})`}
      >
        {() => (
          <fieldset className="factor-switches__kinds stack start gap-2">
            <legend>Show on the map</legend>
            {known.map((kind) => (
              <Chip
                key={kind}
                checked={shown.includes(kind)}
                onChange={() => onShow(toggled(factorKinds, shown, kind))}
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

export interface Factors {
  readonly features: LayerFeaturesReply;
  readonly index: FactorIndex;
  readonly known: readonly FactorKind[];
}

/** Empty until loaded; the screen works without them. */
export function useFactors(): Factors {
  const resource = useShared(layerFeatures);
  const features = hasValue(resource) ? resource.value : noFeatures;
  return useMemo(() => {
    const index = createFactorIndex(features);
    return { features, index, known: index.kinds };
  }, [features]);
}

const noFeatures: LayerFeaturesReply = { kinds: [], licences: [] };
