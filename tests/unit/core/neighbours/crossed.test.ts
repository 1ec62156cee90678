import { expect, test } from "vitest";
import { crossedSentence } from "#core/neighbours/crossed.ts";

const names = { "2021-Q1": "January to March 2021", "2021-Q2": "April to June 2021" };
type Quarter = keyof typeof names;
type Count = number | null;
const figure = (quarter: Quarter, reports: Count) => ({
  quarter,
  name: names[quarter],
  reports,
  revised: false,
});
const total = (quarter: Quarter, reports: Count, isOlderZone = false) => ({
  quarter,
  name: names[quarter],
  reports,
  isOlderZone,
  givenAt: "2021-10-05T11:30:00+01:00",
  reference: "EX/2021/04",
});
const said = (ours: readonly [Count, Count], theirs: readonly [Count, Count]) =>
  crossedSentence({
    figures: [figure("2021-Q1", ours[0]), figure("2021-Q2", ours[1])],
    totals: [total("2021-Q1", theirs[0]), total("2021-Q2", theirs[1])],
    command: "Enfield and Haringey",
  });
const when = "(January to March 2021 and April to June 2021)";

test("more on the reader's side and fewer on the other may have crossed", () => {
  expect(said([60, 20], [14, 41])).toBe(
    `They may have crossed. Reports on your side rose: 14, then 41 ${when}, and fell on the Enfield and Haringey side: 60, then 20.`,
  );
});

test("more on both sides, or a fall that rounding alone could be, shows no crossing", () => {
  expect(said([20, 45], [14, 41])).toBe(
    `Reports on your side rose: 14, then 41 ${when}. They did not clearly fall on the Enfield and Haringey side: 20, then 45. Nothing shows that they crossed.`,
  );
  // 35 may be 33, 20 may be 22: of those the difference can be chance.
  expect(said([35, 20], [14, 41])).toMatch(/Nothing shows that they crossed\.$/);
});

test("what can be chance is no sign, and fewer is no", () => {
  expect(said([20, 20], [14, 21])).toBe(
    `No sign that reports crossed to your side: 14, then 21, which can be chance ${when}.`,
  );
  expect(said([20, 20], [60, null])).toBe(
    `No: reports on your side fell: 60, then fewer than 10 ${when}.`,
  );
  // Fewer than 10 may be 9.
  expect(said([60, 20], [null, 12])).toMatch(/^No sign/);
});

test("without two totals of the zone as it is, it says what to send", () => {
  const figures = [figure("2021-Q1", 20), figure("2021-Q2", 20)];
  const ask = /^Did reports cross to your side\? Send your totals of two quarters/;
  const command = "Enfield and Haringey";
  const of = (totals: readonly ReturnType<typeof total>[]) =>
    crossedSentence({ figures, totals, command });
  expect(of([])).toMatch(ask);
  expect(of([total("2021-Q1", 14), total("2021-Q2", 41, true)])).toMatch(ask);
});
