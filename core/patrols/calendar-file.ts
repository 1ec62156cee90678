/** One entry of the downloaded week: place at the level of a neighbourhood, and no reason. */
export interface CalendarEntry {
  /** The same for as long as the window exists, so that a second download replaces the first. */
  readonly uid: string;
  readonly start: number;
  readonly end: number;
  readonly location: string;
  readonly description: string;
}

/**
 * An iCalendar file (RFC 5545) with times in UTC, so that no reader's time zone rules matter. `sequence`
 * goes up with the plan's revision.
 */
export function calendarFile(
  entries: readonly CalendarEntry[],
  issue: { readonly at: number; readonly sequence: number; readonly madeUp: boolean },
): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Boxster//Neighbourhood patrol//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...(issue.madeUp ? ["X-WR-CALNAME:Neighbourhood patrol (MADE-UP DATA)"] : []),
  ];
  for (const entry of entries) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${entry.uid}`,
      `DTSTAMP:${utcText(issue.at)}`,
      `SEQUENCE:${issue.sequence}`,
      `DTSTART:${utcText(entry.start)}`,
      `DTEND:${utcText(entry.end)}`,
      "SUMMARY:Neighbourhood patrol",
      `LOCATION:${escapeText(entry.location)}`,
      `DESCRIPTION:${escapeText(issue.madeUp ? `MADE-UP DATA. ${entry.description}` : entry.description)}`,
      "CLASS:CONFIDENTIAL",
      "STATUS:CONFIRMED",
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** `20211129T140000Z` */
function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks are escaped in a text value. */
function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(";", "\\;")
    .replaceAll(",", "\\,")
    .replaceAll(/\r\n|\r|\n/g, "\\n");
}

const longestLine = 75;

/** RFC 5545, 3.1: no line over 75 octets; a character is never cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = utf8Length(character);
    if (octets + size > longestLine) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  parts.push(part);
  return parts.join("\r\n");
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
