import { describe, expect, test } from "vitest";
import { cellAt, disk, eventResolution } from "#core/geo/cell.ts";
import { createFixSink } from "#core/patrols/positions/fix-reader.ts";
import { placeOfFix, timeOfFix } from "#core/patrols/positions/fix-store.ts";
import { isGpxFile } from "#core/patrols/positions/profiles.ts";
import { createGpxReader } from "#core/patrols/positions/read-gpx.ts";
import { createInstantReader } from "#core/patrols/positions/read-instant.ts";
import { createTableFixReader } from "#core/patrols/positions/read-table.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";
import { createZone } from "#core/time/zone.ts";
import { asCsv, asGpx, standing } from "#tests/support/positions.ts";

const zone = createZone("Europe/London");
const region = {
  name: "the area",
  grid: "EPSG:27700" as const,
  west: -0.2,
  south: 51.5,
  east: 0.05,
  north: 51.75,
};
const here = { lat: 51.6179, lng: -0.0631 };
const home = cellAt([here.lng, here.lat], eventResolution);
const cells = disk(home, 6);
const noon = "2021-11-05T12:00:00Z";

function openSink() {
  return createFixSink({
    region,
    placeAt: (lat, lng) => cells.indexOf(cellAt([lng, lat], eventResolution)),
    latest: Date.parse("2021-12-01T00:00Z"),
  });
}
type Opened = ReturnType<typeof openSink>;

function readTable(
  text: string,
  { map = {}, order = "day-first" as const, piece = 7_777 } = {},
): Opened {
  const opened = openSink();
  const rows = createDelimitedReader();
  const reader = createTableFixReader(opened.sink, zone, { map, order });
  for (let at = 0; at < text.length; at += piece)
    reader.push(rows.push(text.slice(at, at + piece)));
  reader.push(rows.finish());
  reader.finish();
  return opened;
}

function readGpx(text: string, piece = 13): Opened {
  const opened = openSink();
  const reader = createGpxReader(opened.sink, zone);
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece));
  reader.finish();
  return opened;
}

const fixesOf = ({ store }: Opened) =>
  Array.from({ length: store.devices() }, (_, device) =>
    [...store.inOrder(device)].map((fix) => [timeOfFix(fix), cells[placeOfFix(fix)] ?? null]),
  );

