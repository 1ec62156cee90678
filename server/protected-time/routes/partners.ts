import { newPartnerBody, partnerReply } from "#core/accounts/wire/accounts.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { addPartner } from "#server/protected-time/add-partner.ts";

export const partnerRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    url: "/api/partners",
    summary: "Add an outreach partner, for accounts of the role partner",
    audience: ["admin"],
    audit: { verb: "alteration", act: "add an outreach partner", purpose: "administration" },
    body: newPartnerBody,
    replySchema: partnerReply,
    handle: ({ db, actor, asAt, addDetail }, { body: { name } }) =>
      db.transaction(actor, async (tx) => {
        const made = await addPartner(tx, { name, now: asAt.now() });
        addDetail({ partner: made.id });
        return { code: made.code, name: made.name };
      }),
  }),
];
