import type { Actor } from "#core/role.ts";
import { findPartner, type PartnerRow } from "#server/accounts/queries/accounts.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { insertPartner } from "#server/protected-time/queries/partners.ts";

/** The partner that the caller belongs to; every route of a partner begins here. */
export async function partnerOf(tx: Transaction, actor: Actor): Promise<PartnerRow> {
  const partner = actor.partner === null ? null : await findPartner(tx, actor.partner);
  if (partner !== null) return partner;
  throw new Problem(
    404,
    "No partner",
    "Your account belongs to no outreach partner yet: ask the administrator to set it.",
  );
}

/** A partner under a code made from its name unless one is given. */
export function createPartner(
  tx: Transaction,
  partner: { readonly name: string; readonly code?: string; readonly now: number },
): Promise<PartnerRow> {
  const name = partner.name.trim().replace(/\s+/g, " ");
  if (name.length === 0 || name.length > 80) {
    throw new RangeError("A partner's name has 1 to 80 characters");
  }
  return insertPartner(tx, { name, code: partner.code ?? codeOf(name), now: partner.now });
}

function codeOf(name: string): string {
  const code = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  if (code === "") throw new RangeError("A partner's name needs a letter or a figure");
  return code;
}
