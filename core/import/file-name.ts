/**
 * The name of a file as it is stored and shown: without control characters and without the
 * invisible ones that turn the direction of writing, which can make one name look like another.
 */
export function cleanFileName(name: string): string {
  return name.replace(invisible, "").trim() || "unnamed file";
}

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
