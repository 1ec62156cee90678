import {
  declarationOf,
  listOf,
  type Node,
  nameOf,
  type Source,
} from "#tests/support/rows/source.ts";

/** What may stand in a field: `unknown` where the type is not told by the project's own source. */
export type Kind =
  | "string"
  | "number"
  | "boolean"
  | "null"
  | "array"
  | "object"
  | "octets"
  | "absent"
  | "unknown";
export type Fields = ReadonlyMap<string, ReadonlySet<Kind>>;

/** The fields of a row's type; null where its source does not tell them. */
export function fieldsOf(source: Source, type: Node): Fields | null {
  switch (type.type) {
    case "TSParenthesizedType":
      return fieldsOf(source, type["typeAnnotation"] as Node);
    case "TSTypeLiteral":
      return membersOf(source, listOf(type["members"]));
    case "TSIntersectionType":
      return joined(listOf(type["types"]).map((one) => fieldsOf(source, one)));
    case "TSTypeOperator":
      return fieldsOf(source, type["typeAnnotation"] as Node);
    case "TSTypeReference":
      return fieldsOfReference(source, type);
    case "TSIndexedAccessType":
      return fieldsOfElement(source, type);
    default:
      return null;
  }
}

function fieldsOfReference(source: Source, type: Node): Fields | null {
  const name = nameOf(type["typeName"]);
  const [of, keys] = listOf((type["typeArguments"] as Node | null)?.["params"]);
  if (of && (name === "Readonly" || name === "Required")) return fieldsOf(source, of);
  if (of && keys && name === "Record") return fieldsOfRecord(source, of, keys);
  if (of && keys && (name === "Pick" || name === "Omit")) {
    return fieldsKept(fieldsOf(source, of), literalsOf(keys), name === "Pick");
  }
  const schema = schemaOf(source, type);
  if (schema) return fieldsOfSchema(schema.source, schema.node);
  const found = declarationOf(source, name);
  if (found?.node.type === "TSInterfaceDeclaration") return fieldsOfInterface(found);
  if (found?.node.type !== "TSTypeAliasDeclaration") return null;
  return fieldsOf(found.source, found.node["typeAnnotation"] as Node);
}

function fieldsKept(
  fields: Fields | null,
  named: readonly string[] | null,
  isPicked: boolean,
): Fields | null {
  if (!fields || !named) return null;
  return new Map([...fields].filter(([field]) => named.includes(field) === isPicked));
}

function fieldsOfRecord(source: Source, keys: Node, value: Node): Fields {
  const kinds = new Set(kindsOf(source, value));
  return new Map((literalsOf(keys) ?? []).map((field) => [field, kinds]));
}

/** `Reply["edges"][number]` of a schema. */
function fieldsOfElement(source: Source, type: Node): Fields | null {
  const list = type["objectType"] as Node;
  const [field] =
    list.type === "TSIndexedAccessType" ? (literalsOf(list["indexType"] as Node) ?? []) : [];
  const reply = field
    ? declarationOf(source, nameOf((list["objectType"] as Node)["typeName"]))
    : null;
  const schema = reply && schemaOf(reply.source, reply.node["typeAnnotation"] as Node);
  const property = schema
    ? listOf(callOf(schema.node)?.argument?.["properties"]).find(({ key }) => nameOf(key) === field)
    : null;
  const element = property ? callOf((property["value"] ?? property) as Node)?.argument : null;
  return schema && element ? fieldsOfSchema(schema.source, element) : null;
}

function fieldsOfInterface({ source, node }: { source: Source; node: Node }): Fields | null {
  const above = listOf(node["extends"]).map((one) => {
    const typeName = one["expression"];
    const typeArguments = one["typeArguments"];
    return fieldsOf(source, { type: "TSTypeReference", start: one.start, typeName, typeArguments });
  });
  const own = membersOf(source, listOf((node["body"] as Node)["body"]));
  return joined([...above, own]);
}

function joined(parts: readonly (Fields | null)[]): Fields | null {
  if (parts.some((part) => part === null)) return null;
  return new Map(parts.flatMap((part) => [...(part ?? [])]));
}

function membersOf(source: Source, members: readonly Node[]): Fields {
  return new Map(
    members.map((member) => {
      const type = (member["typeAnnotation"] as Node | null)?.["typeAnnotation"] as Node;
      const absent: readonly Kind[] = member["optional"] === true ? ["absent"] : [];
      return [nameOf(member["key"]), new Set([...kindsOf(source, type), ...absent])] as const;
    }),
  );
}

function literalsOf(type: Node): readonly string[] | null {
  if (type.type === "TSUnionType") {
    const parts = listOf(type["types"]).map(literalsOf);
    return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
  }
  return type.type === "TSLiteralType" ? [nameOf(type["literal"])] : null;
}

