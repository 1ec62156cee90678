import { prewarm, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

// MapLibre 6 looks for its worker beside its own module, which a bundler moves.
setWorkerUrl(workerUrl);
// Start it while the page loads, before there is a map.
prewarm();
