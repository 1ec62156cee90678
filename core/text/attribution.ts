const longest = 200;
const entities: Readonly<Record<string, string>> = {
  "&copy;": "©",
  "&#169;": "©",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&lt;": "",
  "&gt;": "",
};

/** A file's attribution as one line of plain text, stripped of HTML. Null for none. */
export function plainAttribution(written: unknown): string | null {
  if (typeof written !== "string") return null;
  const plain = written
    .replace(/<[^>]*>/g, " ")
    .replace(/&#?\w+;/g, (entity) => entities[entity.toLowerCase()] ?? " ")
    .replace(/[<>\p{Cc}\p{Cf}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.slice(0, longest).trim() || null;
}
