import { prewarm, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

// MapLibre 6 looks for its worker beside its own module, which a bundler moves.
setWorkerUrl(workerUrl);
// It starts while the page is still being made, not when the map is.
prewarm();
