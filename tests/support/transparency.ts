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

type Name = keyof typeof transparencyTemplate;
type Texts = Readonly<Record<string, string>>;

/** data/transparency.json */
export interface TransparencyRecord
  extends Readonly<Record<Exclude<Name, "models" | "assessment">, Texts>> {
  readonly standard: string;
  readonly models: readonly Texts[];
  readonly assessment: {
    readonly impactAssessments: string;
    readonly risksAndMitigations: readonly Readonly<
      Record<"risk" | "measure" | "remains", string>
    >[];
  };
}

/** docs/transparency-record.md, numbered as a record with one model is: each of several has the same numbers. */
export function transparencyPage(record: TransparencyRecord): string {
  const lines = [
    "# Algorithmic transparency record",
    `In the shape of the UK government's ${record.standard}, ${record.metadata["atrsVersion"]}, and made from data/transparency.json by
\`npm run transparency\`. What the code does is filled in and
was read from the code; what only the force can say is marked **[force to fill]**. It is published by the force, not by the tool.`,
    `## ${transparencyTemplate.metadata.title}`,
    table([
      ["field", ""],
      ...transparencyTemplate.metadata.fields.map(([key, title]) => [
        title,
        record.metadata[key] ?? "",
      ]),
    ]),
  ];
  let number = 0;
  for (const [name, { title, fields }] of Object.entries(transparencyTemplate)) {
    if (name === "metadata") continue;
    lines.push(`## ${title}`);
    const section = record[name as Name];
    const titles = fields.map(([key, words]) => {
      number += 1;
      return [key, `${number} ${words}`] as const;
    });
    if (Array.isArray(section)) {
      const models = section as readonly Texts[];
      const [, ...rest] = titles;
      lines.push(
        table([
          [titles[0]?.[1] ?? "", ...models.map((model) => model["modelName"] ?? "")],
          ...rest.map(([key, words]) => [words, ...models.map((model) => model[key] ?? "")]),
        ]),
      );
      continue;
    }
    for (const [key, words] of titles) {
      const value = (section as Readonly<Record<string, unknown>>)[key];
      if (typeof value === "string") lines.push(`**${words}.** ${value}`);
    }
  }
  lines.push(
    `**${number} ${transparencyTemplate.assessment.fields[1]?.[1]}.**`,
    table([
      ["risk", "what is done", "what remains"],
      ...record.assessment.risksAndMitigations.map(({ risk, measure, remains }) => [
        risk,
        measure,
        remains,
      ]),
    ]),
  );
  return `${lines.join("\n\n").replace(/(?<!\*)\[force to fill\](?!\*)/g, "**[force to fill]**")}\n`;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
