import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { claimFolder } from "#server/db/owner.ts";
import { testFolder } from "#tests/support/scratch.ts";

let folder = "";
beforeEach(() => {
  folder = testFolder("owner");
});

test("one process owns a folder, a second one reaches it, and release gives it free", async () => {
  const first = await claimFolder(folder);
  if (!first.owned) throw new Error("the first claim must own");
  first.owner.onConnection((socket) => socket.end("hello\n"));
  const second = await claimFolder(folder);
  if (second.owned) throw new Error("the second claim must not own");
  const said = await new Promise<string>((resolve) => {
    second.socket.once("data", (data) => resolve(String(data)));
  });
  expect(said).toBe("hello\n");
  await first.owner.release();
  const third = await claimFolder(folder);
  expect(third.owned).toBe(true);
  if (third.owned) await third.owner.release();
});

test("an owner that lives keeps its folder though somebody takes its socket away", async () => {
  const child = await ownInProcess();
  rmSync(join(folder, "owner.sock"));
  await expect(claimFolder(folder)).rejects.toThrow(
    `is in use by process ${child.pid}, though its owner.sock is gone`,
  );
  await kill(child);
  const claim = await claimFolder(folder);
  expect(claim.owned).toBe(true);
  if (claim.owned) await claim.owner.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a note of another process, or none that can be read, holds nobody up", async () => {
  for (const note of [
    JSON.stringify({ pid: 1, began: "another beginning" }),
    JSON.stringify({ pid: 4_190_000, began: null }),
    "",
    "{",
  ]) {
    writeFileSync(join(folder, "owner.json"), note);
    const claim = await claimFolder(folder);
    expect(claim.owned).toBe(true);
    if (claim.owned) await claim.owner.release();
  }
});

test("an owner that was killed leaves nothing that blocks the next one", async () => {
  await kill(await ownInProcess());
  const claim = await claimFolder(folder);
  expect(claim.owned).toBe(true);
  if (claim.owned) await claim.owner.release();
});

/** A process of its own that has the folder. */
async function ownInProcess() {
  const module = new URL("../../../../server/db/owner.ts", import.meta.url).href;
  const script = `
    const { claimFolder } = await import(${JSON.stringify(module)});
    const claim = await claimFolder(${JSON.stringify(folder)});
    process.stdout.write(claim.owned ? "owned" : "held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve) => {
    child.stdout.once("data", (data) => resolve(String(data)));
  });
  expect(said).toBe("owned");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const dead = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await dead;
}
