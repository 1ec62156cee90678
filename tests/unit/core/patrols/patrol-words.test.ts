import { describe, expect, test } from "vitest";
import { longSpanText, momentText, spanText, toFiveMinutes } from "#core/patrols/ground/words.ts";
import {
  checkLine,
  emergencyLine,
  lookFor,
  paperWords,
  referralLine,
} from "#core/patrols/plan/briefing-words.ts";
import { whyHere, whyNow } from "#core/patrols/plan/reasons.ts";
import { patrolPartnerKinds } from "#core/patrols/wire/patrol-partners.ts";
import { createZone, parseLocal } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(parseLocal(local), "earlier");
const window = { start: at("2021-11-26T21:05"), end: at("2021-11-26T22:25") };

test("spans are written in London time", () => {
  expect(spanText(zone, at("2021-07-02T21:30"), at("2021-07-02T23:00"))).toBe(
    "Fri 2 Jul 21:30 to 23:00",
  );
  expect(longSpanText(zone, at("2021-11-26T22:00"), at("2021-11-27T02:00"))).toBe(
    "Friday 26 November 2021, 22:00 to 02:00",
  );
  expect(momentText(zone, at("2021-07-02T21:30"))).toBe("Fri 2 Jul 21:30");
  expect(toFiveMinutes(at("2021-07-02T21:33"))).toBe(at("2021-07-02T21:35"));
});

describe("reasons", () => {
  const facts = { recentReports: 12, knownReports: 31, timesMeanHour: 2.44 };
  const context = { zone, light: "dark", knownWeeks: 52 } as const;

  test("say where and when from reports alone", () => {
    expect(whyHere(facts, 8)).toBe("12 reports at these stops in the last 8 weeks.");
    expect(whyHere({ ...facts, recentReports: 1 }, 8)).toContain("1 report at");
    expect(whyHere({ ...facts, recentReports: 0 }, 8)).toContain("No reports at these stops");
    expect(whyNow(facts, window, context)).toBe(
      "Friday 21:05 to 22:25 brings 2.4 times as many reports as an average hour here. Based on 31 reports in 52 weeks. After dark.",
    );
  });

  test("do not praise an hour that is like any other", () => {
    const now = (timesMeanHour: number) => whyNow({ ...facts, timesMeanHour }, window, context);
    expect(now(1)).toContain("about as many reports as an average hour");
    expect(now(0.5)).toContain("fewer reports than an average hour");
  });

  test("give no multiplier on fewer than ten reports, and say how many there are", () => {
    const few = { recentReports: 3, knownReports: 9, timesMeanHour: 8.9 };
    expect(whyNow(few, window, context)).toBe(
      "Friday 21:05 to 22:25: not enough reports to compare hours (9 reports in 52 weeks at these stops). After dark.",
    );
    expect(whyNow({ ...few, knownReports: 10 }, window, context)).toContain("8.9 times");
  });
});

test("a warden's paper speaks of no power of police, and puts an emergency call first", () => {
  for (const kind of patrolPartnerKinds) {
    const { title, lookFor: own, referral, emergency } = paperWords(kind);
    expect(title).toBe(`Neighbourhood patrol, ${kind}`);
    const said = [...own, referral, emergency].join(" ");
    expect(said).toContain("Do not stop, search or hold anyone.");
    expect(said.replace("Do not stop, search or hold anyone.", "")).not.toMatch(
      /arrest|search|detain|powers?\b|warrant|dispersal|caution/i,
    );
    expect(emergency).toMatch(/^In an emergency call 999 first/);
    expect(referral).toContain("08000 121 700");
  }
  expect(paperWords(null)).toEqual({
    title: "Neighbourhood patrol",
    lookFor,
    referral: referralLine,
    emergency: emergencyLine,
  });
});

test("no standing text speaks of outreach, of looks, or calls people names", () => {
  const ours = patrolPartnerKinds.flatMap((kind) => Object.values(paperWords(kind)).flat());
  const all = [...lookFor, ...ours, referralLine, emergencyLine, checkLine("P1-1")]
    .join(" ")
    .toLowerCase();
  for (const word of [
    "outreach",
    "charity",
    "blackout",
    "keep clear",
    "prostitut",
    "target",
    "dress",
    "cloth",
    "skirt",
    "sex worker",
  ]) {
    expect(all).not.toContain(word);
  }
  expect(emergencyLine).toMatch(/emergency call always comes first/i);
  expect(referralLine).toMatch(/referral/);
});
