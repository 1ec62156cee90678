import { Problem } from "#server/problem.ts";

/**
 * What partners read names none of them: one would learn of another (SAFEGUARDS 13). For the coordinator alone, who
 * knows them all; to police a refusal would say who is one.
 */
export function refusePartnerNames(
  partners: readonly { readonly name: string }[],
  texts: readonly string[],
): void {
  const all = texts.join("\n").toLowerCase();
  const named = partners.find(({ name }) => all.includes(name.trim().toLowerCase()));
  if (named === undefined) return;
  throw new Problem(
    422,
    "It names an outreach partner",
    `“${named.name}” is written in it, and every partner who reads it would know. Write “outreach” instead; nothing was shared.`,
  );
}
