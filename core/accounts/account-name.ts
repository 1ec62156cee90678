/** The form that is stored and compared, however it is typed. */
export function foldAccountName(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase();
}

/** Actors in the audit chain that are not persons. */
const ownNames = new Set(["system", "unknown", "nobody", "owner", "gate", "publisher"]);

/** Why this cannot be a sign-in name; null if it can. */
export function accountNameFault(folded: string): string | null {
  if (ownNames.has(folded)) return `"${folded}" is reserved. Choose another name.`;
  if (/^[a-z0-9][a-z0-9._@+-]{1,63}$/.test(folded)) return null;
  return "A sign-in name has 2 to 64 characters: letters a to z, numbers, and . _ @ + - after the first.";
}
