import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { heedSignals } from "#server/cli/terminal.ts";

function heard(hasTerminal: boolean) {
  const from = new EventEmitter();
  const did: string[] = [];
  const options = { stop: () => did.push("stop"), hasTerminal: () => hasTerminal };
  const onHangUp = heedSignals(from, options);
  return { did, onHangUp, send: (name: string) => from.emit(name) };
}

test("each of the three ends what runs", () => {
  const { did, send } = heard(false);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) send(name);
  expect(did).toEqual(["stop", "stop", "stop"]);
});

test("SIGHUP is what a service says it is, and the others still end it", () => {
  const { did, send, onHangUp } = heard(false);
  onHangUp(() => did.push("reload"));
  for (const name of ["SIGHUP", "SIGTERM", "SIGHUP", "SIGINT"]) send(name);
  expect(did).toEqual(["reload", "stop", "reload", "stop"]);
});

test("whoever started it at a terminal ends it by closing that", () => {
  const { did, send, onHangUp } = heard(true);
  onHangUp(() => did.push("reload"));
  send("SIGHUP");
  expect(did).toEqual(["stop"]);
});
