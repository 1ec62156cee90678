import { readFileSync, writeFileSync } from "node:fs";

/** What the tests of reach and axe found, with the words for what fails: the statement is made from it alone. */
export interface Access {
  /** The day of the run that it tells of; kept for 90 days while nothing else changes. */
  readonly tested: string;
  /** `analyst #/records` */
  readonly views: readonly string[];
  readonly faults: readonly ListedFault[];
}

export interface FoundFault {
  /** `#/displacement?part=report` */
  readonly screen: string;
  readonly rule: string;
}

interface ListedFault extends FoundFault {
  readonly role: string;
  /** By hand: why it fails, since which day it is known, and what to do meanwhile. */
  readonly because: string;
  readonly since: string;
  readonly instead: string;
}

const file = new URL("../../../docs/accessibility.json", import.meta.url);
export const readAccess = () => JSON.parse(readFileSync(file, "utf8")) as Access;

/** In a run of `npm run accessibility -- --run`. */
const isWritten = process.env["BOXSTER_ACCESS"] === "write";

/** What fails and is not listed; where the run writes the list, it is. */
export function unlisted<Fault extends FoundFault>(
  role: string,
  screens: readonly string[],
  found: readonly Fault[],
): readonly Fault[] {
  const before = readAccess();
  const today = new Date().toISOString().slice(0, 10);
  const now = isWritten ? renewed(before, { role, screens, found }, today) : before;
  if (isWritten) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  return found.filter((fault) => !now.faults.some((listed) => isSame(listed, fault)));
}

const isSame = (one: FoundFault, other: FoundFault) =>
  one.screen === other.screen && one.rule === other.rule;

export function renewed(
  before: Access,
  run: {
    readonly role: string;
    readonly screens: readonly string[];
    readonly found: readonly FoundFault[];
  },
  today: string,
): Access {
  const { role, screens, found } = run;
  const once = found.filter((fault, at) => found.findIndex((one) => isSame(one, fault)) === at);
  const faults = [
    ...before.faults.filter((fault) => fault.role !== role),
    ...once.map(({ screen, rule }) => ({
      screen,
      rule,
      role,
      because: "",
      since: today,
      instead: "",
      ...before.faults.find((listed) => isSame(listed, { screen, rule })),
    })),
  ].sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
  const others = before.views.filter((view) => !view.startsWith(`${role} `));
  const own = screens.map((screen) => `${role} ${screen}`);
  const views = [...new Set([...others, ...own])].sort();
  const isNew = JSON.stringify([views, faults]) !== JSON.stringify([before.views, before.faults]);
  const tested = isNew || daysBetween(before.tested, today) > 90 ? today : before.tested;
  return { tested, views, faults };
}

const keyOf = ({ role, screen, rule }: ListedFault) => `${role} ${screen} ${rule}`;

export const daysBetween = (from: string, to: string) =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;
