import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { londonDate } from "#core/text/london-date.ts";

/** Prints and files that the page makes itself: logged before they leave. */

export const printedScreens = [
  "hotspots",
  "plan",
  "displacement",
  "panel",
  "outcomes",
  "outreach",
  "records",
  "audit",
  "accounts",
  "briefing",
  "other",
] as const;
export type PrintedScreen = (typeof printedScreens)[number];

const listFormats = ["csv", "geojson", "png"] as const;
export type ListFormat = (typeof listFormats)[number];

const exportBody = z.strictObject({
  list: z.enum(["hotspots"]),
  format: z.enum(listFormats),
  from: londonDate,
  to: londonDate,
  rows: z.int().min(0),
});

const noted = z.strictObject({ noted: z.literal(true) });

export const printCalls = {
  print: call("POST /api/audit/prints", {
    body: z.strictObject({ screen: z.enum(printedScreens) }),
    reply: noted,
  }),
  picture: call("POST /api/audit/pictures", {
    body: z.strictObject({ screen: z.enum(printedScreens) }),
    reply: noted,
  }),
  exportList: call("POST /api/audit/exports", { body: exportBody, reply: noted }),
};
