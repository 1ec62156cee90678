import { z } from "zod";

/**
 * A display name as stored: the Nickname profile of PRECIS (RFC 8266, 2.1). Runs of any white space
 * become one space, letters are normalised (NFKC).
 */
export function tidyName(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/\p{Zs}+/gu, " ")
    .trim();
}

/**
 * White space other than the plain space, and what RFC 8264 excludes from its FreeformClass:
 * control characters, direction marks, zero-width characters, unassigned code points. Joiners,
 * which it allows between some letters, are excluded too.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]/u;

export const unseenReason = "It contains invisible characters. Type it instead of pasting it.";

export function hasUnseen(name: string): boolean {
  return unseen.test(name);
}

export function shownName(most: number) {
  return z
    .string()
    .overwrite(tidyName)
    .min(1, "Enter a name.")
    .max(most, `Use at most ${most} characters.`)
    .refine((name) => !hasUnseen(name), unseenReason)
    .refine((name) => /[\p{L}\p{N}]/u.test(name), "A letter or a number is needed.");
}
