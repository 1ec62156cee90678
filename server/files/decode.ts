import { TextDecoder } from "node:util";
import type { NewDecoder } from "#core/table/text-reader.ts";

export const newDecoder: NewDecoder = (encoding) => new TextDecoder(encoding);
