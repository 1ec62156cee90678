import { type TransparencyRecord, transparencyTemplate } from "#core/releases/wire/transparency.ts";

type Section = Exclude<keyof typeof transparencyTemplate, "metadata">;

/** docs/transparency-record.md, numbered as a record with one model is: each of several has the same numbers. */
export function transparencyPage(record: TransparencyRecord): string {
  const lines = [
    "# Algorithmic transparency record",
    `In the shape of the UK government's ${record.standard}, ${record.metadata["atrsVersion"]}, and made from data/transparency.json by
\`npm run transparency\`; the tool gives it as JSON at \`/api/public/transparency-record\`. What the code does is filled in and
was read from the code; what only the force can say is marked **[force to fill]**. It is published by the force, not by the tool.`,
    `## ${transparencyTemplate.metadata.title}`,
    table([
      ["field", ""],
      ...transparencyTemplate.metadata.fields.map(([key, title]) => [
        title,
        String(record.metadata[key as keyof TransparencyRecord["metadata"]]),
      ]),
    ]),
  ];
  let number = 0;
  for (const [name, { title, fields }] of Object.entries(transparencyTemplate)) {
    if (name === "metadata") continue;
    lines.push(`## ${title}`);
    const section = record[name as Section];
    const titles = fields.map(([key, words]) => {
      number += 1;
      return [key, `${number} ${words}`] as const;
    });
    if (Array.isArray(section)) {
      const models = section as readonly Readonly<Record<string, string>>[];
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
  const risks = record.assessment["risksAndMitigations"] as unknown as readonly {
    readonly [name in "risk" | "measure" | "remains"]: string;
  }[];
  lines.push(
    `**${number} ${transparencyTemplate.assessment.fields[1]?.[1]}.**`,
    table([
      ["risk", "what is done", "what remains"],
      ...risks.map(({ risk, measure, remains }) => [risk, measure, remains]),
    ]),
  );
  return `${lines.join("\n\n").replace(/(?<!\*)\[force to fill\](?!\*)/g, "**[force to fill]**")}\n`;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
