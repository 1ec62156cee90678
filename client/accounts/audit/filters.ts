import { auditQuery } from "#core/accounts/wire/audit.ts";

export const noFilters = { from: "", to: "", person: "", verb: "", purpose: "", outcome: "" };
export type AuditFilters = Readonly<typeof noFilters>;
const filterNames = Object.keys(noFilters) as readonly (keyof AuditFilters)[];

export function readFilters(params: Readonly<Record<string, string | undefined>>): AuditFilters {
  const entries = filterNames.map((name) => {
    const value = params[name] ?? "";
    const isKnown = value !== "" && auditQuery.safeParse({ [name]: value }).success;
    return [name, isKnown ? value : ""] as const;
  });
  return { ...noFilters, ...Object.fromEntries(entries) };
}

/** Swaps days that are the wrong way round. */
export function filterQuery(filters: AuditFilters, before: string | null): string {
  const { from, to } = filters;
  const isReversed = from !== "" && to !== "" && from > to;
  const given = isReversed ? { ...filters, from: to, to: from } : filters;
  const query = new URLSearchParams();
  for (const name of filterNames) if (given[name] !== "") query.set(name, given[name]);
  if (before !== null) query.set("before", before);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** An exact name, else the only name that contains what was typed. */
export function matchPerson(typed: string, names: readonly string[]): PersonMatch {
  const wanted = typed.trim();
  if (wanted === "" || names.includes(wanted)) return { person: wanted, others: [] };
  const part = wanted.toLowerCase();
  const found = names.filter((name) => name.toLowerCase().includes(part));
  const begin = found.filter((name) => name.toLowerCase().startsWith(part));
  const exact = found.filter((name) => name.toLowerCase() === part);
  const [only, ...more] = [exact, begin, found].find(({ length }) => length === 1) ?? found;
  return only === undefined || more.length > 0
    ? { person: null, others: found }
    : { person: only, others: [] };
}

export interface PersonMatch {
  /** Null when no name or more than one matches. */
  readonly person: string | null;
  readonly others: readonly string[];
}

export function personFault({ person, others }: PersonMatch): string | undefined {
  if (person !== null) return undefined;
  if (others.length === 0) return "Nobody in the log has that name.";
  const shown = others.slice(0, 4).join(", ");
  const more = others.length > 4 ? ` and ${others.length - 4} more` : "";
  return `${others.length} names contain that: ${shown}${more}. Choose one.`;
}
