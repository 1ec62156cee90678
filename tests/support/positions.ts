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
