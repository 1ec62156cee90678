import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";

export const rules21: readonly BrokenRule[] = [
  {
    safeguard: 21,
    what: "an answer nobody reads is kept open",
    file: "server/http/unread.ts",
    find: "one.still * lookMs >= unreadMs",
    put: "one.still * lookMs >= unreadMs * 1_000",
  },
  {
    safeguard: 21,
    what: "who reads slowly is cut off like who reads nothing",
    file: "server/http/unread.ts",
    find: '.map((key) => queues.get(key) ?? "")',
    put: '.map(() => "")',
  },
  {
    safeguard: 21,
    what: "the next request is read before the last is drained",
    file: "server/http/one-at-a-time.ts",
    find: "if (line === undefined) {",
    put: "if (line === undefined || line.length === 0) {",
  },
  {
    safeguard: 21,
    what: "requests are sent ahead without end",
    file: "server/http/one-at-a-time.ts",
    find: "line.length < mostAhead",
    put: "line.length < mostAhead * 1_000",
  },
  {
    safeguard: 21,
    what: "any number of octets waits for one address",
    file: "server/http/connections.ts",
    find: "if (held < most) break;",
    put: "if (held < most || held > 0) break;",
  },
  {
    safeguard: 21,
    what: "a house of IPv6 counts as 65,536",
    file: "server/network.ts",
    find: "siteShare = 8;",
    put: "siteShare = 65_536;",
  },
  {
    safeguard: 21,
    what: "an address opens as many connections a second as it likes",
    file: "server/http/arrivals.ts",
    find: "return left < 1 && ",
    put: "return left < -1 && ",
  },
  {
    safeguard: 21,
    what: "one flood keeps a whole /48 out",
    file: "server/http/connections.ts",
    find: "arrivals.isFlood(address)",
    put: "arrivals.isFlood(site ?? address)",
  },
  {
    safeguard: 21,
    what: "who reads a little holds the share of an address",
    file: "server/http/connections.ts",
    find: "[...unreadOf(others), ...fullest]",
    put: "unreadOf(others)",
  },
  {
    safeguard: 21,
    what: "a view is asked like a table",
    file: "server/files/sqlite-file.ts",
    find: 'if (found?.["type"] !== "table") return null;',
    put: "if (found === undefined) return null;",
  },
];
