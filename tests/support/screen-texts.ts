import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "vite";

/** A text that a person may read, and where it is written. `…` stands for what is put in when it is shown. */
export type ScreenText = { file: string; line: number; text: string };

const root = new URL("../../", import.meta.url);

/** Every string literal, template and JSX text of the TypeScript files under a folder. Comments are left out. */
export function textsUnder(folder: string): ScreenText[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .flatMap((name) =>
      textsOf(`${folder}/${name}`, readFileSync(new URL(`${folder}/${name}`, root), "utf8")),
    );
}

/** The same of one file's source. */
export function textsOf(file: string, source: string): ScreenText[] {
  const parsed = parseSync(file, source);
  if (parsed.errors.length > 0) throw new Error(`${file} cannot be parsed`);
  const found: ScreenText[] = [];
  const keep = (start: number, raw: string) => {
    const text = raw.replace(/\s+/g, " ").trim();
    if (/\p{L}/u.test(text)) found.push({ file, line: lineOf(source, start), text });
  };
  visit(parsed.program as unknown as Node, keep);
  return found;
}

type Node = {
  type: string;
  start: number;
  value?: unknown;
  children?: unknown;
  expression?: unknown;
  quasis?: unknown;
  name?: unknown;
};
type Keep = (start: number, raw: string) => void;

/** What names a thing for the program, and is never shown. */
const unseenFields = new Set([
  "source",
  "key",
  "typeAnnotation",
  "typeArguments",
  "typeParameters",
]);
const unseenAttributes =
  /^(className|id|key|type|name|role|href|htmlFor|rel|target|method|d|viewBox|fill|stroke|autoComplete|inputMode)$/;

function visit(node: Node, keep: Keep): void {
  if (isUnseen(node)) return;
  keepOwn(node, keep);
  for (const [field, value] of Object.entries(node)) {
    if (unseenFields.has(field)) continue;
    const children: unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children.filter(isNode)) visit(child, keep);
  }
}

function isUnseen(node: Node): boolean {
  const isType = node.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(node.type);
  return isType || (node.type === "JSXAttribute" && unseenAttributes.test(nameOf(node)));
}

function keepOwn(node: Node, keep: Keep): void {
  if (node.type === "Literal" && typeof node.value === "string") keep(node.start, node.value);
  if (node.type === "TemplateLiteral") keep(node.start, templateText(node));
  if (node.type === "JSXElement" || node.type === "JSXFragment") keepChildren(node, keep);
}

/** The children of one element read together: "Closed for … days". */
function keepChildren(node: Node, keep: Keep): void {
  const children = node.children as Node[];
  if (!children.some((child) => child.type === "JSXText")) return;
  const first = children.find(
    (child) => child.type === "JSXText" && /\S/.test(String(child.value)),
  );
  keep(first?.start ?? node.start, children.map(childText).join(""));
}

function childText(child: Node): string {
  if (child.type === "JSXText") return String(child.value);
  const inner = child.expression as Node | undefined;
  return inner?.type === "Literal" && typeof inner.value === "string" ? inner.value : "…";
}

function templateText(node: Node): string {
  const quasis = node.quasis as { value: { cooked: string | null } }[];
  return quasis.map(({ value }) => value.cooked ?? "").join("…");
}

function nameOf(node: Node): string {
  return String((node.name as { name?: unknown }).name ?? "");
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}
