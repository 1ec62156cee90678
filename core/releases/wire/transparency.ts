import { z } from "zod";
import { call } from "#core/contract/call.ts";

/**
 * The template of the Algorithmic Transparency Recording Standard, v4.0 (guidance updated 8 May 2025): its sections, and
 * its fields in their order. What only the force can say holds "[force to fill]".
 */
export const transparencyTemplate = {
  metadata: section(
    "Metadata",
    "Organisation, Organisation type, Function, Capability, Task, Phase, Region, Date published, ATRS version, Other tags",
  ),
  summary: section("Tier 1: Summary", "Name, Description, Website URL, Contact email"),
  owner: section(
    "Tier 2: Owner and responsibility",
    "Organisation or department, Team, Senior responsible owner, Third party involvement",
    "Third party, Companies House number, Third party role, Procurement procedure type, Third party data access terms",
  ),
  rationale: section(
    "Tier 2: Description and rationale",
    "Detailed description, Benefits, Previous process, Alternatives considered",
  ),
  deployment: section(
    "Tier 2: Deployment context",
    "Integration into broader operational process, Human review, Frequency and scale of usage, Required training, Appeals and review",
  ),
  system: section(
    "Tier 2: Tool specification",
    "System architecture, System-level input, System-level output, Maintenance, Models",
  ),
  models: section(
    "Tier 2: Model specification",
    "Model name, Model version, Model task, Model input, Model output, Model architecture, Model performance, Datasets and their purposes",
  ),
  developmentData: section(
    "Tier 2: Development data",
    "Development data description, Data modality, Data quantities, Sensitive attributes, Data completeness and representativeness, Data cleaning, Data collection, Data access and storage, Data sharing agreements",
  ),
  operationalData: section(
    "Tier 2: Operational data",
    "Data sources, Sensitive attributes, Data processing methods, Data access and storage, Data sharing agreements",
  ),
  assessment: section(
    "Tier 2: Risks, mitigations and impact assessments",
    "Impact assessments, Risks and mitigations",
  ),
} as const;

/** `companiesHouseNumber` is the key of "Companies House number". */
function section(title: string, ...fields: readonly string[]) {
  const keyOf = (field: string) =>
    field.toLowerCase().replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    title,
    fields: fields
      .join(", ")
      .split(", ")
      .map((field) => [keyOf(field), field] as const),
  };
}

const text = z.string().trim().min(1);
const textsOf = (name: keyof typeof transparencyTemplate) =>
  z.strictObject(Object.fromEntries(transparencyTemplate[name].fields.map(([key]) => [key, text])));

export const transparencyRecord = z.strictObject({
  standard: z.literal("Algorithmic Transparency Recording Standard"),
  metadata: textsOf("metadata").extend({ atrsVersion: z.literal("v4.0") }),
  summary: textsOf("summary"),
  owner: textsOf("owner"),
  rationale: textsOf("rationale"),
  deployment: textsOf("deployment"),
  system: textsOf("system"),
  models: z.array(textsOf("models")).min(1),
  developmentData: textsOf("developmentData"),
  operationalData: textsOf("operationalData"),
  assessment: textsOf("assessment").extend({
    risksAndMitigations: z
      .array(z.strictObject({ risk: text, measure: text, remains: text }))
      .min(1),
  }),
});
export type TransparencyRecord = z.infer<typeof transparencyRecord>;

export const transparencyCall = call("GET /api/public/transparency-record", {
  reply: transparencyRecord,
});
