import { roleNames } from "#client/accounts/role-names.ts";
import type { AuditBreak, AuditRow } from "#core/accounts/wire/audit.ts";
import type { AuditPurpose, AuditVerb } from "#core/audit.ts";
import { roles } from "#core/role.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export const verbWords: Readonly<Record<AuditVerb, string>> = {
  collection: "Collection",
  alteration: "Alteration",
  consultation: "Consultation",
  disclosure: "Disclosure",
  combination: "Combination",
  erasure: "Erasure",
};

export const purposeWords: Readonly<Record<AuditPurpose, string>> = {
  problem_solving: "Problem solving",
  patrol_planning: "Patrol planning",
  safeguarding: "Safeguarding",
  assessment: "Assessment",
  public_information: "Public information",
  records: "Records",
  administration: "Administration",
  oversight: "Oversight",
};

export function roleName(role: string): string {
  const known = roles.find((one) => one === role);
  if (known) return roleNames[known];
  return role === "operator" ? "Command line" : role;
}

/** "26 Nov 2021 09:10:23", London: the seconds tell two acts of one minute apart. */
export function momentOf(at: string): string {
  return `${formatDate(at.slice(0, 10))} ${at.slice(11, 19)}`;
}

/** For the keys of the code that are no plain words. */
const detailNames: Readonly<Record<string, string>> = {
  // Same words as in Records.
  accepted: "stored",
  rejected: "refused",
  duplicates: "duplicates",
  byPerson: "entries of one person",
  localPasswords: "passwords allowed",
  tries: "attempt number",
};

/** Numbers that are identifiers, not counts. */
const labels: ReadonlySet<string> = new Set(["batch", "seed", "status", "number"]);

const fieldNames: Readonly<Record<string, string>> = {
  disabled: "whether it is disabled",
  lastDay: "last day",
  oidcName: "name at the provider",
  shownName: "display name",
};

/** "from 2021-10-01, to 2021-11-26, events 214" */
export function detailWords(detail: AuditRow["detail"]): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${detailNames[name] ?? spaced(name)} ${valueWords(name, value)}`)
    .join(", ");
}

function valueWords(name: string, value: AuditRow["detail"][string]): string {
  if (typeof value === "number") return labels.has(name) ? String(value) : formatCount(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (name !== "changed") return String(value);
  const fields = String(value).split(",");
  return fields.map((field) => fieldNames[field] ?? spaced(field)).join(" and ");
}

/** "asAt" as "as at" */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export const faultWords: Readonly<Record<AuditBreak["what"], string>> = {
  hash: "a row was changed",
  gap: "a row is missing",
  order: "a row is out of order",
  time: "a row is dated before the one above it",
  end: "rows are missing at the end",
  head: "not the log whose head was kept",
};

/** Sixty-four digits that can be compared by eye. */
export function groupedHash(hash: string): string {
  return hash.replace(/.{8}(?=.)/g, "$& ");
}
