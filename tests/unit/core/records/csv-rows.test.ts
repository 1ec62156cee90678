import { describe, expect, test } from "vitest";
import { findDelimiter } from "#core/table/delimiter.ts";
import { findEncoding } from "#core/table/encoding.ts";
import { createRowReader } from "#core/table/row-reader.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { csvRow } from "#core/table/write-csv.ts";

function read(text: string, delimiter = ",") {
  const reader = createRowReader(delimiter);
  return [...reader.push(text), ...reader.finish()];
}
const cellsOf = (text: string, delimiter?: string) => read(text, delimiter).map((row) => row.cells);

describe("records of a table", () => {
  test("CRLF, LF and CR each end a record, mixed in one file too", () => {
    expect(cellsOf("a,b\r\nc,d\ne,f\rg,h")).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
      ["g", "h"],
    ]);
  });

  test("a quoted cell keeps delimiters, doubled quotes and line ends", () => {
    expect(cellsOf('"a,b","say ""no""","two\r\nlines"\nx,y,z')).toEqual([
      ["a,b", 'say "no"', "two\r\nlines"],
      ["x", "y", "z"],
    ]);
  });

  test("a quote inside an unquoted cell and text after a closing quote stay as they are", () => {
    expect(cellsOf('5" pipe,"a"b,"c" ')).toEqual([['5" pipe', "ab", "c "]]);
  });

  test("each record knows the line it starts on, over quoted line ends and blank lines", () => {
    expect(read('h\n"1\n2"\n\n\r\n"3\r4\r\n5"\nlast').map((row) => row.line)).toEqual([1, 2, 6, 9]);
  });

  test("blank lines and records of empty cells are no rows", () => {
    expect(cellsOf("a,b\n\n,\n , \nc,d\n\n")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  test("a byte order mark is no part of the first header", () => {
    expect(cellsOf("\uFEFFDate,x")).toEqual([["Date", "x"]]);
  });

  test("empty cells at either end are cells", () => {
    expect(cellsOf(",a,\n")).toEqual([["", "a", ""]]);
  });

  test("an unclosed quote is refused with the line where it opens", () => {
    expect(() => read('a,b\nc,"d\ne,f\ng,h\n')).toThrow(/^Line 2: a quote .* never closed/);
  });

  test("an unclosed quote in a long file is found without reading to its end", () => {
    const reader = createRowReader(",");
    reader.push('a,b\nc,"d\n');
    const pieces = () => {
      for (let piece = 0; piece < 100; piece += 1) reader.push("row,row\n".repeat(1_000));
    };
    expect(pieces).toThrow(/^Line 2: a quote/);
  });

  test("a row of a million columns is refused", () => {
    expect(() => read(`a\n${",".repeat(1_000_000)}`)).toThrow(
      /^Line 2: this row has more than 1,000 columns/,
    );
  });

  test("a row without end is refused before it fills the memory", () => {
    expect(() => read("x".repeat(300_000))).toThrow(/^Line 1: this row is longer than 262,144/);
  });

  test("a NUL character is refused with its line", () => {
    expect(() => read("a,b\nc,\0d")).toThrow(/^Line 2: there is a NUL character/);
  });
});

describe("delimiters", () => {
  test.each([
    [",", "Date,Lat,Lng\n2021-06-05,51.6,-0.06\n"],
    ["\t", "Date\tLat, as written\tLng\n2021\t51.6\t-0.06\n"],
    [";", "Date;Lat;Lng\n05/06/2021;51,6;-0,06\n"],
    ["|", "Date|Place, roughly|Lng\na|b, c|d\n"],
    [",", '"a;b;c;d",x\n"e;f",y\n'],
    // Rows without their empty cells at the end, whose text has another delimiter in it.
    [",", `Date,Lat,Lng,Note,Context\n${"2021,51.6,-0.06,Complete; no suspect\n".repeat(40)}`],
    [";", "Reports, June\nDate;Lat;Lng;Kind\n2021;51,6;-0,06;asb\n2021;51,7;-0,07;asb\n"],
    // Text in quotes with more of another delimiter than there are columns.
    [",", 'Name,Date\na,"\t,\t\t\t"\nb,"\r"\n'],
    // Every row has one comma, and the last one leaves an empty cell out.
    [";", "id;name, first;place;note\n1;Smith, A;x;\n2;Jones, B;y\n"],
    [",", "one column only\nvalue\n"],
    [",", ""],
  ])("%j is found", (delimiter, head) => {
    expect(findDelimiter(head)).toBe(delimiter);
  });

  test("a tab-separated record reads like any other", () => {
    expect(cellsOf('a\t"b\tc"\td', "\t")).toEqual([["a", "b\tc", "d"]]);
  });
});

describe("encodings", () => {
  test.each([
    ["utf-8", [0x44, 0x61, 0x74, 0x65]],
    ["utf-8", [0xef, 0xbb, 0xbf, 0x44]],
    ["utf-16le", [0xff, 0xfe, 0x44, 0x00]],
    ["utf-16be", [0xfe, 0xff, 0x00, 0x44]],
  ])("%s by its first bytes", (name, bytes) => {
    expect(findEncoding(Uint8Array.from(bytes))).toEqual({ ok: true, value: name });
  });

  test.each([
    [
      "a UTF-16 LE text without a mark",
      Buffer.from("Date,Süd\n1,2\n", "utf16le"),
      "Date,Süd\n1,2\n",
    ],
    [
      "a UTF-16 BE text without a mark",
      Buffer.from("Date,Süd\n1,2\n", "utf16le").swap16(),
      "Date,Süd\n1,2\n",
    ],
    [
      "a UTF-16 BE text with its mark",
      Buffer.from("\uFEFFDate,Süd\n", "utf16le").swap16(),
      "Date,Süd\n",
    ],
    ["UTF-8", Buffer.from("Date,Süd “x” 😀\n"), "Date,Süd “x” 😀\n"],
    ["UTF-8 with its mark", Buffer.from("\uFEFFDate\n"), "Date\n"],
    [
      "Windows-1252",
      Buffer.from([...Buffer.from("Date,S"), 0xfc, 0x64, 0x93, 0x80, 0x94]),
      "Date,Süd“€”",
    ],
    ["Windows-1252 at the very end", Buffer.from([0x61, 0xe9]), "aé"],
    ["a stray octet in UTF-8", Buffer.from([...Buffer.from("Sü"), 0xe9, 0x61]), "Sü\uFFFDa"],
    ["nothing", Buffer.alloc(0), ""],
  ])("%s is read, wherever its pieces part", (_, bytes, text) => {
    for (const pieceLength of [1, 2, 3, 5, 1_000]) {
      const reader = createTextReader((encoding) => new TextDecoder(encoding));
      let read = "";
      for (let at = 0; at < bytes.length; at += pieceLength) {
        read += reader.push(bytes.subarray(at, at + pieceLength));
      }
      expect(read + reader.finish()).toBe(text);
    }
  });

  test("letters of Windows-1252 far down are found as well, wherever the pieces part", () => {
    const bytes = Buffer.concat([Buffer.from("x".repeat(5_000)), Buffer.from([0xe9, 0x20, 0xe8])]);
    for (const pieceLength of [1_024, 5_000, 5_001, 5_002]) {
      const reader = createTextReader((encoding) => new TextDecoder(encoding));
      let read = "";
      for (let at = 0; at < bytes.length; at += pieceLength) {
        read += reader.push(bytes.subarray(at, at + pieceLength));
      }
      expect((read + reader.finish()).slice(5_000)).toBe("é è");
    }
  });

  test.each([
    ["spreadsheet", [0x50, 0x4b, 0x03, 0x04]],
    ["old Excel", [0xd0, 0xcf, 0x11, 0xe0]],
    ["compressed", [0x1f, 0x8b, 0x08, 0x00]],
    ["compressed", [0x37, 0x7a, 0xbc, 0xaf]],
    ["UTF-32", [0xff, 0xfe, 0x00, 0x00]],
    ["encrypted", [0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from("EncryptedPackage", "utf16le")]],
    ["PDF", [0x25, 0x50, 0x44, 0x46]],
    ["GeoPackage", [...Buffer.from("SQLite format 3\0")]],
    ["FlatGeobuf", [0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x01]],
    ["Shapefile", [0x00, 0x00, 0x27, 0x0a, 0, 0, 0, 0]],
    ["KML", [...Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="x">')]],
  ])("a %s file is refused with what to do", (word, bytes) => {
    const found = findEncoding(Uint8Array.from(bytes));
    expect(found).toMatchObject({ ok: false, reason: expect.stringContaining(word) as unknown });
  });
});

test("cells are written with quotes only where they need them", () => {
  expect(csvRow(["plain", "a,b", 'say "no"', "two\nlines", ""])).toBe(
    'plain,"a,b","say ""no""","two\nlines",',
  );
});
