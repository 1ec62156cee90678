import { hotspotsQuery, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import * as wire from "#core/hotspots/wire/saved-views.ts";
import { streetsAnswer, streetsQuery } from "#core/hotspots/wire/streets.ts";
import { formatInstant } from "#core/time/zone.ts";
import { renderHotspots } from "#server/hotspots/compute.ts";
import { renderStreets } from "#server/hotspots/compute-streets.ts";
import { listSavedViews } from "#server/hotspots/queries/saved-views.ts";
import { changeView, removeView, saveView } from "#server/hotspots/saved-views.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

export const hotspotRoutes: readonly Route[] = [
  defineRoute("GET /api/hotspots", {
    summary: "Cells ranked by reports in a period, with the exact test",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read hotspots", purpose: "problem_solving" },
    query: hotspotsQuery,
    replySchema: hotspotsReply,
    handle: (context, { query }) => {
      context.reply.type("application/json; charset=utf-8");
      return renderHotspots(context, context.actor, query);
    },
  }),
  defineRoute("GET /api/hotspots/streets", {
    summary: "Stretches of street ranked by reports in a period, with the exact test by length",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read hotspots by street", purpose: "problem_solving" },
    query: streetsQuery,
    replySchema: streetsAnswer,
    handle: (context, { query }) => {
      context.reply.type("application/json; charset=utf-8");
      return renderStreets(context, context.actor, query);
    },
  }),
];

const list = defineRoute("GET /api/saved-views", {
  summary: "Saved views of Hotspots: the caller's own and those shared by colleagues",
  audience: ["sergeant", "analyst"],
  audit: { none: "it holds filters and names, nothing of an event or a place" },
  replySchema: wire.savedViewsReply,
  handle: async ({ db, actor, zone }) => {
    const rows = await db.transaction(actor, (tx) => listSavedViews(tx, actor.person));
    return {
      views: rows.map((row) => ({
        ...row,
        isOwn: row.person === actor.person,
        changedAt: formatInstant(zone, row.changedAt),
      })),
    };
  },
});

const save = defineRoute("POST /api/saved-views", {
  summary: "Save the filters of Hotspots under a name",
  audience: ["sergeant", "analyst"],
  audit: { verb: "alteration", act: "save a view", purpose: "problem_solving" },
  body: wire.saveViewBody,
  replySchema: wire.savedViewReply,
  handle: (context, { body }) => saveView(context, context.actor, body),
});

const change = defineRoute("PATCH /api/saved-views/:id", {
  summary: "Rename one's own view, or start or stop sharing it",
  audience: ["sergeant", "analyst"],
  audit: { verb: "alteration", act: "change a saved view", purpose: "problem_solving" },
  params: wire.savedViewParams,
  body: wire.changeViewBody,
  replySchema: wire.savedViewReply,
  handle: (context, { params, body }) =>
    changeView(context, context.actor, { id: params.id, ...body }),
});

const remove = defineRoute("DELETE /api/saved-views/:id", {
  summary: "Remove one's own view",
  audience: ["sergeant", "analyst"],
  audit: { verb: "erasure", act: "remove a saved view", purpose: "problem_solving" },
  params: wire.savedViewParams,
  replySchema: wire.savedViewReply,
  handle: (context, { params }) => removeView(context, context.actor, params.id),
});

export const savedViewRoutes: readonly Route[] = [list, save, change, remove];
