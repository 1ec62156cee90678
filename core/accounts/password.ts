const leastCharacters = 12;
const mostCharacters = 128;

/** The form that is hashed: accents compose alike on any keyboard or system. */
export function normalisePassword(typed: string): string {
  return typed.normalize("NFKC");
}

/**
 * Why this may not become a password, or null. Length gives the strength; no character classes are
 * required (NIST SP 800-63B, 3.1.1.2). Checked by page and server; the server also refuses
 * guessable ones (server/accounts/password-account.ts).
 */
export function passwordFault(typed: string, name: string): string | null {
  const password = normalisePassword(typed);
  const { length } = [...password];
  if (length < leastCharacters) {
    return `A password needs at least ${leastCharacters} characters. Three or four unrelated words work well.`;
  }
  if (length > mostCharacters) return `A password can have at most ${mostCharacters} characters.`;
  const folded = password.toLowerCase();
  if (saysName(folded, name.toLowerCase())) {
    return "The password contains the sign-in name. Choose another.";
  }
  return null;
}

/** The name, even doubled, reversed or wrapped in digits and signs. */
function saysName(password: string, name: string): boolean {
  if (name === "") return false;
  const core = password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const bare = name.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const backwards = [...name].reverse().join("");
  return (
    [name, name + name, backwards].includes(password) ||
    (bare !== "" && [bare, name].includes(core))
  );
}