describe("a log of positions", () => {
  const fixes = ["R1", "R2"].flatMap((device) =>
    standing(device, { from: noon, every: 30, count: 4, ...here }),
  );

  test("says the same as CSV and GPX, cut anywhere", () => {
    const csv = readTable(asCsv(fixes));
    expect(csv.counts).toEqual({ fixes: 8, rejected: 0, outside: 0 });
    expect(fixesOf(csv)).toEqual(
      [0, 1].map(() => [0, 30, 60, 90].map((s) => [Date.parse(noon) + s * 1000, home])),
    );
    const gpx = readGpx(asGpx(fixes.slice(0, 4)));
    expect(fixesOf(gpx)).toEqual(fixesOf(csv).slice(0, 1));
  });

  test("is told by how it begins, and not by its name", () => {
    const texts = [asCsv(fixes), asGpx(fixes), `\uFEFF\n${asGpx(fixes)}`];
    expect(texts.map((text) => isGpxFile(text.slice(0, 4_096)))).toEqual([false, true, true]);
  });

  test.each([
    "$GPRMC,120000,A,5137.0740,N,00003.7860,W,0,0,051121,,",
    "CAR2,$GNGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1*39\r\nCAR2,$GNRMC,120000,A",
  ])("of NMEA is refused, and says how to bring it: %s", (text) => {
    expect(() => isGpxFile(text)).toThrow("Save it as GPX");
  });

  test("may name its columns as radios, vehicles and phones do", () => {
    const ways = [
      "ISSI;GPS Time;Lat;Lon\nR1;05/11/2021 12:00:30;51.6179;-0.0631",
      "Call sign,Date,Time,Latitude,Longitude\nCar 1,05/11/2021,12:00:30,51.6179,-0.0631",
      "imei\tepoch\tlat\tlng\n35\t1636113630\t51.6179\t-0.0631",
      "imei,epoch,lat,lng\n35,1636113630000,51.6179,-0.0631",
      "Patrol log of a week\n\nunit,timestamp,latitude,longitude\n1,2021-11-05 12:00:30,51.6179,-0.0631",
      "unit,UTC time,easting,northing\n1,20211105 120030,534191,192875",
    ];
    for (const text of ways) {
      const opened = readTable(text);
      expect(opened.faults, text).toEqual([]);
      expect(fixesOf(opened)[0]?.[0]?.[0], text).toBe(Date.parse("2021-11-05T12:00:30Z"));
    }
  });

  test("without an offset is on the wall clock, and UTC where its heading says so", () => {
    const at = (head: string, time: string) =>
      fixesOf(readTable(`${head},lat,lon\n${time},51.6179,-0.0631`))[0]?.[0]?.[0];
    expect(at("time", "2021-07-05 12:00:30")).toBe(Date.parse("2021-07-05T11:00:30Z"));
    expect(at("time utc", "2021-07-05 12:00:30")).toBe(Date.parse("2021-07-05T12:00:30Z"));
    expect(at("time", "2021-07-05T12:00:30.5+02:00")).toBe(Date.parse("2021-07-05T10:00:30.5Z"));
    // The doubled hour is its first.
    expect(at("time", "2021-10-31 01:30:00")).toBe(Date.parse("2021-10-31T00:30:00Z"));
  });

  test("accounts for each bad line with where and why, and never with its device", () => {
    const rows = [
      "time,device,latitude,longitude",
      "2021-11-05T12:00:00Z,SECRET1,51.6179,-0.0631",
      "2021-11-05T12:00:61Z,SECRET2,51.6179,-0.0631",
      "31/02/2021 12:00:00,SECRET2,51.6179,-0.0631",
      ",SECRET2,51.6179,-0.0631",
      "2021-11-05T12:00:00Z,,51.6179,-0.0631",
      "2021-11-05T12:00:00Z,SECRET2,-0.0631,51.6179",
      "2021-11-05T12:00:00Z,SECRET2,91,-0.0631",
      "2021-11-05T12:00:00Z,SECRET2,NaN,-0.0631",
      "2021-11-05T12:00:00Z,SECRET2,51.6179,",
      "2021-11-05T12:00:00Z,SECRET2,0,0",
      "2031-11-05T12:00:00Z,SECRET2,51.6179,-0.0631",
      "1980-01-06T00:00:00Z,SECRET2,51.6179,-0.0631",
      "2021-03-28 01:30:00,SECRET2,51.6179,-0.0631",
      "SECRET2,2021-11-05T12:00:00Z,51.6179,-0.0631",
      "2021-11-05T12:00:00Z,SECRET1,51.7,0.04",
    ];
    const { counts, faults } = readTable(rows.join("\n"));
    expect(counts).toEqual({ fixes: 15, rejected: 13, outside: 1 });
    expect(faults.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(faults.every(({ reason }) => reason !== "")).toBe(true);
    expect(faults[2]).toMatchObject({ column: "time", reason: "the row has no time" });
    expect(faults[4]?.reason).toContain("swapped");
    expect(faults[11]?.reason).toContain("clocks go forward");
    expect(JSON.stringify(faults)).not.toContain("SECRET");
  });

  test("that names no time or place is refused, and says how columns are called", () => {
    expect(() => readTable("a,b\n1,2\n")).toThrow(
      "call the columns time, latitude, longitude and device",
    );
    expect(() => readTable("")).toThrow("no line of headings");
  });

  test("reads what a saved profile maps", () => {
    const map = { date: "When seen", latitude: "Y", longitude: "X", category: "Sort" };
    const opened = readTable("When seen,X,Y,Sort\n2021-11-05T12:00:00Z,-0.0631,51.6179,foot", {
      map: { ...map },
    });
    expect(fixesOf(opened)).toEqual([[[Date.parse(noon), home]]]);
  });
});

describe("a device of a log", () => {
  const numbered = (count: number, head = "id,time,lat,lon") =>
    [
      head,
      ...Array.from(
        { length: count },
        (_, row) => `${row},${1_636_113_600 + row * 30},51.6179,-0.0631`,
      ),
    ].join("\n");

  test("is none of the numbers of rows and trips", () => {
    for (const head of ["id,time,lat,lon", "track,time,lat,lon"]) {
      const { store, sink } = readTable(numbered(40, head));
      expect([store.devices(), sink.devices.countNamed()], head).toEqual([1, 0]);
    }
  });

  test("holds two fixes at least: a file with more devices than that is refused, a long one early", () => {
    const some = readTable(numbered(40, "device,time,lat,lon"));
    expect(some.endFile).toThrow("40 devices in 40 fixes");
    expect(() => readTable(numbered(6_000, "device,time,lat,lon"))).toThrow(
      "more likely the number of a row or a trip",
    );
    for (const few of [readTable(numbered(5, "device,time,lat,lon")), readTable(numbered(40))]) {
      expect(few.endFile).not.toThrow();
    }
    // Each file by itself, and known devices are no new ones.
    const opened = openSink();
    for (const round of [0, 1]) {
      opened.nextFile();
      for (let fix = 0; fix < 60; fix += 1) {
        const at = Date.parse(noon) + (round * 60 + fix) * 1000;
        opened.sink.add(fix, opened.sink.devices.of(`R${fix % 30}`), at, here.lat, here.lng);
      }
      opened.endFile();
    }
    expect(opened.store.devices()).toBe(30);
  });
});

describe("a GPX file", () => {
  test("is one device, whatever its tracks are called, and no other file's", () => {
    const trips = ["Morning", "Lunch", "Evening"].flatMap((trip) =>
      standing(trip, { from: noon, every: 30, count: 4, ...here }),
    );
    const one = readGpx(asGpx(trips));
    expect([one.store.devices(), one.sink.devices.countNamed()]).toEqual([1, 0]);
    const opened = openSink();
    for (let file = 0; file < 3; file += 1) {
      const reader = createGpxReader(opened.sink, zone);
      reader.push(asGpx(standing("ACTIVE LOG", { from: noon, every: 30, count: 4, ...here })));
      reader.finish();
    }
    expect(opened.store.devices()).toBe(3);
  });

  const around = (inner: string) => `<gpx><trk><trkseg>${inner}</trkseg></trk></gpx>`;
  const point = (lat: string, time: string) =>
    `<trkpt lat="${lat}" lon="-0.0631">${time && `<time>${time}</time>`}</trkpt>`;

  test("has its bad points named by line", () => {
    const text = around(
      [
        point("51.6179", noon),
        point("x", noon),
        point("51.6179", ""),
        point("51.6179", "soon"),
      ].join("\n"),
    );
    const { counts, faults } = readGpx(text);
    expect(counts).toMatchObject({ fixes: 4, rejected: 3 });
    expect(faults.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  test.each([
    ["<kml></kml>", "does not begin with <gpx>"],
    [around(""), "no track points"],
    ["<gpx><trk>", "cannot be read as XML"],
    ['<!DOCTYPE gpx [<!ENTITY a "b">]><gpx></gpx>', "document type"],
    [`<gpx>${"<a>".repeat(40)}`, "nests too deep"],
    [`<gpx><trk><name>${"x".repeat(1_300_000)}`, "longer than any device writes"],
  ])("that is none is refused: %.40s", (text, reason) => {
    expect(() => readGpx(text, 50_000)).toThrow(reason);
  });
});

test("a time is read to the second whichever way it is written", () => {
  const read = createInstantReader(zone);
  const at = Date.parse("2021-11-05T14:05:30Z");
  for (const text of [
    "2021-11-05T14:05:30Z",
    "2021-11-05 14:05:30",
    "2021-11-05T14:05:30+0000",
    "05/11/2021 14:05:30",
    "5 Nov 2021 14:05:30",
    "05/11/2021 2:05:30 pm",
    "20211105 140530",
    "14:05:30 05/11/2021",
    "1636121130",
    "1636121130000",
  ]) {
    expect(read(text), text).toEqual({ ok: true, value: at });
  }
  expect(read("2021-11-05T14:05:30.250Z")).toEqual({ ok: true, value: at + 250 });
  for (const text of ["2021-11-05", "soon", "", "2021-11-05T14:05:60Z", "2021-11-05T25:05:30Z"]) {
    expect(read(text).ok, text).toBe(false);
  }
});
