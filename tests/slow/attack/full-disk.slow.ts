import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { roomIn } from "#server/disk-room.ts";
import { serveInProcess } from "#tests/support/served-process.ts";
import { mountDisk } from "#tests/support/small-disk.ts";

/** SAFEGUARDS 15, with the whole server on a disk of its own. */
const megabyte = 1024 * 1024;

async function signIn(url: string, body: object) {
  const json = { "content-type": "application/json" };
  const reply = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: json,
    body: JSON.stringify(body),
  });
  const cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return (method: string, path: string, sent?: object | string) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        cookie,
        ...(typeof sent === "string" ? { "content-type": "application/octet-stream" } : json),
      },
      ...(sent === undefined
        ? {}
        : { body: typeof sent === "string" ? sent : JSON.stringify(sent) }),
    });
}

/** Reports of 2021, each at a minute of its own. */
function largeFile(rows: number): string {
  const lines = ["Date,Latitude,Longitude,Kind,Category"];
  for (let row = 0; row < rows; row += 1) {
    const at = new Date(Date.UTC(2021, 0, 1) + row * 60_000).toISOString().slice(0, 16);
    lines.push(`${at}Z,51.${6100 + (row % 300)},-0.06${row % 90},complaint,asb`);
  }
  return `${lines.join("\n")}\n`;
}

test("an import that would fill the disk is refused whole, and a partner saves a session on the full server", async ({
  skip,
}) => {
  const disk = mountDisk(700);
  if (disk === null) return skip("only root may mount a small disk");
  const data = join(disk.folder, "data");
  const server = await serveInProcess({ BOXSTER_DATA: data, BOXSTER_DEMO: "1" });
  try {
    const analyst = await signIn(server.url, { role: "analyst" });
    const partner = await signIn(server.url, { role: "partner", partner: "a" });
    const places = (await (await partner("GET", "/api/outreach/places")).json()) as {
      places: { id: string }[];
    };
    const saves = async (firstDate: string) => {
      const rule = { repeats: "once", firstDate, start: "19:00", end: "20:30" };
      const placeId = places.places[0]?.id;
      return (await partner("POST", "/api/outreach/sessions", { placeId, rule })).status;
    };
    const fill = (leave: number, name: string) =>
      writeFileSync(
        join(disk.folder, name),
        Buffer.alloc(Math.max(0, (roomIn(disk.folder) ?? 0) - leave * megabyte)),
      );
    const batches = async () =>
      ((await (await analyst("GET", "/api/imports")).json()) as { batches: object[] }).batches
        .length;
    const before = await batches();

    // Some room beside what is kept: the import begins, and is stopped.
    fill(215, "other");
    const reply = await analyst("POST", "/api/imports?fileName=large.csv", largeFile(400_000));
    const answer = await reply.text();
    expect(answer).toContain("The disk is nearly full");
    expect(answer).toContain("Nothing was saved.");
    console.log(
      `left after the import was stopped: ${Math.floor((roomIn(disk.folder) ?? 0) / megabyte)} MB`,
    );
    expect(await batches()).toBe(before);
    expect(await saves("2021-12-06")).toBe(200);

    // It fills all the same, by something else.
    fill(4, "more");
    const statuses = [
      await saves("2021-12-07"),
      await saves("2021-12-08"),
      await saves("2021-12-09"),
    ];
    console.log(`on the full disk: ${statuses.join(", ")}`);
    expect(statuses.every((status) => status === 200 || status === 507)).toBe(true);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ disk: "full" });

    rmSync(join(disk.folder, "more"));
    rmSync(join(disk.folder, "other"));
    const begun = performance.now();
    expect(await saves("2021-12-10")).toBe(200);
    console.log(
      `open again within ${Math.round(performance.now() - begun)} ms of there being room`,
    );
    expect((await analyst("GET", "/api/imports")).status).toBe(200);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
  } finally {
    await server.stop();
    disk.remove();
  }
}, 600_000);
