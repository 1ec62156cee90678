import { z } from "zod";
import type { Route } from "#server/http/route.ts";

export function describeRoutes(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, "{$1}");
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      summary: route.summary,
      "x-audience": route.audience,
      parameters: [...parameters("path", route.params), ...parameters("query", route.query)],
      ...(route.body
        ? { requestBody: { content: { "application/json": { schema: jsonSchema(route.body) } } } }
        : {}),
      responses: {
        200: {
          description: "Done",
          ...(route.replySchema
            ? { content: { "application/json": { schema: jsonSchema(route.replySchema) } } }
            : {}),
        },
        default: {
          description: "Refused or failed (RFC 9457)",
          content: { "application/problem+json": { schema: problemSchema } },
        },
      },
    };
  }
  return { openapi: "3.1.0", info: { title: "Boxster", version: "0.1.0" }, paths };
}

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          row: { type: "integer" },
          field: { type: "string" },
          value: { type: "string" },
          reason: { type: "string" },
        },
      },
    },
  },
};

function jsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function parameters(where: "path" | "query", schema: z.ZodType | undefined): unknown[] {
  if (!schema) return [];
  const described = jsonSchema(schema) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(described.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || (described.required ?? []).includes(name),
    schema: property,
  }));
}
