import type { FixReader, FixSink } from "#core/patrols/positions/fix-reader.ts";
import { failure, type Result, success } from "#core/result.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { dayMs } from "#core/time/zone.ts";

/** NMEA 0183 allows 82 characters; a tag block and a device before it may come to as many again. */
const longestLine = 1_024;
const lineEnd = /\r\n|\n|\r/;

/**
 * Recommended minimum sentences (RMC) of any satellite system: time and date in UTC, position, and whether it is one
 * (NMEA 0183, version 4.11). The checksum must be there and right. Other sentences hold no fix and are
 * counted as skipped. A device is what stands before the sentence: a tag block (`\s:NAME*hh\`) or `NAME,`, and never the
 * time at which the line was written; without one the file is one device.
 */
export function createNmeaReader(sink: FixSink): FixReader {
  let rest = "";
  let line = 0;
  let unnamed = -1;
  let sentences = 0;
  const deviceOf = (before: string, at: number) => {
    const name = nameBefore(before, at);
    if (name !== "") return sink.devices.of(name);
    if (unnamed === -1) unnamed = sink.devices.unnamed();
    return unnamed;
  };
  const take = (text: string) => {
    line += 1;
    const written = text.trim();
    if (written === "") return;
    const start = written.search(/[$!]/);
    const sentence = start === -1 ? "" : written.slice(start);
    if (!/^\$[A-Z]{2}RMC,/.test(sentence)) {
      if (start === -1) {
        sink.reject(line, "line", { role: "date", text: "" }, "not a sentence of NMEA 0183");
      } else sink.skip();
      return;
    }
    sentences += 1;
    const read = readRmc(sentence);
    if (!read.ok) {
      sink.reject(line, "RMC", { role: "date", text: "" }, read.reason);
      return;
    }
    const { at, lat, lng } = read.value;
    sink.add(line, deviceOf(written.slice(0, start), at), at, lat, lng);
  };
  return {
    push: (text) => {
      const lines = (rest + text).split(lineEnd);
      rest = lines.pop() ?? "";
      if (rest.length > longestLine) {
        throw new FileFault("this line is longer than any sentence of NMEA 0183", {
          line: line + 1 + lines.length,
        });
      }
      for (const one of lines) take(one);
    },
    finish: () => {
      take(rest);
      rest = "";
      if (sentences === 0) {
        throw new FileFault("there is no RMC sentence in this file, such as $GPRMC; switch it on");
      }
    },
  };
}

/** `\s:CAR7,c:1637*5A\` or `CAR7,`, with or without a time; empty where there is no name. */
function nameBefore(before: string, at: number): string {
  const tagged = /\\(?:[^\\]*,)?s:([^,*\\]+)/.exec(before);
  if (tagged?.[1] !== undefined) return tagged[1].trim();
  if (!/\d{4}|:/.test(before)) return before.replace(/[,;\s]+$/, "").trim();
  const words = before
    .replace(/\\[^\\]*\\/g, "")
    .split(/[,;\s]+/)
    .filter((word) => word !== "");
  const isClockOf = (day = "", word: string) =>
    (joinedDay.test(day) || calendar.test(day)) && /^\d{6}(?:\.\d+)?$/.test(word);
  const names = words.filter(
    (word, index) => !isTimeWord(word, at) && !isClockOf(words[index - 1], word),
  );
  if (names.length === words.length) return names.join(" ");
  const isSpelt = names.some((word) => spelt.test(word));
  return names
    .filter((word) => !spelt.test(word) && !zoneWord.test(word) && !(isSpelt && figure.test(word)))
    .join(" ");
}

const clock =
  /^[[(]?(?:\S*\dT)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?[\])]?:?$/i;
const calendar = /^[[(]?(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4})$/;
const joinedDay = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])/;
const joined = /^\d{8}(?:[T_-]?\d{4,6}(?:\.\d+)?Z?)?$/;
const epoch = /^\d{10}(?:\d{3})?(?:\.\d+)?$/;
/** "Mon Nov 22 14:00:00 2021" */
const spelt = /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const figure = /^(?:\d{1,2}|\d{4})$/;
const zoneWord = /^(?:am|pm|utc|gmt|bst|z)$/i;

/** Whether a word before a sentence is when the line was written; `at` is the time of the fix. */
function isTimeWord(word: string, at: number): boolean {
  if (clock.test(word) || calendar.test(word) || (joined.test(word) && joinedDay.test(word)))
    return true;
  if (!epoch.test(word)) return false;
  const written = Number(word) * (/^\d{13}/.test(word) ? 1 : 1000);
  return Math.abs(written - at) < dayMs;
}

interface Rmc {
  readonly at: number;
  readonly lat: number;
  readonly lng: number;
}

const rmcTime = /^(\d{2})(\d{2})(\d{2})(\.\d+)?$/;
const rmcDate = /^(\d{2})(\d{2})(\d{2})$/;

function readRmc(sentence: string): Result<Rmc> {
  const star = sentence.lastIndexOf("*");
  const given = star === -1 ? "" : sentence.slice(star + 1, star + 3);
  if (!/^[0-9A-Fa-f]{2}$/.test(given)) {
    return failure("the sentence has no checksum, so nobody can tell whether it is whole");
  }
  if (checksumOf(sentence.slice(1, star)) !== Number.parseInt(given, 16)) {
    return failure("the checksum does not fit: the sentence was damaged on its way");
  }
  const fields = sentence.slice(1, star).split(",");
  const [, time = "", status, lat = "", north, lng = "", east, , , date = ""] = fields;
  if (status !== "A") return failure("the device had no position (status V)");
  const at = instantOf(time, date);
  if (at === null) return failure("time or date is not written as hhmmss and ddmmyy");
  const latitude = degreesOf(lat, 2, north, "NS");
  const longitude = degreesOf(lng, 3, east, "EW");
  if (latitude === null || longitude === null) {
    return failure("latitude or longitude is not written as ddmm.mmmm,N and dddmm.mmmm,W");
  }
  return success({ at, lat: latitude, lng: longitude });
}

/** Exclusive or of all characters between `$` and `*`. */
export function checksumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum ^= text.charCodeAt(at);
  return sum;
}

function instantOf(time: string, date: string): number | null {
  const [, hour, minute, second, part = ""] = rmcTime.exec(time) ?? [];
  const [, day, month, year] = rmcDate.exec(date) ?? [];
  if (hour === undefined || day === undefined) return null;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const midnight = Date.UTC(2000 + Number(year), Number(month) - 1, Number(day));
  const isDay = new Date(midnight).getUTCDate() === Number(day) && Number(month) <= 12;
  if (!isDay || hours > 23 || minutes > 59 || seconds > 60) return null;
  const ms = part === "" ? 0 : Math.round(Number(part) * 1000);
  return midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

/** Degrees and minutes without a sign between them. */
function degreesOf(
  text: string,
  figures: number,
  side: string | undefined,
  sides: "NS" | "EW",
): number | null {
  if (!/^\d{4,5}(?:\.\d+)?$/.test(text) || side === undefined || side.length !== 1) return null;
  if (!sides.includes(side) || text.split(".")[0]?.length !== figures + 2) return null;
  const minutes = Number(text.slice(figures));
  if (minutes >= 60) return null;
  const value = Number(text.slice(0, figures)) + minutes / 60;
  return side === sides[0] ? value : -value;
}
