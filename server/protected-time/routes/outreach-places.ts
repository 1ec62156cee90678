import { z } from "zod";
import * as wire from "#core/protected-time/wire/outreach.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import {
  ownPlace,
  patrolGround,
  relabelPlace,
  removePlace,
  savePlace,
} from "#server/protected-time/places.ts";
import { loadSavedPlaces } from "#server/protected-time/queries/places-saved.ts";
import { placeReply } from "#server/protected-time/replies.ts";

const listPlaces = defineRoute("GET /api/outreach/places", {
  summary: "Own saved places: lattice cells, footprint and label",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own places", purpose: "safeguarding" },
  replySchema: wire.placesOfPartnerReply,
  handle: (context) =>
    asPartner(context, async (own) => {
      const reply = await placesReply(own);
      context.addDetail({ places: reply.places.length });
      return reply;
    }),
});

const addPlace = defineRoute("POST /api/outreach/places", {
  summary: "Save a place by the lattice cells that it lies in; the venue is not sent",
  audience: ["partner"],
  audit: { verb: "collection", act: "save a place", purpose: "safeguarding" },
  body: wire.placeBody,
  replySchema: wire.savedPlace,
  handle: async (context, { body }) => {
    const ground = await patrolGround(context);
    return asPartner(context, async ({ tx, partnerId, now }) => {
      const held = (await loadSavedPlaces(tx, partnerId)).find(({ key }) => key === body.key);
      if (held) {
        context.addDetail({ place: held.key, again: true });
        return placeReply(context.zone, held);
      }
      const place = await savePlace(tx, { ...body, partnerId, now }, ground);
      context.addDetail({ place: place.key });
      return placeReply(context.zone, place);
    });
  },
});

const changeLabel = defineRoute("PATCH /api/outreach/places/:id", {
  summary: "Change a place's label; all else of it stays",
  audience: ["partner"],
  audit: { verb: "alteration", act: "rename a place", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  body: wire.placeLabelBody,
  replySchema: wire.savedPlace,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async ({ tx, partnerId }) => {
      context.addDetail({ place: id });
      const place = await relabelPlace(tx, { partnerId, key: id, label: body.label });
      return placeReply(context.zone, place);
    }),
});

const remove = defineRoute("DELETE /api/outreach/places/:id", {
  summary: "Remove a place that no session closes any more, with its past sessions",
  audience: ["partner"],
  audit: { verb: "erasure", act: "remove a place", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  replySchema: wire.placesOfPartnerReply,
  handle: (context, { params: { id } }) =>
    asPartner(context, async (own) => {
      const { tx, partnerId } = own;
      context.addDetail({ place: id });
      await removePlace(tx, own, await ownPlace(tx, partnerId, id));
      return placesReply(own);
    }),
});

export const outreachPlaceRoutes: readonly Route[] = [listPlaces, addPlace, changeLabel, remove];

async function placesReply({ tx, partnerId, zone }: Own) {
  const places = await loadSavedPlaces(tx, partnerId);
  return { places: places.map((place) => placeReply(zone, place)) };
}
