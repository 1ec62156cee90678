import { z } from "zod";
import {
  placeBody,
  placeLabelBody,
  placesOfPartnerReply,
  savedPlace,
} from "#core/wire/outreach.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { asPartner } from "#server/outreach/as-partner.ts";
import { relabelPlace, savePlace } from "#server/outreach/places.ts";
import { placeReply } from "#server/outreach/replies.ts";
import { loadSavedPlaces } from "#server/queries/places-saved.ts";

const listPlaces = defineRoute({
  method: "GET",
  url: "/api/outreach/places",
  summary: "Own saved places: footprint, radius and label",
  audience: ["partner"],
  replySchema: placesOfPartnerReply,
  handle: (context) =>
    asPartner(context, async ({ tx, partnerId }) => ({
      places: (await loadSavedPlaces(tx, partnerId)).map((place) =>
        placeReply(context.zone, place),
      ),
    })),
});

const addPlace = defineRoute({
  method: "POST",
  url: "/api/outreach/places",
  summary: "Save a place by the footprint that the browser drew; the venue is not sent",
  audience: ["partner"],
  body: placeBody,
  replySchema: savedPlace,
  handle: (context, { body }) =>
    asPartner(context, async ({ tx, partnerId, now }) =>
      placeReply(context.zone, await savePlace(tx, { ...body, partnerId, now })),
    ),
});

const changeLabel = defineRoute({
  method: "PATCH",
  url: "/api/outreach/places/:id",
  summary: "Change a place's label; its footprint and radius stay",
  audience: ["partner"],
  params: z.strictObject({ id: z.uuid() }),
  body: placeLabelBody,
  replySchema: savedPlace,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async ({ tx, partnerId }) =>
      placeReply(context.zone, await relabelPlace(tx, { partnerId, key: id, label: body.label })),
    ),
});

export const outreachPlaceRoutes: readonly Route[] = [listPlaces, addPlace, changeLabel];
