import { z } from "zod";

/**
 * A name that others read, as it is kept: the profile Nickname of PRECIS (RFC 8266, 2.1). Blanks of every kind are one
 * blank, letters stand in their usual form (NFKC).
 */
export function tidyName(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/\p{Zs}+/gu, " ")
    .trim();
}

/**
 * Blanks that are not the usual one, and what RFC 8264 keeps out of its FreeformClass: control characters, marks of direction, signs without width, what Unicode
 * has not assigned. Joiners, which it lets in between some letters, are not let in here.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]/u;

export const unseenReason = "It contains invisible characters. Type it instead of pasting it.";

export function hasUnseen(name: string): boolean {
  return unseen.test(name);
}

/** The field of a form in which somebody names something that others read. */
export function shownName(most: number) {
  return z
    .string()
    .overwrite(tidyName)
    .min(1, "Enter a name.")
    .max(most, `Use at most ${most} characters.`)
    .refine((name) => !hasUnseen(name), unseenReason)
    .refine((name) => /[\p{L}\p{N}]/u.test(name), "A letter or a number is needed.");
}
