import { failure, type Result, success } from "#core/result.ts";

/** One content line of an iCalendar file (RFC 5545, 3.1). */
export interface Property {
  readonly name: string;
  readonly parameters: Readonly<Partial<Record<string, string>>>;
  readonly value: string;
}

/** One VEVENT as written, with the line on which it begins. */
export interface RawEntry {
  readonly line: number;
  readonly properties: readonly Property[];
}

/** A VTIMEZONE: its name, and for each STANDARD and DAYLIGHT block the properties. */
export interface RawZone {
  readonly name: string;
  readonly observances: readonly (readonly Property[])[];
}

export interface RawCalendar {
  readonly entries: readonly RawEntry[];
  /** VTIMEZONE blocks, for zones that only this file names. */
  readonly zones: readonly RawZone[];
  readonly isCancellation: boolean;
}

const mostEntries = 2_000;

/** Splits a file into its entries; refuses what is not a whole calendar. */
export function readLines(text: string): Result<RawCalendar> {
  const lines = unfold(text);
  const first = lines.find((line) => line.text !== "");
  if (first?.text.toUpperCase() !== "BEGIN:VCALENDAR") {
    return failure('This is not a calendar: the first line of an .ics file is "BEGIN:VCALENDAR".');
  }
  const collected = collect(lines);
  if (collected.open.length > 0) {
    return failure(
      `The calendar is cut off: ${collected.open.slice(0, 3).join(", ")} is never closed. Export it again.`,
    );
  }
  if (collected.entries.length > mostEntries) {
    return failure(`The calendar has more than ${mostEntries} entries: export a shorter period.`);
  }
  return success({
    entries: collected.entries,
    zones: collected.zones,
    isCancellation: collected.method === "CANCEL",
  });
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** A line that begins with a space or a tab goes on with the one before it. */
function unfold(text: string): Line[] {
  const lines: { number: number; text: string }[] = [];
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      const last = lines.at(-1);
      if (/^[ \t]/.test(line) && last !== undefined) last.text += line.slice(1);
      else lines.push({ number: index + 1, text: line });
    });
  return lines.map((line) => ({ number: line.number, text: line.text.trimEnd() }));
}

function collect(lines: readonly Line[]) {
  const { placed, open } = placeLines(lines);
  const entries: { line: number; properties: Property[] }[] = [];
  for (const { number, path, property } of placed) {
    if (path === "VCALENDAR" && isBegin(property, "VEVENT")) {
      entries.push({ line: number, properties: [] });
    }
    // Alarms inside an entry are separate blocks and are skipped.
    if (path === "VCALENDAR/VEVENT") entries.at(-1)?.properties.push(property);
  }
  const method = placed.find(
    ({ path, property }) => path === "VCALENDAR" && property.name === "METHOD",
  );
  return {
    entries,
    zones: zonesOf(placed),
    open,
    method: method?.property.value.toUpperCase() ?? "",
  };
}

const observance = /^VCALENDAR\/VTIMEZONE\/(STANDARD|DAYLIGHT)$/;

function zonesOf(placed: readonly Placed[]): RawZone[] {
  const zones: { name: string; observances: Property[][] }[] = [];
  for (const { path, property } of placed) {
    const last = zones.at(-1);
    const isOwn = path === "VCALENDAR/VTIMEZONE";
    if (path === "VCALENDAR" && isBegin(property, "VTIMEZONE")) {
      zones.push({ name: "", observances: [] });
    }
    if (last && isOwn && property.name === "TZID") last.name = property.value;
    if (isOwn && property.name === "BEGIN") last?.observances.push([]);
    if (observance.test(path)) last?.observances.at(-1)?.push(property);
  }
  return zones;
}

function isBegin(property: Property, block: string): boolean {
  return property.name === "BEGIN" && property.value.toUpperCase() === block;
}

interface Placed {
  readonly number: number;
  readonly path: string;
  readonly property: Property;
}

function placeLines(lines: readonly Line[]) {
  const placed: Placed[] = [];
  const open: string[] = [];
  for (const { number, text } of lines) {
    const property = readProperty(text);
    if (property === null) continue;
    placed.push({ number, path: open.slice(0, 3).join("/"), property });
    const block = property.value.toUpperCase();
    if (property.name === "BEGIN") open.push(block);
    if (property.name === "END" && open.at(-1) === block) open.pop();
  }
  return { placed, open };
}

/** `NAME;PARAMETER=value;OTHER="quoted;:":value` */
function readProperty(text: string): Property | null {
  const head = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/s.exec(text);
  if (head === null) return null;
  const [, name = "", rest = "", value = ""] = head;
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, key = "", given = ""] of rest.matchAll(/;([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)/g)) {
    parameters[key.toUpperCase()] = given.replace(/^"|"$/g, "");
  }
  return { name: name.toUpperCase(), parameters, value };
}
