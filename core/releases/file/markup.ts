/** Trusted markup: its content was escaped, or is our constant. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** A markup template: any value that is not `Markup` is escaped, in text and attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const written = strings.map(
    (text, at) => text + (at < parts.length ? write(parts[at] ?? "") : ""),
  );
  return { markup: written.join("") };
}

function write(part: Part): string {
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

/** Removes control characters but line ends: some browsers stumble over them. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\r\t]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