const plain: Readonly<Record<string, Kind>> = {
  TSStringKeyword: "string",
  TSNumberKeyword: "number",
  TSBooleanKeyword: "boolean",
  TSNullKeyword: "null",
  TSArrayType: "array",
  TSTupleType: "array",
  TSTypeLiteral: "object",
};
const named: Readonly<Record<string, Kind>> = {
  Uint8Array: "octets",
  Buffer: "octets",
  ReadonlyArray: "array",
  Record: "object",
  ReadonlyMap: "object",
};

function kindsOf(source: Source, type: Node): readonly Kind[] {
  const kind = plain[type.type];
  if (kind) return [kind];
  switch (type.type) {
    case "TSParenthesizedType":
    case "TSTypeOperator":
      return kindsOf(source, type["typeAnnotation"] as Node);
    case "TSUnionType":
      return listOf(type["types"]).flatMap((one) => kindsOf(source, one));
    case "TSIntersectionType":
      // A string with a brand is a string.
      return kindsOf(source, listOf(type["types"])[0] as Node);
    case "TSLiteralType": {
      const literal = type["literal"] as Node;
      return [literal.type === "TemplateLiteral" ? "string" : (typeof literal["value"] as Kind)];
    }
    case "TSTypeReference": {
      const schema = schemaOf(source, type);
      return schema
        ? kindsOfSchema(schema.source, schema.node)
        : kindsOfReference(source, nameOf(type["typeName"]));
    }
    case "TSIndexedAccessType":
      return kindsOfElement(source, type);
    default:
      return ["unknown"];
  }
}

function kindsOfReference(source: Source, name: string): readonly Kind[] {
  const kind = named[name];
  if (kind) return [kind];
  const found = declarationOf(source, name);
  if (found?.node.type === "TSInterfaceDeclaration") return ["object"];
  if (found?.node.type !== "TSTypeAliasDeclaration") return ["unknown"];
  return kindsOf(found.source, found.node["typeAnnotation"] as Node);
}

/** `(typeof roles)[number]` of a list of words, and `Plan["state"]` of another row. */
function kindsOfElement(source: Source, type: Node): readonly Kind[] {
  const of = type["objectType"] as Node;
  const inner = of.type === "TSParenthesizedType" ? (of["typeAnnotation"] as Node) : of;
  if (inner.type === "TSTypeQuery") {
    const found = declarationOf(source, nameOf(inner["exprName"]));
    return found && /=\s*\[\s*(?:\.\.\.\w+,\s*)*"/.test(textOf(found)) ? ["string"] : ["unknown"];
  }
  const [field] = literalsOf(type["indexType"] as Node) ?? [];
  return [...(fieldsOf(source, inner)?.get(field ?? "") ?? ["unknown" as const])];
}

/** Of `z.infer<typeof schema>`: the schema. */
function schemaOf(source: Source, type: Node): { source: Source; node: Node } | null {
  const typeName = type["typeName"] as Node;
  if (typeName.type !== "TSQualifiedName" || nameOf(typeName["right"]) !== "infer") return null;
  const [query] = listOf((type["typeArguments"] as Node)["params"]);
  const found = query ? declarationOf(source, nameOf(query["exprName"])) : null;
  return found ? { source: found.source, node: found.node["init"] as Node } : null;
}

/** The name of what is called last and what it is called on: `nullable` on `z.string()`. */
function callOf(node: Node) {
  const callee = node.type === "CallExpression" ? (node["callee"] as Node) : null;
  if (callee?.type !== "MemberExpression") return null;
  const [argument] = listOf(node["arguments"]);
  return { name: nameOf(callee["property"]), on: callee["object"] as Node, argument };
}

function fieldsOfSchema(source: Source, node: Node): Fields | null {
  if (node.type === "Identifier") {
    const found = declarationOf(source, nameOf(node));
    return found ? fieldsOfSchema(found.source, found.node["init"] as Node) : null;
  }
  const call = callOf(node);
  if (!call?.argument || !/^(strictO|o)bject$/.test(call.name)) return null;
  return new Map(
    listOf(call.argument["properties"]).map((property) => {
      const value = (property["value"] ?? property) as Node;
      return [nameOf(property["key"]), new Set(kindsOfSchema(source, value))] as const;
    }),
  );
}

const schemaKinds: Readonly<Record<string, Kind>> = {
  string: "string",
  iso: "string",
  enum: "string",
  uuid: "string",
  int: "number",
  number: "number",
  boolean: "boolean",
  array: "array",
  tuple: "array",
  object: "object",
  strictObject: "object",
  record: "object",
};

function kindsOfSchema(source: Source, node: Node): readonly Kind[] {
  if (node.type === "Identifier") {
    const found = declarationOf(source, nameOf(node));
    return found ? kindsOfSchema(found.source, found.node["init"] as Node) : ["unknown"];
  }
  const call = callOf(node);
  if (!call) return ["unknown"];
  if (call.name === "nullable") return [...kindsOfSchema(source, call.on), "null"];
  if (nameOf(call.on) !== "z") return kindsOfSchema(source, call.on);
  return [schemaKinds[call.name] ?? "unknown"];
}

function textOf({ source, node }: { source: Source; node: Node }): string {
  return source.text.slice(node.start, Number(node["end"]));
}
