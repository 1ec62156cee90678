import { failure, type Result, success } from "#core/result.ts";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be";

/** What many record systems export as "Excel". */
const webPage = /^\s*(?:<!doctype html|<html|<table|<meta|<style|<head)/i;

const placemarks = /^\s*<(?:\?xml[^>]*>\s*<)?(?:!--[^>]*>\s*<)?kml/i;

const oldOffice = [0xd0, 0xcf, 0x11, 0xe0];

/** Bytes needed to detect the encoding. */
export const encodingSample = 1_024;

/**
 * Encoding of a file from its first bytes: by its byte order mark; by every other byte being zero,
 * as in UTF-16 of Latin letters; UTF-8 otherwise. Bytes invalid in UTF-8 are only detected on
 * reading (text-reader.ts).
 */
export function findEncoding(start: Uint8Array): Result<TextEncodingName> {
  const begins = (bytes: readonly number[]) => bytes.every((byte, at) => start[at] === byte);
  if (begins(oldOffice)) return failure(whyOldOffice(start));
  const mistake = mistakes.find(({ bytes }) => begins(bytes));
  if (mistake) return failure(mistake.reason);
  if (webPage.test(String.fromCharCode(...start.subarray(0, 100)))) {
    return failure(
      "This is a web page with a table in it. Open it in a spreadsheet and save it as XLSX or CSV",
    );
  }
  if (placemarks.test(String.fromCharCode(...start.subarray(0, 200)))) {
    return failure(`This is KML: ${exportPoints}`);
  }
  if (begins([0xff, 0xfe])) return success("utf-16le");
  if (begins([0xfe, 0xff])) return success("utf-16be");
  return success(withoutMark(start.subarray(0, encodingSample)));
}

/** Excel puts a password-protected workbook into its old container format. */
function whyOldOffice(start: Uint8Array): string {
  return holdsUtf16(start, "EncryptedPackage")
    ? "This workbook is encrypted with a password: save it without one"
    : "This is an old Excel or Word file, or has a password. Save it as XLSX without a password, or as CSV";
}

function holdsUtf16(bytes: Uint8Array, word: string): boolean {
  const wanted = [...word].flatMap((letter) => [letter.charCodeAt(0), 0]);
  for (let at = 0; at + wanted.length <= bytes.length; at += 1) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}

/** Least share of UTF-16 pairs of Latin text with a zero on the same side. */
const zeroShare = 0.9;
const fewestPairs = 2;

function withoutMark(sample: Uint8Array): TextEncodingName {
  const pairs = Math.floor(sample.length / 2);
  if (pairs < fewestPairs) return "utf-8";
  const zeros = [0, 0];
  const letters = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) {
    const side = at % 2;
    if (sample[at] === 0) zeros[side] = (zeros[side] ?? 0) + 1;
    else letters[side] = (letters[side] ?? 0) + 1;
  }
  const isText = (filled: 0 | 1) =>
    (zeros[1 - filled] ?? 0) >= pairs * zeroShare && (letters[filled] ?? 0) >= pairs * zeroShare;
  if (isText(0)) return "utf-16le";
  return isText(1) ? "utf-16be" : "utf-8";
}

const zipShapefile =
  "This is one file of a Shapefile: put it into a zip together with its .dbf, .prj and .cpg, and choose that";
const exportPoints = "export the points as CSV, GeoJSON or Parquet";

/** First bytes of files that people pick by mistake, and what to do about each. */
const mistakes: readonly { readonly bytes: readonly number[]; readonly reason: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    reason: "This is a spreadsheet (XLSX) or a ZIP archive, not a table in text: save it as CSV",
  },
  { bytes: [0x1f, 0x8b], reason: "This file is compressed (gzip): unpack it first" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], reason: "This file is compressed (7-Zip): unpack it first" },
  { bytes: [0x52, 0x61, 0x72, 0x21], reason: "This file is compressed (RAR): unpack it first" },
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: "This is a PDF: export the table as CSV instead" },
  // "SQLite format 3"
  {
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    reason: `This is a GeoPackage or another database of SQLite: ${exportPoints}`,
  },
  { bytes: [0x66, 0x67, 0x62, 0x03], reason: `This is FlatGeobuf: ${exportPoints}` },
  { bytes: [0x00, 0x00, 0x27, 0x0a], reason: zipShapefile },
  {
    bytes: [0xff, 0xfe, 0x00, 0x00],
    reason: "This text is in UTF-32, which no program reads well: save it as UTF-8",
  },
  {
    bytes: [0x00, 0x00, 0xfe, 0xff],
    reason: "This text is in UTF-32, which no program reads well: save it as UTF-8",
  },
];
