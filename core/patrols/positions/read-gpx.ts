import { SaxesParser } from "saxes";
import type { FixSink } from "#core/patrols/positions/fix-reader.ts";
import { createRowTaker } from "#core/patrols/positions/read-table.ts";
import { readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Zone } from "#core/time/zone.ts";

/** Tracks nest six deep with their extensions. */
const deepest = 32;
/** Characters without a tag among them. */
const longestText = 1_000_000;

/**
 * Track points of a GPX 1.0 or 1.1 file (www.topografix.com/GPX/1/1): `time`, `lat` and `lon` as the rows of a table. One
 * file is one device: tracks are trips, and many devices share track names. Way points and routes
 * are not fixes. A document type is refused, against entity attacks.
 */
export function createGpxReader(sink: FixSink, zone: Zone) {
  const parser = new SaxesParser();
  const header = readHeader({ line: 1, cells: ["time", "latitude", "longitude"] });
  const columns = { date: 0, time: null, first: 1, second: 2, isGrid: false, device: null };
  const take = createRowTaker(sink, zone, header, { ...columns, isUtc: false });
  const path: string[] = [];
  let text = "";
  let quiet = 0;
  let point: { line: number; lat: string; lng: string; time: string } | null = null;
  let points = 0;
  parser.on("opentag", ({ name, attributes }) => {
    const tag = name.slice(name.indexOf(":") + 1);
    if (path.length === 0 && tag !== "gpx") {
      throw new FileFault("this XML file is no GPX: it does not begin with <gpx>");
    }
    path.push(tag);
    if (path.length > deepest) throw new FileFault("this GPX file nests too deep");
    [text, quiet] = ["", 0];
    if (tag === "trkpt") {
      const { lat = "", lon = "" } = attributes as Readonly<Record<string, string>>;
      point = { line: parser.line, lat, lng: lon, time: "" };
    }
  });
  parser.on("closetag", () => {
    const tag = path.pop();
    quiet = 0;
    if (tag === "trkpt" && point) {
      take({ line: point.line, cells: [point.time, point.lat, point.lng] });
      point = null;
      points += 1;
    }
    if (tag === "time" && path.at(-1) === "trkpt" && point) point.time = text;
    text = "";
  });
  parser.on("text", (piece) => {
    text += piece;
  });
  parser.on("cdata", (piece) => {
    text += piece;
  });
  parser.on("doctype", () => {
    throw new FileFault("this GPX file declares a document type, which no device writes");
  });
  parser.on("error", (cause) => {
    throw new FileFault("this file cannot be read as XML from here on; export it again", {
      line: parser.line,
      cause,
    });
  });
  return {
    push: (piece: string) => {
      parser.write(piece);
      quiet += piece.length;
      if (quiet > longestText) {
        throw new FileFault("a text in this GPX file is longer than any device writes");
      }
    },
    finish: () => {
      parser.close();
      if (points === 0) {
        throw new FileFault("this GPX file has no track points (trkpt); export a track");
      }
    },
  };
}
