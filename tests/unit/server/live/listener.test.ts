import { expect, test } from "vitest";
import { createListener } from "#server/live/listener.ts";

test("what comes after the end of a line that nobody has read to its end is left out", async () => {
  const listener = createListener({
    sessionId: "1",
    role: "sergeant",
    partner: null,
    partnerId: null,
  });
  const faults: unknown[] = [];
  listener.stream.on("error", (error) => faults.push(error));
  listener.end();
  listener.beat(1);
  listener.look("plan", 1);
  listener.end();
  const read: string[] = [];
  for await (const part of listener.stream) read.push(String(part));
  expect(read.join("")).toMatch(/^retry: 2000\n\nid: \d+\nevent: beat\ndata: \n\n$/);
  expect(faults).toEqual([]);
});
