import { commonPasswords, commonWords } from "#core/accounts/common-passwords.ts";

const leastCharacters = 12;
const mostCharacters = 128;

/** The form that is hashed: the same whatever keyboard or system composed the accents. */
export function normalisePassword(typed: string): string {
  return typed.normalize("NFKC");
}

/**
 * Why this may not become a password, or null. Length carries the strength and no kinds of signs are
 * asked for (NIST SP 800-63B, 3.1.1.2); what is tried first by anybody who guesses is refused.
 */
export function passwordFault(typed: string, name: string): string | null {
  const password = normalisePassword(typed);
  const { length } = [...password];
  if (length < leastCharacters) {
    return `A password has at least ${leastCharacters} characters; three or four words that do not belong together are good.`;
  }
  if (length > mostCharacters) return `A password has at most ${mostCharacters} characters.`;
  const folded = password.toLowerCase();
  if (saysName(folded, name.toLowerCase())) {
    return "The password says the sign-in name: choose another.";
  }
  if (isCommon(folded)) {
    return "This password is among those that are tried first: choose another.";
  }
  return null;
}

/** The name, also twice or backwards or with figures and signs around it. */
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

function isCommon(password: string): boolean {
  return (
    commonPasswords.has(password) ||
    repeatsItself(password) ||
    isRun(password) ||
    // Figures and signs without one letter: dates and telephone numbers.
    /^[\d\s\p{P}\p{Sm}\p{Sc}]+$/u.test(password) ||
    commonWords.has(wordInside(password)) ||
    commonWords.has(wordInside(spellOut(password)))
  );
}

/** `abcabcabcabc`, `xxxxxxxxxxxx`: a unit of at most six characters, over and over. */
function repeatsItself(password: string): boolean {
  return [1, 2, 3, 4, 5, 6].some((unit) =>
    password.slice(0, unit).repeat(password.length).startsWith(password),
  );
}

const runs = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "qazwsxedcrfvtgbyhnujm",
].flatMap((run) => [run, [...run].reverse().join("")]);

function isRun(password: string): boolean {
  return runs.some((run) => run.includes(password));
}

/** The word that figures and signs were put around. */
function wordInside(password: string): string {
  return password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "").replaceAll(/[^\p{L}]/gu, "");
}

const signs: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
};

/** `p@ssw0rd2026` reads as `password`: the tail of figures is no part of the word. */
function spellOut(password: string): string {
  const word = password.replaceAll(/[^\p{L}]+$/gu, "");
  return word.replaceAll(/[@43!10$5]/g, (sign) => signs[sign] ?? sign);
}
