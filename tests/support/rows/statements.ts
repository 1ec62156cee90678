import { type Fields, fieldsOf } from "#tests/support/rows/row-type.ts";
import {
  declarationOf,
  lineOf,
  listOf,
  type Node,
  nameOf,
  type Source,
  walk,
} from "#tests/support/rows/source.ts";

/** One statement of the source with the rows that it is said to give. */
export interface Statement {
  /** `server/records/queries/events.ts:41` */
  readonly at: string;
  /** Each text that it can have; null where it is put together as it runs. */
  readonly texts: readonly string[] | null;
  /** Null where nothing is said of rows: they are not read. */
  readonly rows: Fields | "untold" | null;
}

/** All statements that a file hands to the database. */
export function statementsOf(source: Source): Statement[] {
  const found: Statement[] = [];
  walk(source.program, (node, around) => {
    if (node.type !== "CallExpression") return;
    const callee = node["callee"] as Node;
    const isQuery = callee.type === "MemberExpression" && nameOf(callee["property"]) === "query";
    const [sql] = listOf(node["arguments"]);
    if (!isQuery || !sql) return;
    const type = rowTypeOf(node, around);
    const rows = type === null ? null : (fieldsOf(source, type) ?? "untold");
    found.push({
      at: `${source.path}:${lineOf(source, node)}`,
      texts: textsOf(source, sql, around),
      rows,
    });
  });
  return found;
}

/** As the call says, or what the function around returns where it hands the rows on as they are. */
function rowTypeOf(call: Node, around: readonly Node[]): Node | null {
  const [given] = listOf((call["typeArguments"] as Node | null)?.["params"]);
  if (given) return given;
  const [parent, ...outer] = around;
  if (parent?.type !== "ReturnStatement") return null;
  const wrapper = outer.find(({ type }) => /Function/.test(type));
  const returned = (wrapper?.["returnType"] as Node | null)?.["typeAnnotation"] as Node | undefined;
  const [promised] = listOf((returned?.["typeArguments"] as Node | null)?.["params"]);
  return promised ? elementOf(promised) : null;
}

function elementOf(type: Node): Node | null {
  if (type.type === "TSParenthesizedType") return elementOf(type["typeAnnotation"] as Node);
  if (type.type === "TSTypeOperator") return elementOf(type["typeAnnotation"] as Node);
  return type.type === "TSArrayType" ? (type["elementType"] as Node) : null;
}

/** A place in a text where one of several words stands; the same words decide the same way in the whole text. */
class Choice extends Error {
  readonly of: string;
  readonly count: number;
  constructor(of: string, count: number) {
    super(of);
    this.of = of;
    this.count = count;
  }
}

type Picks = ReadonlyMap<string, number>;

/** Each text that an expression can be; null where it is put together as it runs. */
function textsOf(source: Source, sql: Node, around: readonly Node[]): readonly string[] | null {
  const texts: string[] = [];
  const open: Picks[] = [new Map()];
  for (let picks = open.pop(); picks !== undefined; picks = open.pop()) {
    try {
      const text = textOf({ source, around, given: new Map(), picks }, sql);
      if (text === null) return null;
      texts.push(text);
    } catch (error) {
      if (!(error instanceof Choice)) throw error;
      for (let at = 0; at < error.count; at += 1) open.push(new Map([...picks, [error.of, at]]));
    }
  }
  return texts;
}

interface Scope {
  readonly source: Source;
  readonly around: readonly Node[];
  readonly given: ReadonlyMap<string, string>;
  readonly picks: Picks;
}

/** What an expression is that the source alone does not tell, in the words of the source: one of the cases is enough. */
const spoken: Readonly<Record<string, readonly string[]>> = {
  'conditions.join(" and ")': ["audit.id >= $1::bigint and audit.id <= $2::bigint"],
  column: ["id = $1::bigint", "name = $1::text"],
  kind: ["ward"],
};

/** An expression as text: constants and choices are followed, all else is not known. */
function textOf(scope: Scope, node: Node): string | null {
  switch (node.type) {
    case "Literal":
      return String(node["value"]);
    case "TemplateLiteral":
      return textOfTemplate(scope, node);
    case "ConditionalExpression": {
      const sides = [node["consequent"], node["alternate"]] as const;
      return textOf(scope, sides[pick(scope, wordsOf(scope.source, node["test"]), 2)] as Node);
    }
    case "BinaryExpression": {
      const [left, right] = [node["left"], node["right"]].map((one) => textOf(scope, one as Node));
      return left == null || right == null ? null : left + right;
    }
    case "Identifier":
      return textOfName(scope, nameOf(node));
    case "CallExpression":
      return textOfCall(scope, node) ?? textSpoken(scope, wordsOf(scope.source, node));
    default:
      return null;
  }
}

