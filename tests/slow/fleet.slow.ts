import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "#tests/support/components.ts";

/** It ends so where a program of Debian's is missing. */
const isMissing = 77;

test("two teams on three PostgreSQL under Patroni: the one that writes is killed, nothing acknowledged is lost", ({
  skip,
}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "deploy/fleet/rehearse.ts")],
    { encoding: "utf8", timeout: 600_000 },
  );
  if (status === isMissing) return skip(stderr.trim());
  process.stdout.write(stdout);
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toContain("The fleet held.");
}, 660_000);
