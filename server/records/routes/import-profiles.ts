import * as wire from "#core/records/wire/import-profile.ts";
import { formatInstant } from "#core/time/zone.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import {
  removeProfile,
  renameProfile,
  saveProfile,
} from "#server/records/import/saved-profiles.ts";
import { listImportProfiles } from "#server/records/queries/import-profiles.ts";

const list = defineRoute("GET /api/import-profiles", {
  summary: "Saved import settings, by name",
  audience: ["analyst"],
  audit: { none: "holds headings and list entries, nothing of an event or a person" },
  replySchema: wire.importProfilesReply,
  handle: async ({ db, actor, zone }) => {
    const rows = await db.transaction(actor, listImportProfiles);
    return {
      profiles: rows.map((row) => ({
        ...row,
        madeAt: formatInstant(zone, row.madeAt),
        changedAt: formatInstant(zone, row.changedAt),
      })),
    };
  },
});

const save = defineRoute("POST /api/import-profiles", {
  summary: "Save import settings under a name",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "save an import profile", purpose: "records" },
  body: wire.saveProfileBody,
  replySchema: wire.importProfileReply,
  handle: ({ db, actor, addDetail }, { body }) =>
    db.transaction(actor, async (tx) => {
      const id = await saveProfile(tx, actor, body);
      addDetail({ profile: id });
      return { id, name: body.name };
    }),
});

const rename = defineRoute("PATCH /api/import-profiles/:id", {
  summary: "Rename saved import settings",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "rename an import profile", purpose: "records" },
  params: wire.importProfileParams,
  body: wire.renameProfileBody,
  replySchema: wire.importProfileReply,
  handle: (context, { params, body }) =>
    renameProfile(context, context.actor, { id: params.id, name: body.name }),
});

const remove = defineRoute("DELETE /api/import-profiles/:id", {
  summary: "Remove saved import settings; imported events stay",
  audience: ["analyst"],
  audit: { verb: "erasure", act: "remove an import profile", purpose: "records" },
  params: wire.importProfileParams,
  replySchema: wire.importProfileReply,
  handle: (context, { params }) => removeProfile(context, context.actor, params.id),
});

export const importProfileRoutes: readonly Route[] = [list, save, rename, remove];
