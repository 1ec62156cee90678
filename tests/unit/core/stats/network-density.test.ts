import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type LinearNetwork, networkDensity } from "#core/stats/network-density.ts";
import { isWhole } from "#tests/support/runs.ts";

const line: LinearNetwork = { nodeCount: 2, from: [0], to: [1], metres: [1_000] };

describe("density along a network", () => {
  test("on one long line is the quartic kernel", () => {
    const along = [500, 530, 599, 600, 700];
    const at = { segment: along.map(() => 0), along };
    const density = networkDensity(line, { segment: [0], along: [500] }, at, 100);
    const wanted = along.map((one) => {
      const share = Math.min(1, Math.abs(one - 500) / 100);
      return (15 / 1600) * (1 - share * share) ** 2;
    });
    expect([...density]).toEqual(wanted.map((one) => expect.closeTo(one, 12)));
  });

  test("turns back at a dead end, so that nothing is lost", () => {
    const metres = Array.from({ length: 1_000 }, (_, at) => at + 0.5);
    const at = { segment: metres.map(() => 0), along: metres };
    const density = networkDensity(line, { segment: [0], along: [20], weight: [3] }, at, 100);
    expect(density.reduce((sum, one) => sum + one, 0)).toBeCloseTo(3, 4);
  });

  test("goes on as one street where two pieces meet", () => {
    const two: LinearNetwork = { nodeCount: 3, from: [0, 2], to: [1, 1], metres: [500, 500] };
    const at = { segment: [1], along: [480] };
    const cut = networkDensity(two, { segment: [0], along: [490] }, at, 100);
    const whole = networkDensity(
      line,
      { segment: [0], along: [490] },
      { segment: [0], along: [520] },
      100,
    );
    expect(cut[0]).toBeCloseTo(whole[0] ?? 0, 12);
  });

  test("follows a hundred pieces of a metre in no time", () => {
    const count = 100;
    const star: LinearNetwork = {
      nodeCount: count + 1,
      from: Array.from({ length: count }, () => 0),
      to: Array.from({ length: count }, (_, at) => at + 1),
      metres: Array.from({ length: count }, () => 1),
    };
    const places = { segment: star.from as number[], along: star.metres as number[] };
    const segment = star.metres as number[];
    const at = { segment: segment.map((_, index) => index), along: places.along };
    const density = networkDensity(star, { segment: [0], along: [0.5] }, at, 50);
    expect(density.every((one) => one > 0 && one < 1)).toBe(true);
  });
});

/** A block with a dead end, a triangle and a crossing of four. */
const own = {
  nodeCount: 8,
  from: [0, 1, 0, 1, 2, 3, 4, 4, 5, 5],
  to: [1, 2, 3, 4, 5, 4, 5, 6, 6, 7],
  metres: [100, 100, 80, 80, 80, 100, 100, Math.hypot(50, 60), Math.hypot(50, 60), 60],
};
const points = {
  segment: [0, 3, 5, 7, 9, 1, 6, 6],
  along: [30, 40, 25, 0.9 * Math.hypot(50, 60), 36, 10, 50, 85],
};

/**
 * By spatstat.linnet 3.2-5 on the same network: `densityEqualSplit(X, sigma, at = "points", leaveoneout = FALSE,
 * kernel = "biweight", continuous = TRUE, epsilon = 1e-10)`.
 */
const bySpatstat = [
  {
    sigma: 30,
    density: [
      0.0118113897815384, 0.0146761998671252, 0.0118113897815384, 0.0118113897815384,
      0.0184139205121026, 0.0112231514225519, 0.0188353761352311, 0.0165324082290407,
    ],
  },
  {
    sigma: 60,
    density: [
      0.00951613142784184, 0.0104514063123647, 0.0074951192124006, 0.00893289849957901,
      0.0135253968944203, 0.00926875303411268, 0.0111775468764763, 0.0112049729370351,
    ],
  },
];

test.each(bySpatstat)("is what spatstat.linnet answers at sigma $sigma", ({ sigma, density }) => {
  const found = networkDensity(own, points, points, sigma * Math.sqrt(7));
  expect([...found]).toEqual(density.map((one) => expect.closeTo(one, 9)));
});

const sigma = 60;

/**
 * The crimes of Chicago that come with spatstat: they are not ours to copy, so R is asked where it is installed, which takes
 * nine seconds and is left to `npm run test:slow`.
 */
const script = `
suppressMessages({library(spatstat.linnet); library(jsonlite)})
X <- unmark(chicago); L <- domain(X); co <- coords(X); len <- lengths_psp(as.psp(L))
d <- spatstat.linnet:::densityEqualSplit(X, ${sigma}, at="points", leaveoneout=FALSE, kernel="biweight",
  continuous=TRUE, epsilon=1e-10, verbose=FALSE, savehistory=FALSE)
write(toJSON(list(nodeCount=nvertices(L), from=L$from-1L, to=L$to-1L, metres=len, segment=co$seg-1L,
  along=co$tp*len[co$seg], bandwidth=${sigma}*sqrt(7), density=as.numeric(d)), digits=NA, auto_unbox=TRUE), commandArgs(TRUE)[1])
`;
const hasSpatstat =
  isWhole &&
  spawnSync("Rscript", ["-e", "stopifnot(requireNamespace('spatstat.linnet', quietly=TRUE))"])
    .status === 0;
if (isWhole && !hasSpatstat)
  process.stderr.write("skipped: R with spatstat.linnet is not installed\n");

test.runIf(hasSpatstat)(
  "is what spatstat.linnet answers on its streets of Chicago, to a millionth",
  { timeout: 300_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "boxster-chicago-"));
    try {
      const file = join(folder, "chicago.json");
      const { status, stderr } = spawnSync("Rscript", ["-e", script, file], { encoding: "utf8" });
      expect(status, stderr).toBe(0);
      const given = JSON.parse(readFileSync(file, "utf8")) as Chicago;
      const found = networkDensity(given, given, given, given.bandwidth);
      expect(given.density).toHaveLength(116);
      for (const [at, one] of given.density.entries()) {
        expect(Math.abs((found[at] as number) - one)).toBeLessThan(1e-6 * one);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

interface Chicago extends LinearNetwork {
  readonly segment: readonly number[];
  readonly along: readonly number[];
  readonly bandwidth: number;
  readonly density: readonly number[];
}
