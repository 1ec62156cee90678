import { z } from "zod";
import type { ActServices } from "#server/acts/services.ts";
import { gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

interface Named {
  readonly name: string;
}

const sharePartner = z.object({ id: z.string(), code: z.string(), name: z.string() });
export type SharePartner = z.infer<typeof sharePartner>;

/** The partners there are; the coordinator's and the auditor's. */
export const sharePartners = (tx: Transaction) =>
  tx.rows(
    sharePartner,
    sql`select id, code, name from partner where left_at is null order by name, id`,
  );

export function partnersNamed<Partner extends Named>(
  partners: readonly Partner[],
  read: unknown,
): readonly Partner[] {
  const texts = textsIn(read);
  return partners.filter(({ name }) => texts.some((text) => holdsName(text, name)));
}

/**
 * What partners and police read names no partner: one would learn of another (SAFEGUARDS 13). For the coordinator
 * alone, who knows them all; to police a refusal would say who is one. `advice`: what to do, and what was not done.
 */
export function refusePartnerNames(
  partners: readonly Named[],
  read: unknown,
  advice: string,
): void {
  const [named] = partnersNamed(partners, read);
  if (named === undefined) return;
  throw new Problem(
    422,
    "It names an outreach partner",
    `“${named.name}” appears in it, so readers would know. ${advice}`,
  );
}

/**
 * Names of all partners, to check words before one of them reads these: a partner's own transaction
 * cannot read another, and the list never leaves the server.
 */
export function namesToWithhold({ db }: Pick<ActServices, "db">) {
  return db.transaction(gateActor, sharePartners, { beside: true });
}

function textsIn(read: unknown): string[] {
  if (typeof read === "string") return [read];
  return typeof read === "object" && read !== null ? Object.values(read).flatMap(textsIn) : [];
}

/** As words of their own, whatever their capitals: "Rise" is not in "enterprise". */
function holdsName(text: string, name: string): boolean {
  const words = (written: string) =>
    ` ${written
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .join(" ")} `;
  const sought = words(name.trim()).trim();
  return sought !== "" && words(text).includes(` ${sought} `);
}
