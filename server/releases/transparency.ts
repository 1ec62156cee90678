import { readFileSync } from "node:fs";
import { type TransparencyRecord, transparencyRecord } from "#core/releases/wire/transparency.ts";
import { Problem } from "#server/problem.ts";

const file = new URL("../../data/transparency.json", import.meta.url);

/** As the force has filled it in; whole or not at all. */
export function readTransparency(from: URL = file): TransparencyRecord {
  const read = transparencyRecord.safeParse(asJson(readFileSync(from, "utf8")));
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new Problem(
    503,
    "Not shown",
    `data/transparency.json does not fit the template${first?.path.length ? ` at ${first.path.join(".")}` : ""}. Correct it, then ask again.`,
  );
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
