/** What is stored and compared: people type capitals and blanks as it comes. */
export function foldAccountName(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase();
}

/** What stands in the audit chain where no person does. */
const ownNames = new Set(["system", "unknown", "nobody", "owner", "gate", "publisher"]);

/** Why this cannot be the name that somebody signs in with, or null. */
export function accountNameFault(folded: string): string | null {
  if (ownNames.has(folded)) return `"${folded}" is reserved. Choose another name.`;
  if (/^[a-z0-9][a-z0-9._@+-]{1,63}$/.test(folded)) return null;
  return "A sign-in name has 2 to 64 characters: letters a to z, numbers, and . _ @ + - after the first.";
}
