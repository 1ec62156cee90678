import { checksumOf } from "#core/patrols/positions/read-nmea.ts";

/** A position of a device at a time, as a log line tells it. */
export interface LoggedFix {
  readonly at: number;
  readonly device: string;
  readonly lat: number;
  readonly lng: number;
}

/** `count` fixes of a device that stands still. */
export function standing(
  device: string,
  {
    from,
    every,
    count,
    lat,
    lng,
  }: {
    readonly from: string;
    /** Seconds. */
    readonly every: number;
    readonly count: number;
    readonly lat: number;
    readonly lng: number;
  },
): LoggedFix[] {
  return Array.from({ length: count }, (_, index) => ({
    at: Date.parse(from) + index * every * 1000,
    device,
    lat,
    lng,
  }));
}

export function asCsv(fixes: readonly LoggedFix[]): string {
  const rows = fixes.map(
    ({ at, device, lat, lng }) => `${new Date(at).toISOString()},${device},${lat},${lng}`,
  );
  return `${["time,device,latitude,longitude", ...rows].join("\n")}\n`;
}

/** One file with a track for each name. */
export function asGpx(fixes: readonly LoggedFix[]): string {
  const devices = [...new Set(fixes.map(({ device }) => device))];
  const tracks = devices.map((device) => {
    const points = fixes
      .filter((fix) => fix.device === device)
      .map(
        ({ at, lat, lng }) =>
          `<trkpt lat="${lat}" lon="${lng}"><ele>12</ele><time>${new Date(at).toISOString()}</time><extensions><hr>70</hr></extensions></trkpt>`,
      );
    return `<trk><name>${device}</name><trkseg>\n${points.join("\n")}\n</trkseg></trk>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="tracker" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="51.6" lon="-0.06"><time>2021-11-05T12:00:00Z</time></wpt>
${tracks.join("\n")}
</gpx>
`;
}

/** RMC sentences behind the name of their device, with a sentence of another kind before each. */
export function asNmea(fixes: readonly LoggedFix[]): string {
  return fixes
    .map(({ at, device, lat, lng }) => {
      const [date = "", time = ""] = new Date(at).toISOString().split("T");
      const day = `${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}`;
      const clock = time.slice(0, 8).replaceAll(":", "");
      const place = `${minutesOf(lat, 2)},${lat < 0 ? "S" : "N"},${minutesOf(lng, 3)},${lng < 0 ? "W" : "E"}`;
      return [
        `${device},${sentence("GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1")}`,
        `${device},${sentence(`GNRMC,${clock}.00,A,${place},0.1,180.0,${day},,,A`)}`,
      ].join("\r\n");
    })
    .join("\r\n");
}

export function sentence(body: string): string {
  return `$${body}*${checksumOf(body).toString(16).toUpperCase().padStart(2, "0")}`;
}

function minutesOf(value: number, figures: number): string {
  const size = Math.abs(value);
  const minutes = ((size % 1) * 60).toFixed(5).padStart(8, "0");
  return `${String(Math.floor(size)).padStart(figures, "0")}${minutes}`;
}
