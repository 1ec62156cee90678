import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkCommand } from "#deploy/release/stage.ts";

test("npx boxster runs in the folder of a release for a user who neither owns it nor has a home", ({
  skip,
}) => {
  if (process.getuid?.() !== 0) return skip("only root may be another user");
  const stage = mkdtempSync(join(tmpdir(), "boxster-npx-"));
  try {
    chmodSync(stage, 0o755);
    const cli = join("server", "cli");
    mkdirSync(join(stage, cli), { recursive: true });
    const words = "#!/usr/bin/env node\nconsole.log('served ' + process.argv.slice(2));\n";
    writeFileSync(join(stage, cli, "boxster.mjs"), words, { mode: 0o755 });
    const manifest = { name: "boxster", version: "0.1.0", bin: { boxster: `${cli}/boxster.mjs` } };
    writeFileSync(join(stage, "package.json"), JSON.stringify(manifest));
    linkCommand(stage);
    const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    const { stdout, stderr } = spawnSync("setpriv", [...asNobody, "npx", "boxster", "help"], {
      cwd: stage,
      env: { PATH: process.env["PATH"], HOME: join(stage, "no-home") },
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["served help\n", ""]);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
});
