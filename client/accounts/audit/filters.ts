import { auditQuery } from "#core/accounts/wire/audit.ts";

/** What an auditor looks for; empty takes everything. */
export interface AuditFilters {
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly verb: string;
  readonly purpose: string;
  readonly outcome: string;
}

export const noFilters: AuditFilters = {
  from: "",
  to: "",
  person: "",
  verb: "",
  purpose: "",
  outcome: "",
};
export const filterNames = Object.keys(noFilters) as readonly (keyof AuditFilters)[];

/** The filters in the address; what is not one is left out. */
export function readFilters(params: Readonly<Record<string, string | undefined>>): AuditFilters {
  const entries = filterNames.map((name) => {
    const value = params[name] ?? "";
    const isKnown = value !== "" && auditQuery.safeParse({ [name]: value }).success;
    return [name, isKnown ? value : ""] as const;
  });
  return { ...noFilters, ...Object.fromEntries(entries) };
}

/** Days the wrong way round are asked for as they were meant. */
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
