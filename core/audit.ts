/** The six acts that Data Protection Act 2018 s.62 wants logged. */
export const auditVerbs = [
  "collection",
  "alteration",
  "consultation",
  "disclosure",
  "combination",
  "erasure",
] as const;
export type AuditVerb = (typeof auditVerbs)[number];

/** Why: s.62 wants the justification of every consultation and disclosure. */
export const auditPurposes = [
  "problem_solving",
  "patrol_planning",
  "safeguarding",
  "assessment",
  "public_information",
  "records",
  "administration",
  "oversight",
] as const;
export type AuditPurpose = (typeof auditPurposes)[number];

export interface AuditNote {
  readonly verb: AuditVerb;
  /** In words, such as "read events". */
  readonly act: string;
  readonly purpose: AuditPurpose;
}

/** Which period, batch, plan or kind it was about: numbers, dates and codes, never content. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry extends AuditNote {
  readonly outcome: "done" | "refused";
  readonly detail: AuditDetail;
}
