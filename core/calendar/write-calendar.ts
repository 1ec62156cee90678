export interface WrittenEvent {
  /** Stable, so that a second download replaces the first. */
  readonly uid: string;
  /** DTSTART and DTEND, and a rule where it repeats, as lines. */
  readonly when: readonly string[];
  readonly summary: string;
  readonly location?: string;
  readonly description?: string;
}

export interface CalendarIssue {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Rises with each change of its source. */
  readonly sequence: number;
  readonly madeUp: boolean;
}

/**
 * An iCalendar file (RFC 5545), its times in UTC. Titles say no more than they must: calendars are
 * shared, synchronised and seen on other people's screens.
 */
export function writeCalendar(
  { product, name }: { readonly product: string; readonly name: string },
  events: readonly WrittenEvent[],
  issue: CalendarIssue,
): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//Boxster//${product}//EN`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...(issue.madeUp ? [`X-WR-CALNAME:${name} (MADE-UP DATA)`] : []),
    ...events.flatMap((event) => linesOf(event, issue)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function linesOf(event: WrittenEvent, { at, sequence }: CalendarIssue): string[] {
  const { uid, when, summary, location, description } = event;
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${utcText(at)}`,
    `SEQUENCE:${sequence}`,
    ...when,
    `SUMMARY:${escapeText(summary)}`,
    ...(location === undefined ? [] : [`LOCATION:${escapeText(location)}`]),
    ...(description === undefined ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    "CLASS:CONFIDENTIAL",
    "STATUS:CONFIRMED",
    "END:VEVENT",
  ];
}

/** `20211129T140000Z` */
export function utcText(at: number): string {
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
