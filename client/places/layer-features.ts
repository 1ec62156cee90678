import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { layerFeaturesReply } from "#core/places/wire/layers.ts";

/** Every lamp, alley, stop and late venue that was imported. */
export const layerFeatures = createResource((signal) =>
  fetchJson("/api/layers/features", layerFeaturesReply, { signal }),
);

forgetOnSignOut(layerFeatures.reset);
