import { panelMeasures, type ReleaseDocument } from "#core/releases/wire/release.ts";
import type { PublicForm } from "#tests/support/intruder/public-forms.ts";
import { readMarkup } from "#tests/support/intruder/read-markup.ts";
import {
  complaintsKey,
  doneKey,
  type FigureKey,
  type Reader,
  type Reading,
  type Row,
  readerOf,
} from "#tests/support/intruder/reading.ts";

export interface ReadForm {
  readonly readings: readonly Reading[];
  /** What nothing was read from. */
  readonly rest: string;
}

/** All that stands in a form about any count. A form that is written otherwise than is known here is a fault. */
export function readForm(form: PublicForm, release: ReleaseDocument): ReadForm {
  const reader = readerOf(form, release);
  const { kind } = form;
  if (kind === "json") readJson(reader);
  else if (kind === "csv") readCsv(reader);
  else {
    readSentences(reader);
    if (kind === "text") readText(reader);
    else readMarkup(reader);
  }
  return { readings: reader.readings, rest: reader.rest() };
}

function readJson(reader: Reader): void {
  const { values, done } = JSON.parse(reader.form.text).release as ReleaseDocument;
  for (const { measure, area, month, count } of values) {
    reader.figure(`${measure} ${area} ${month}`, String(count ?? ""));
  }
  for (const { label, from, to, count } of done) {
    reader.figure(doneKey(label, from, to), String(count ?? ""));
  }
  reader.take(/"count":(?:\d+|null)/g, () => undefined);
}

/** The count of a row is read, with the reason where there is none. */
function readCsv(reader: Reader): void {
  const measures: readonly string[] = panelMeasures;
  reader.take(/^(.+)$/gm, (line) => {
    const cells = cellsOf(line);
    const [, , part = "", area = "", name = "", , from = "", to = "", measure = ""] = cells;
    const isDone = part.startsWith("done: ");
    if (!isDone && !measures.includes(measure)) return line;
    reader.figure(isDone ? doneKey(name, from, to) : `${measure} ${area} ${from}`, cells[9] ?? "");
    return cells.slice(0, 9).join();
  });
}

function cellsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

/** Whole sentences, wherever they stand. */
function readSentences(reader: Reader): void {
  const { take, figure, complaints, monthOf, idOf } = reader;
  const sightings = (area: string, month: string) => `sightings ${idOf(area)} ${monthOf(month)}`;
  take(
    /Residents made about ([\d,]+) complaints in ([^<>]+?) in (\w+ \d{4})\./g,
    (count, area, month) => {
      figure(complaints(area, monthOf(month)), count);
    },
  );
  take(/([^<>\n]+), (\w+ \d{4}): the number of complaints is not shown\./g, (area, month) => {
    figure(complaints(area, monthOf(month)), "");
  });
  take(
    /Residents also reported about ([\d,]+) sightings in ([^<>]+?) in (\w+ \d{4})\./g,
    (count, area, month) => {
      figure(sightings(area, month), count);
    },
  );
  take(
    /The number of sightings that residents reported in ([^<>]+?) in (\w+ \d{4}) is not shown\./g,
    (area, month) => {
      figure(sightings(area, month), "");
    },
  );
  take(
    /Of the figures shown, the highest (?:is|are) in ([^<>]+?), about ([\d,]+)(?: each)?\./g,
    (areas, count) => {
      for (const area of listed(areas)) figure(complaints(area, reader.form.month), count);
    },
  );
  take(/Not shown, fewer than \d+ or withheld: ([^<>]+?)\.(?=[<\s]|$)/g, (areas) => {
    const rows = listed(areas).map((name) => ({ name, key: complaints(name, reader.form.month) }));
    for (const { key } of rows) figure(key, "");
    reader.readings.push({ what: "order", rows });
  });
  take(
    /(?:<strong>)?([\d,]+)(?:<\/strong>)?\s*(?:<span>)?complaints in (\w+ \d{4}), to the nearest \d+/g,
    (count, month) => {
      figure(complaintsKey("command", monthOf(month)), count);
    },
  );
}

function listed(names: string): string[] {
  return names.split(/, | and /);
}

/** The text version: the figures of a month in a list, then each area with its months below. */
function readText(reader: Reader): void {
  let keyOf = (month: string): FigureKey => complaintsKey("command", month);
  const { take, figure, isMonth, monthOf, complaints } = reader;
  take(/^- (.+, \d+ \w+ \d{4} to \d+ \w+ \d{4}): (.+)$/gm, (row, words) => {
    figure(`done ${row}`, words);
  });
  const rows: Row[] = [];
  take(/^(.+): ([\d,]+|not shown|no figures yet)$|^(.+)$/gm, (name, words, other) => {
    if (other !== "") {
      keyOf = keyBelow(other, reader) ?? keyOf;
      return other;
    }
    const key = isMonth(name) ? keyOf(monthOf(name)) : complaints(name, reader.form.month);
    figure(key, words);
    if (!isMonth(name)) rows.push({ key, name });
    return " ";
  });
  reader.readings.push({ what: "order", rows });
}

/** Of the months below the name of an area; null where a line is no such name. */
function keyBelow(line: string, reader: Reader): ((month: string) => FigureKey) | null {
  const [, sightings] = /^Sightings, (.+)$/.exec(line) ?? [];
  const id = reader.findArea(sightings ?? line);
  if (id === undefined) return null;
  return (month) =>
    sightings === undefined ? complaintsKey(id, month) : `sightings ${id} ${month}`;
}
