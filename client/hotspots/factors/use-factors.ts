import { useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { createFactorIndex, type FactorIndex } from "#core/places/layers/near.ts";
import type { FactorKind, LayerFeaturesReply } from "#core/places/wire/layers.ts";

export interface Factors {
  readonly features: LayerFeaturesReply;
  readonly index: FactorIndex;
  readonly known: readonly FactorKind[];
}

const noFeatures: LayerFeaturesReply = { kinds: [], licences: [] };

/** The imported place factors; none until they are there, and the screen works without them. */
export function useFactors(): Factors {
  const resource = useShared(layerFeatures);
  const features = hasValue(resource) ? resource.value : noFeatures;
  return useMemo(() => {
    const index = createFactorIndex(features);
    return { features, index, known: index.kinds };
  }, [features]);
}
