import { Problem } from "#server/problem.ts";

/**
 * What partners and police read names no partner: one would learn of another (SAFEGUARDS 13). For the coordinator
 * alone, who knows them all; to police a refusal would say who is one.
 */
export function refusePartnerNames(
  partners: readonly { readonly name: string }[],
  read: unknown,
): void {
  const texts = textsIn(read);
  const named = partners.find(({ name }) => texts.some((text) => holdsName(text, name)));
  if (named === undefined) return;
  throw new Problem(
    422,
    "It names an outreach partner",
    `“${named.name}” is written in it, and whoever reads it would know. Write “outreach” instead; nothing was shared.`,
  );
}

/** Every text in a reply, at any depth; names of fields are none. */
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
