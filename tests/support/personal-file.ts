import { csvRow } from "#core/table/write-csv.ts";

/** Columns of people as files have them: by what stands above them, and by what they hold. */
const people: readonly (readonly [heading: string, value: (row: number) => string])[] = [
  ["Caller name", (row) => `Zebulon Quillfeather${letters(row)}`],
  ["Victim surname", (row) => `Quexworthy${letters(row)}`],
  ["DOB", (row) => `${day(row)}/03/1971`],
  ["Gender", (row) => `zfemale${letters(row)}`],
  ["Self-defined ethnicity", (row) => `zwhite ${letters(row)}`],
  ["Nationality", () => "Zimbabwean"],
  ["Mobile No.", (row) => `07700 9001${two(row)}`],
  ["E-mail", (row) => `zq.named.${row}@example.org`],
  ["Home address", (row) => `${row + 3} Quagmire Street`],
  ["VRM", (row) => `ZQ11 A${letters(row)}`],
  ["PNC ID", (row) => `71/9912${two(row)}Z`],
  ["NHS", (row) => `943 476 ${5900 + row}`],
  ["Passport no", (row) => `99123${two(row)}77`],
  ["Notes", (row) => `quixotic remark number ${row}`],
  ["MO", (row) => `zigzag method ${row}`],
  ["Col 16", (row) => `zq.held.${row}@example.org`],
  ["Col 17", (row) => `07700 9002${two(row)}`],
  ["Col 18", (row) => `ZR${two(row + 10)}XQ${letters(row).charAt(0)}`],
  ["Col 19", (row) => `19${72 + row}-04-${day(row)}`],
  ["Col 20", (row) => `${row + 5} Quibble Avenue`],
  ["Col 21", (row) => `Flat ${row + 1}, Zonk Lodge, N18 ${row % 10}ZQ`],
  ["Col 22", (row) => `${given[row % given.length]} Zaphodson${letters(row)}`],
  ["Col 23", (row) => `QUANTOCK${letters(row)}, ${given[row % given.length]}`],
  ["Col 24", (row) => `Mrs Zuleika${letters(row)}`],
  ["Col 25", (row) => `QQ ${two(row + 10)} 98 76 C`],
  ["Col 26", (row) => nhs[row % nhs.length] ?? ""],
  ["Col 27", (row) => `she was seen with a zealous man at corner ${row}`],
  ["Col 28", (row) => (row % 2 === 0 ? "Zambian" : "Zimbabwean")],
  ["Col 29", (row) => `+44 7700 9003${two(row)}`],
  ["Col 30", (row) => `77009004${two(row)}`],
];

const given = ["Amelia", "Mohammed", "Ioana", "Piotr", "Ayesha", "Keith", "Elif", "Grace"] as const;
/** Numbers whose last figure follows from the others, of the range that is given to nobody. */
const nhs = ["999 000 0018", "999 000 0026", "999 000 0034", "999 000 0042"].map(
  (number) => number,
);

const needed = ["Date", "Latitude", "Longitude", "Kind", "Category"] as const;

export const personalHeadings: readonly string[] = people.map(([heading]) => heading);

/** Thirty columns of people among the five that are needed; the last row cannot be read. */
export function personalFile(rows = 12): {
  readonly text: string;
  /** Each of them, to look for where none of them may be. */
  readonly values: readonly string[];
} {
  const values = new Set<string>();
  const lines = [
    csvRow([...personalHeadings.slice(0, 7), ...needed, ...personalHeadings.slice(7)]),
  ];
  for (let row = 0; row < rows; row += 1) {
    const cells = people.map(([, value]) => value(row));
    for (const cell of cells) values.add(cell);
    const date = row === rows - 1 ? "31/02/2021" : `2021-06-${day(row)}`;
    const event = [date, "51.6179", "-0.0631", "complaint", "asb"];
    lines.push(csvRow([...cells.slice(0, 7), ...event, ...cells.slice(7)]));
  }
  return { text: `${lines.join("\n")}\n`, values: [...values] };
}

function letters(row: number): string {
  return `${String.fromCharCode(97 + (row % 26))}q`;
}

function two(row: number): string {
  return String(row % 100).padStart(2, "0");
}

function day(row: number): string {
  return String((row % 27) + 1).padStart(2, "0");
}
