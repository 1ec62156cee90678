import type { Actor } from "#core/role.ts";
import { tidyName } from "#core/text/shown-name.ts";
import { askIfAlike } from "#server/accounts/look-alike.ts";
import {
  findPartner,
  type PartnerRow,
  partnerChoices,
  partnerRow,
} from "#server/accounts/queries/accounts.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";

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

/** With a code made from the name unless given. */
export function createPartner(
  tx: Transaction,
  partner: { readonly name: string; readonly code?: string; readonly now: number },
): Promise<PartnerRow> {
  const name = tidyName(partner.name);
  if (name.length === 0 || name.length > 80) {
    throw new RangeError("A partner's name has 1 to 80 characters");
  }
  const fields = { name, code: partner.code ?? codeOf(name), createdAt: new Date(partner.now) };
  return tx.one(partnerRow, sql`${insertInto("partner", fields)} returning id, code, name`);
}

export function codeOf(name: string): string {
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

/**
 * Adds an outreach organisation, by an account manager. From now on no patrol is suggested until it
 * has given its calendar (SAFEGUARDS 3): silence does not mean no sessions.
 */
export async function addPartner(
  tx: Transaction,
  partner: {
    readonly name: string;
    readonly now: number;
    readonly evenAlike?: boolean | undefined;
  },
): Promise<PartnerRow> {
  const held = await findPartner(tx, partner.name);
  if (held !== null) {
    throw new Problem(
      409,
      "Already exists",
      `There is an outreach partner "${held.name}" already.`,
    );
  }
  const others = (await partnerChoices(tx)).map(({ name }) => name);
  askIfAlike(partner.name, others, partner.evenAlike);
  return createPartner(tx, partner);
}

export function addedWords(name: string): string {
  return `${name} is added. No patrols are suggested until it confirms its times.`;
}

export interface Own extends Moment {
  readonly tx: Transaction;
  readonly partnerId: string;
  readonly person: string;
}

/** In one transaction; retried when a patrol is agreed in between. */
export function asPartner<Value>(
  { db, actor, zone, asAt }: Act,
  work: (own: Own) => Promise<Value>,
): Promise<Value> {
  return db.transaction(
    actor,
    async (tx) => {
      const partner = await partnerOf(tx, actor);
      return work({ tx, partnerId: partner.id, person: actor.person, zone, now: asAt.now() });
    },
    { retries: 5 },
  );
}
