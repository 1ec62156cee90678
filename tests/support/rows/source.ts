import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** A node of the syntax tree, as oxc makes it; read by name and no further. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** One file of the project: what it declares at its top, and what it takes from where. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  /** Interfaces, type aliases, constants and functions, by name. */
  readonly declared: ReadonlyMap<string, Node>;
  /** By local name: the file, and the name there. */
  readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
}

const root = new URL("../../../", import.meta.url);
const known = new Map<string, Source>();

export function sourceOf(path: string): Source {
  const held = known.get(path);
  if (held) return held;
  const text = readFileSync(fileURLToPath(new URL(path, root)), "utf8");
  const program = parseSync(path, text).program as unknown as Node;
  const declared = new Map<string, Node>();
  const imported = new Map<string, { path: string; name: string }>();
  for (const statement of listOf(program["body"])) {
    if (statement.type === "ImportDeclaration") noteImports(statement, imported);
    else noteDeclared((statement["declaration"] ?? statement) as Node, declared);
  }
  const source = { path, text, program, declared, imported };
  known.set(path, source);
  return source;
}

function noteImports(statement: Node, imported: Map<string, { path: string; name: string }>): void {
  const from = String((statement["source"] as Node)["value"]).replace(/^#/, "");
  for (const one of listOf(statement["specifiers"])) {
    const name = one.type === "ImportSpecifier" ? nameOf(one["imported"]) : "*";
    imported.set(nameOf(one["local"]), { path: from, name });
  }
}

function noteDeclared(node: Node, declared: Map<string, Node>): void {
  const several = node.type === "VariableDeclaration" ? listOf(node["declarations"]) : [node];
  for (const one of several) if (one["id"]) declared.set(nameOf(one["id"]), one);
}

/** Where a name of this file is declared; null beyond the project. */
export function declarationOf(
  source: Source,
  name: string,
): { readonly source: Source; readonly node: Node } | null {
  const own = source.declared.get(name);
  if (own) return { source, node: own };
  const from = source.imported.get(name);
  if (!from || !existsSync(fileURLToPath(new URL(from.path, root)))) return null;
  return declarationOf(sourceOf(from.path), from.name);
}

export function listOf(value: unknown): readonly Node[] {
  return (Array.isArray(value) ? value : []).filter(Boolean) as Node[];
}

export function nameOf(value: unknown): string {
  const node = value as Node | null;
  return String(node?.["name"] ?? node?.["value"] ?? "");
}

/** Every node beneath, each with those it lies in, the nearest first. */
export function walk(
  node: Node,
  visit: (node: Node, around: readonly Node[]) => void,
  around: readonly Node[] = [],
): void {
  visit(node, around);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      const isNode = typeof child === "object" && child !== null && "type" in child;
      if (isNode) walk(child as Node, visit, [node, ...around]);
    }
  }
}

export function lineOf({ text }: Source, { start }: Node): number {
  return text.slice(0, start).split("\n").length;
}
