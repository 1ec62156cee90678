import { hotspotsCall } from "#core/hotspots/wire/hotspots.ts";
import { savedViewCalls } from "#core/hotspots/wire/saved-views.ts";
import { streetsCall } from "#core/hotspots/wire/streets.ts";
import { renderHotspots } from "#server/hotspots/compute.ts";
import { renderStreets } from "#server/hotspots/compute-streets.ts";
import { changeView, readViews, removeView, saveView } from "#server/hotspots/saved-views.ts";
import { type Route, serve } from "#server/http/route.ts";

const audience = ["sergeant", "analyst"] as const;
const purpose = "problem_solving";

export const hotspotRoutes: readonly Route[] = [
  serve(hotspotsCall, {
    summary: "Cells ranked by reports in a period, with the exact test",
    audience,
    audit: { verb: "consultation", act: "read hotspots", purpose },
    handle: (act, { query }) => renderHotspots(act, query),
  }),
  serve(streetsCall, {
    summary: "Stretches of street ranked by reports in a period, with the exact test by length",
    audience,
    audit: { verb: "consultation", act: "read hotspots by street", purpose },
    handle: (act, { query }) => renderStreets(act, query),
  }),
];

export const savedViewRoutes: readonly Route[] = [
  serve(savedViewCalls.list, {
    summary: "Saved views of Hotspots: the caller's own and those shared by colleagues",
    audience,
    audit: { none: "it holds filters and names, nothing of an event or a place" },
    handle: (act) => readViews(act),
  }),
  serve(savedViewCalls.save, {
    summary: "Save the filters of Hotspots under a name",
    audience,
    audit: { verb: "alteration", act: "save a view", purpose },
    handle: (act, { body }) => saveView(act, body),
  }),
  serve(savedViewCalls.change, {
    summary: "Rename one's own view, or start or stop sharing it",
    audience,
    audit: { verb: "alteration", act: "change a saved view", purpose },
    handle: (act, { id, body }) => changeView(act, id, body),
  }),
  serve(savedViewCalls.remove, {
    summary: "Remove one's own view",
    audience,
    audit: { verb: "erasure", act: "remove a saved view", purpose },
    handle: (act, { id }) => removeView(act, id),
  }),
];
