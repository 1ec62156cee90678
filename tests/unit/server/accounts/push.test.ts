import { createServer } from "node:net";
import { expect, test } from "vitest";
import { deliver, isInside, publicLookup, pushAddress } from "#server/accounts/push/network.ts";

test.each([
  ["https://fcm.googleapis.com/fcm/send/abc", true],
  ["https://updates.push.services.mozilla.com/wpush/v2/abc", true],
  ["https://web.push.apple.com/abc", true],
  ["https://wns2-am3p.notify.windows.com/w/?token=abc", true],
  ["https://push.example.org/abc", true],
  ["http://fcm.googleapis.com/abc", false],
  ["https://fcm.googleapis.com:8443/abc", false],
  ["https://name:word@fcm.googleapis.com/abc", false],
  ["https://fcm.googleapis.com.evil.example/abc", false],
  ["https://evilfcm.googleapis.com/abc", false],
  ["https://fcm.googleapis.com@127.0.0.1/abc", false],
  ["https://127.0.0.1/abc", false],
  ["https://[::1]/abc", false],
  ["https://localhost/abc", false],
  ["file:///etc/passwd", false],
  ["fcm.googleapis.com", false],
])("only https and only a push service is an address of a phone: %s", (endpoint, isOne) => {
  expect(pushAddress(endpoint, ["push.example.org"]) !== null).toBe(isOne);
});

test.each([
  "127.0.0.1",
  "127.8.8.8",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "fe80::1",
  "fc00::1",
  "fd12::1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "ff02::1",
])("%s is no address of a push service", (address) => {
  expect(isInside(address)).toBe(true);
});

test.each(["142.250.1.95", "172.32.0.1", "192.167.1.1", "2a00:1450:4009::5f", "::ffff:8.8.8.8"])(
  "%s may be one",
  (address) => {
    expect(isInside(address)).toBe(false);
  },
);

test("a name that leads to this machine is never connected to, whatever it was when it was looked at", async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  for (const all of [true, false]) {
    const fault = await new Promise((done) => publicLookup("localhost", { all }, done));
    expect(fault).toBeInstanceOf(Error);
  }
  const network = { lookup: publicLookup, port };
  await expect(deliver(new URL("https://localhost/"), {}, network)).rejects.toThrow();
  expect(calls).toBe(0);
  // The guard alone kept it away.
  await expect(deliver(new URL("https://localhost/"), {}, { port })).rejects.toThrow();
  expect(calls).toBe(3);
  server.close();
}, 30_000);
