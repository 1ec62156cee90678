import type { Page } from "#tests/browser/driver.ts";

type Ring = readonly (readonly [number, number])[];

function square(west: number, south: number, size = 0.01): Ring {
  const [east, north] = [west + size, south + size];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function collection(features: readonly { properties: object; geometry: object }[]): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: features.map((one) => ({ type: "Feature", ...one })),
  });
}

function area(code: string, name: string, ring: Ring) {
  return {
    properties: { WD21CD: code, WD21NM: name },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}

const [a, b, c, d] = square(-0.06, 51.63) as unknown as Ring[number][];

/** Two wards that touch, one whose line crosses itself, and one far away. */
export const squareWards = collection([
  area("W1", "South Square", square(-0.07, 51.62)),
  area("W2", "East Square", square(-0.06, 51.62)),
  area("W3", "Crossed", [a, c, b, d, a] as Ring),
  area("W9", "Sheffield", square(-1.5, 53.3)),
]);

export const beats = collection([
  {
    properties: { beat_code: "B1", beat_name: "Fore Street" },
    geometry: { type: "Polygon", coordinates: [square(-0.08, 51.605, 0.03)] },
  },
]);

const point = (lng: number, lat: number, name?: string) => ({
  properties: name ? { name } : {},
  geometry: { type: "Point", coordinates: [lng, lat] },
});

/** Made up: a row of lamps along Fore Street, stops, an alley and two venues. */
export const placesOfKinds: Readonly<Record<string, string>> = {
  lighting: collection(
    Array.from({ length: 60 }, (_, index) => point(-0.0655 + index * 4e-5, 51.611 + index * 3e-4)),
  ),
  stop: collection([
    point(-0.0641, 51.6147, "Angel Corner"),
    point(-0.0637, 51.6158, "Town Hall"),
    point(-0.0631, 51.6179, "Brettenham Road"),
  ]),
  alley: collection([
    {
      properties: { name: "Pinder Passage" },
      geometry: {
        type: "LineString",
        coordinates: [
          [-0.0665, 51.6155],
          [-0.0631, 51.6158],
          [-0.0605, 51.615],
        ],
      },
    },
  ]),
  late_venue: collection([
    point(-0.0643, 51.6143, "The Golden Lion"),
    point(-0.0629, 51.6186, "Corner Grill"),
  ]),
};

export async function chooseGeoJson(page: Page, name: string, text: string, kind = "ward") {
  // The part for events has one as well, and stays while another part is looked at.
  await page
    .locator("section[aria-labelledby=geo-import] input[type=file]")
    .setInputFiles({ name, mimeType: "application/geo+json", buffer: Buffer.from(text) });
  await page.getByLabel("What is in this file?").selectOption(kind);
}

/** Beats and places of every kind, brought in beside the screen; those that are in stay. */
export async function withPlaces(page: Page): Promise<void> {
  const licence = "© Made-up Places Company, for tests";
  await send(page, `/api/boundaries?kind=beat&fileName=beats.geojson`, beats);
  for (const [kind, text] of Object.entries(placesOfKinds)) {
    const query = new URLSearchParams({ kind, fileName: `${kind}.geojson`, licence });
    await send(page, `/api/layers?${query.toString()}`, text);
  }
  await page.reload();
}

async function send(page: Page, path: string, text: string): Promise<void> {
  await page.evaluate(
    async ({ path: to, text: body }) => {
      const session = await fetch("/api/session");
      const { pageToken } = (await session.json()) as { pageToken: string };
      await fetch(to, {
        method: "POST",
        headers: {
          "content-type": "application/octet-stream",
          "x-boxster-token": pageToken,
        },
        body,
      });
    },
    { path, text },
  );
}
