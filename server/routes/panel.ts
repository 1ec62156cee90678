import { panelReply } from "#core/wire/panel.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { panelOf } from "#server/panel/panel.ts";

export const panelRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/public/panel",
    summary: "Monthly resident complaints by area under the 10-5 rule, for the ward panel",
    // These figures are made as anyone asks and nobody has approved them, so they are shown by
    // people who are signed in; only a frozen, approved release may be served to everyone.
    audience: ["presenter", "sergeant", "analyst", "coordinator"],
    audit: { verb: "disclosure", act: "read the panel", purpose: "public_information" },
    replySchema: panelReply,
    handle: ({ db, zone, asAt, addDetail }) => panelOf({ db, zone, asAt, addDetail }),
  }),
];
