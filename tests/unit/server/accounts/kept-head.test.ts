import { expect, test } from "vitest";
import {
  type ChainRow,
  createChainCheck,
  hashOfRow,
  noPrevious,
  readKeptHead,
} from "#server/accounts/audit/chain.ts";

const hash = "0f".repeat(32);
const head = { id: "7", at: "2026-11-25T09:10:00.123456Z", hash };

test("a kept head is read in each form that the tool writes it in, and nothing else is one", () => {
  expect(readKeptHead(hash)).toEqual({ hash });
  expect(readKeptHead(`7 ${head.at} ${hash}\n`)).toEqual({ id: "7", hash });
  expect(readKeptHead(JSON.stringify({ head }))).toEqual({ id: "7", hash });
  expect(readKeptHead(`{"id":"6"}\n${JSON.stringify({ head })}\n`)).toEqual({ id: "7", hash });
  for (const text of ["", "{}", '{"head":null}', hash.slice(1), `${hash}0`, "7 then nothing"]) {
    expect(readKeptHead(text), text).toBeNull();
  }
});

/** Its hash was worked out by hand, with sha256sum. */
const row: ChainRow = {
  id: "1",
  at: "2026-11-25T09:10:00.123456Z",
  person: 'a "quoted" person',
  role: "sergeant",
  partner: null,
  verb: "consultation",
  act: "read events",
  purpose: "problem_solving",
  outcome: "done",
  detail: '{"rows": 214}',
  previous: noPrevious,
  hash: "",
};

test("a row is hashed as its JSON array behind the hash before it", () => {
  expect(hashOfRow(row)).toBe("52d382c093dfaa6906e269f250f848dc768320aadf0552b6beed584a1c3f2a26");
});

test("small steps back of the clock are no fault, large ones are", () => {
  const chain = (seconds: number) => {
    const first = { ...row, hash: hashOfRow(row) };
    const at = new Date(Date.parse(row.at) - seconds * 1000).toISOString().replace("Z", "000Z");
    const second = { ...row, id: "2", at, previous: first.hash };
    const check = createChainCheck(null);
    check.push(first);
    check.push({ ...second, hash: hashOfRow(second) });
    return check.finish().broken?.what;
  };
  expect(chain(2)).toBeUndefined();
  expect(chain(600)).toBe("time");
});
