import { expect, test } from "vitest";
import { isLoopback } from "#server/network.ts";

test.each(["localhost", "127.0.0.1", "127.8.4.2", "::1", "[::1]", "::ffff:127.0.0.1"])(
  "%s is this machine itself",
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each([
  "127.example.org",
  "127.0.0.1.example.org",
  "0.0.0.0",
  "::",
  "10.0.0.1",
  "::ffff:10.0.0.1",
  "",
])("%s is not", (host) => expect(isLoopback(host)).toBe(false));
