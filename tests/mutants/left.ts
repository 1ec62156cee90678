import { readFileSync } from "node:fs";

/**
 * `npm run mutants:left`: what the last run left, from its report: shares by file, then every mutant that no
 * test saw, in groups of the same kind.
 */
interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
}
interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

const [path = "var/mutants/report.json"] = process.argv.slice(2);
const { files } = JSON.parse(readFileSync(path, "utf8")) as Report;
const isSeen = ({ status }: Mutant) => status === "Killed" || status === "Timeout";
const isLeft = ({ status }: Mutant) => status === "Survived" || status === "NoCoverage";
const percent = (part: number, all: number) =>
  all === 0 ? "-" : `${((100 * part) / all).toFixed(1)}%`;

console.log("| file | mutants | seen | survived | met no test | seen of all |");
console.log("|---|---|---|---|---|---|");
const total = { seen: 0, survived: 0, unmet: 0 };
for (const [name, { mutants }] of Object.entries(files)) {
  const seen = mutants.filter(isSeen).length;
  const survived = mutants.filter(({ status }) => status === "Survived").length;
  const unmet = mutants.filter(({ status }) => status === "NoCoverage").length;
  if (seen + survived + unmet === 0) continue;
  total.seen += seen;
  total.survived += survived;
  total.unmet += unmet;
  const all = seen + survived + unmet;
  console.log(`| ${name} | ${all} | ${seen} | ${survived} | ${unmet} | ${percent(seen, all)} |`);
}
const all = total.seen + total.survived + total.unmet;
console.log(
  `| all | ${all} | ${total.seen} | ${total.survived} | ${total.unmet} | ${percent(total.seen, all)} |`,
);

console.log("");
for (const [name, { source, mutants }] of Object.entries(files)) {
  const lines = source.split("\n");
  for (const mutant of mutants.filter(isLeft)) {
    console.log(`${name}:${mutant.location.start.line} ${changeOf(mutant, lines)}`);
  }
}

/** "ConditionalExpression (met no test): `a < b` to `false`", each side on one short line. */
function changeOf(
  { location: { start, end }, mutatorName, replacement = "", status }: Mutant,
  lines: readonly string[],
): string {
  const first = lines[start.line - 1] ?? "";
  const before =
    start.line === end.line
      ? first.slice(start.column - 1, end.column - 1)
      : `${first.slice(start.column - 1)} ...`;
  const unmet = status === "NoCoverage" ? " (met no test)" : "";
  return `${mutatorName}${unmet}: \`${short(before)}\` to \`${short(replacement)}\``;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 70 ? `${line.slice(0, 70)}...` : line;
}
