import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

onOneEngine("the address that a request names", ({ db }) => {
  const test_ = appWith(db);
  let port = 0;
  beforeAll(async () => {
    port = Number(new URL(await test_.app.listen({ host: "127.0.0.1", port: 0 })).port);
  });

  /** The status of what stands on the socket as it was written here: a client of HTTP would tidy it up. */
  async function statusOf(target: string, ...hosts: readonly string[]): Promise<number> {
    const named = hosts.map((host) => `Host: ${host}`);
    return statusOfLines(`GET ${target} HTTP/1.1`, ...named, "Connection: close", "");
  }

  async function statusOfLines(...lines: readonly string[]): Promise<number> {
    const socket = connect(port, "127.0.0.1");
    socket.write(`${lines.join("\r\n")}\r\n`);
    return Number((await text(socket)).split(" ")[1]);
  }

  test("two Host headers are refused, whichever comes first and however they are written", async () => {
    const own = `127.0.0.1:${port}`;
    for (const hosts of [
      [own, "evil.example"],
      ["evil.example", own],
      [own, own],
    ]) {
      expect(await statusOf("/api/session", ...hosts), hosts.join()).toBe(400);
    }
    expect(await statusOf("/api/session", `${own}\r\nhOST: evil.example`)).toBe(400);
    expect(await statusOf("/api/session", own)).toBe(200);
  });

  test("an address of another host in the first line is refused, however it is written", async () => {
    const own = `127.0.0.1:${port}`;
    for (const target of [
      "http://evil.example/api/session",
      "HTTP://evil.example/api/session",
      "https://evil.example/api/session",
      `http://${own}@evil.example/api/session`,
      `http://evil.example\\@${own}/api/session`,
      `http://${own}.evil.example/api/session`,
      "http://[::2]/api/session",
      "http:///api/session",
      "ftp://127.0.0.1/api/session",
    ]) {
      expect(await statusOf(target, own), target).toBe(400);
    }
    for (const target of [`http://${own}/api/session`, "http://localhost/api/session"]) {
      expect(await statusOf(target, own), target).toBe(200);
    }
    // The right address in the first line does not excuse another Host.
    expect(await statusOf(`http://${own}/api/session`, "evil.example")).toBe(421);
  });

  test("nobody signs in to the demonstration by role in HTTP 1.0, which nginx speaks unless told otherwise", async () => {
    const body = JSON.stringify({ role: "sergeant" });
    const signIn = (version: string) =>
      statusOfLines(
        `POST /api/session HTTP/${version}`,
        "Host: localhost",
        "Connection: close",
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        "",
        body,
      );
    expect(await signIn("1.0")).toBe(403);
    expect(await signIn("1.1")).toBe(200);
  });
});
