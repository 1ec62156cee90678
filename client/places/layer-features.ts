import { keptReply } from "#client/live/kept.ts";
import { layerFeaturesReply } from "#core/places/wire/layers.ts";

export const layerFeatures = keptReply("/api/layers/features", layerFeaturesReply);