function textOfTemplate(scope: Scope, node: Node): string | null {
  const quasis = listOf(node["quasis"]).map(({ value }) => (value as { cooked: string }).cooked);
  const parts = listOf(node["expressions"]).map((one) => textOf(scope, one));
  if (parts.includes(null)) return null;
  return quasis.map((quasi, at) => quasi + (parts[at] ?? "")).join("");
}

function wordsOf({ text }: Source, node: unknown): string {
  const { start, end } = node as { start: number; end: number };
  return text.slice(start, end);
}

function pick({ picks }: Scope, of: string, count: number): number {
  const picked = count === 1 ? 0 : picks.get(of);
  if (picked === undefined) throw new Choice(of, count);
  return picked;
}

function textSpoken(scope: Scope, words: string): string | null {
  const cases = spoken[words];
  return cases ? (cases[pick(scope, words, cases.length)] ?? null) : null;
}

function textOfName(scope: Scope, name: string): string | null {
  const { source, around, given } = scope;
  const handed = given.get(name);
  if (handed !== undefined) return handed;
  for (const outer of around) {
    const inner = constantIn(outer, name);
    if (inner) return textOf(scope, inner);
    const choices = choicesOf(source, outer, name);
    if (choices) return choices[pick(scope, name, choices.length)] ?? null;
  }
  const found = declarationOf(source, name);
  const init = found?.node.type === "VariableDeclarator" ? (found.node["init"] as Node) : null;
  const text =
    found && init
      ? textOf({ ...scope, source: found.source, around: [], given: new Map() }, init)
      : null;
  return text ?? textSpoken(scope, name);
}

/** What `const name = ...` of this block begins with. */
function constantIn(block: Node, name: string): Node | null {
  if (block.type !== "BlockStatement") return null;
  for (const statement of listOf(block["body"])) {
    if (statement.type !== "VariableDeclaration" || statement["kind"] !== "const") continue;
    const one = listOf(statement["declarations"]).find(({ id }) => nameOf(id) === name);
    if (one) return one["init"] as Node;
  }
  return null;
}

/** A parameter that is one of some words, and what is gone through in a list of words. */
function choicesOf(source: Source, outer: Node, name: string): readonly string[] | null {
  if (outer.type === "ForOfStatement") return choicesOfLoop(source, outer, name);
  for (const param of listOf(outer["params"])) {
    if (param.type === "AssignmentPattern" && nameOf(param["left"]) === name) {
      return [nameOf(param["right"])];
    }
    if (nameOf(param) === name) return choicesOfType(param["typeAnnotation"] as Node | null);
  }
  return null;
}

function choicesOfLoop(source: Source, loop: Node, name: string): readonly string[] | null {
  const [one] = listOf((loop["left"] as Node)["declarations"]);
  const gone = inner(loop["right"]);
  const list = gone.type === "Identifier" ? source.declared.get(nameOf(gone))?.["init"] : gone;
  const words = list ? listOf(inner(list)["elements"]) : [];
  return one && nameOf(one["id"]) === name && words.length > 0 ? words.map(nameOf) : null;
}

function choicesOfType(annotation: Node | null): readonly string[] | null {
  const type = annotation?.["typeAnnotation"] as Node | undefined;
  if (type?.type === "TSNumberKeyword") return ["1"];
  const parts = type?.type === "TSUnionType" ? listOf(type["types"]) : [type];
  const isOfWords = parts.every((part) => part?.type === "TSLiteralType");
  return isOfWords ? parts.map((part) => nameOf(part?.["literal"])) : null;
}

function inner(node: unknown): Node {
  const one = node as Node;
  return one.type === "TSAsExpression" ? (one["expression"] as Node) : one;
}

/** A function of one expression, with what it is called with. */
function textOfCall(scope: Scope, node: Node): string | null {
  const { source, around } = scope;
  const name = nameOf(node["callee"]);
  const local = around.map((outer) => constantIn(outer, name)).find(Boolean);
  const found = local ? { source, node: local } : declarationOf(source, name);
  if (!found) return null;
  const made = found.node.type === "VariableDeclarator" ? (found.node["init"] as Node) : found.node;
  const body = made["body"] as Node | undefined;
  const returned =
    body?.type === "BlockStatement"
      ? listOf(body["body"]).find(({ type }) => type === "ReturnStatement")
      : undefined;
  const value = returned ? (returned["argument"] as Node) : body;
  if (!body || !value || value.type === "BlockStatement") return null;
  const given = new Map<string, string>();
  for (const [at, param] of listOf(made["params"]).entries()) {
    const argument = listOf(node["arguments"])[at];
    const text = argument ? textOf(scope, argument) : null;
    if (text !== null) given.set(nameOf(param), text);
  }
  const within = local ? [body, ...around] : [body];
  return textOf({ ...scope, source: found.source, around: within, given }, value);
}
