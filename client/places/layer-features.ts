import { keptReply } from "#client/live/kept.ts";
import { layerFeaturesReply } from "#core/places/wire/layers.ts";

/** Every lamp, alley, stop and late venue that was imported. */
export const layerFeatures = keptReply("/api/layers/features", layerFeaturesReply);
