import { failure, type Result, success } from "#core/result.ts";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be";

/** First bytes of files that people pick by mistake, and what to do about each. */
const mistakes: readonly { readonly bytes: readonly number[]; readonly reason: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    reason: "This is a spreadsheet (XLSX) or a ZIP archive, not a table in text: save it as CSV",
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    reason: "This is an old Excel or Word file, not a table in text: save it as CSV",
  },
  { bytes: [0x1f, 0x8b], reason: "This file is compressed (gzip): unpack it first" },
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: "This is a PDF: export the table as CSV instead" },
];

/** How to decode a file, from its first bytes; UTF-8 unless a byte order mark says otherwise. */
export function findEncoding(start: Uint8Array): Result<TextEncodingName> {
  const begins = (bytes: readonly number[]) => bytes.every((byte, at) => start[at] === byte);
  const mistake = mistakes.find(({ bytes }) => begins(bytes));
  if (mistake) return failure(mistake.reason);
  if (begins([0xff, 0xfe])) return success("utf-16le");
  if (begins([0xfe, 0xff])) return success("utf-16be");
  return success("utf-8");
}
