import { tonightCalls } from "#core/patrols/wire/tonight.ts";
import { type Route, serve } from "#server/http/route.ts";
import { logStay, readTonight, removeStay, saySeen } from "#server/patrols/tonight.ts";

const purpose = "patrol_planning";
const audience = ["sergeant", "warden"] as const;

export const tonightRoutes: readonly Route[] = [
  serve(tonightCalls.read, {
    summary: "Tonight's approved and lost patrols, stop by stop, with the visits that were tapped",
    audience,
    audit: { none: "units read their own patrols, which the plan's line tells, at every tap" },
    handle: (act) => readTonight(act),
  }),
  serve(tonightCalls.stay, {
    summary: "A unit arrived at a stop, or left it: the whole stay each time, sent again the same",
    audience,
    audit: { verb: "collection", act: "log a stop of a patrol", purpose },
    handle: (act, { key, body }) => logStay(act, key, body),
  }),
  serve(tonightCalls.removeStay, {
    summary: "Undo a tap at a stop",
    audience,
    audit: { verb: "alteration", act: "undo a stop of a patrol", purpose },
    handle: (act, { key }) => removeStay(act, key),
  }),
  serve(tonightCalls.seen, {
    summary: "Units know that these patrols are lost; once all of a notice do, it is confirmed",
    audience,
    audit: { verb: "alteration", act: "confirm lost patrols", purpose: "safeguarding" },
    handle: (act, { body }) => saySeen(act, body.windows),
  }),
];
