import { z } from "zod";
import { call } from "#core/contract/call.ts";

/**
 * The template of the Algorithmic Transparency Recording Standard, v4.0 (guidance updated 8 May 2025): its sections, and
 * its fields in their order. What only the force can say holds "[force to fill]".
 */
export const transparencyTemplate = {
  metadata: {
    title: "Metadata",
    fields: {
      organisation: "Organisation",
      organisationType: "Organisation type",
      function: "Function",
      capability: "Capability",
      task: "Task",
      phase: "Phase",
      region: "Region",
      datePublished: "Date published",
      atrsVersion: "ATRS version",
      otherTags: "Other tags",
    },
  },
  summary: {
    title: "Tier 1: Summary",
    fields: {
      name: "Name",
      description: "Description",
      websiteUrl: "Website URL",
      contactEmail: "Contact email",
    },
  },
  owner: {
    title: "Tier 2: Owner and responsibility",
    fields: {
      organisation: "Organisation or department",
      team: "Team",
      seniorResponsibleOwner: "Senior responsible owner",
      thirdPartyInvolvement: "Third party involvement",
      thirdParty: "Third party",
      companiesHouseNumber: "Companies House number",
      thirdPartyRole: "Third party role",
      procurementProcedure: "Procurement procedure type",
      thirdPartyDataAccess: "Third party data access terms",
    },
  },
  rationale: {
    title: "Tier 2: Description and rationale",
    fields: {
      detailedDescription: "Detailed description",
      benefits: "Benefits",
      previousProcess: "Previous process",
      alternativesConsidered: "Alternatives considered",
    },
  },
  deployment: {
    title: "Tier 2: Deployment context",
    fields: {
      integration: "Integration into broader operational process",
      humanReview: "Human review",
      frequencyAndScale: "Frequency and scale of usage",
      requiredTraining: "Required training",
      appealsAndReview: "Appeals and review",
    },
  },
  system: {
    title: "Tier 2: Tool specification",
    fields: {
      architecture: "System architecture",
      input: "System-level input",
      output: "System-level output",
      maintenance: "Maintenance",
      models: "Models",
    },
  },
  models: {
    title: "Tier 2: Model specification",
    fields: {
      name: "Model name",
      version: "Model version",
      task: "Model task",
      input: "Model input",
      output: "Model output",
      architecture: "Model architecture",
      performance: "Model performance",
      datasets: "Datasets and their purposes",
    },
  },
  developmentData: {
    title: "Tier 2: Development data",
    fields: {
      description: "Development data description",
      modality: "Data modality",
      quantities: "Data quantities",
      sensitiveAttributes: "Sensitive attributes",
      completeness: "Data completeness and representativeness",
      cleaning: "Data cleaning",
      collection: "Data collection",
      accessAndStorage: "Data access and storage",
      sharing: "Data sharing agreements",
    },
  },
  operationalData: {
    title: "Tier 2: Operational data",
    fields: {
      sources: "Data sources",
      sensitiveAttributes: "Sensitive attributes",
      processing: "Data processing methods",
      accessAndStorage: "Data access and storage",
      sharing: "Data sharing agreements",
    },
  },
  assessment: {
    title: "Tier 2: Risks, mitigations and impact assessments",
    fields: { impactAssessments: "Impact assessments", risks: "Risks and mitigations" },
  },
} as const;

type Template = typeof transparencyTemplate;

const text = z.string().trim().min(1);

function textsOf<Section extends keyof Template>(section: Section) {
  const names = Object.keys(transparencyTemplate[section].fields);
  type Name = Extract<keyof Template[Section]["fields"], string>;
  return z.strictObject(
    Object.fromEntries(names.map((name) => [name, text])) as Record<Name, typeof text>,
  );
}

const risk = z.strictObject({ risk: text, measure: text, remains: text });

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
  assessment: textsOf("assessment").extend({ risks: z.array(risk).min(1) }),
});
export type TransparencyRecord = z.infer<typeof transparencyRecord>;

export const transparencyCall = call("GET /api/public/transparency-record", {
  reply: transparencyRecord,
});
