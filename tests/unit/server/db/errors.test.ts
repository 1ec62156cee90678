import { constants } from "node:os";
import pg from "pg";
import { expect, test } from "vitest";
import { problemFromDatabase } from "#server/db/errors.ts";
import { breaksConnection, toDatabaseError } from "#server/db/postgres.ts";

const statusOf = (error: unknown) => problemFromDatabase(toDatabaseError(error)).status;

/** As the driver makes one from what the server sends. */
function answer(code: string) {
  return Object.assign(new pg.DatabaseError("of the server", 0, "error"), { code });
}

test.each(Object.keys(constants.errno))("%s of a socket is a lost connection: 503", (code) => {
  const error = Object.assign(new Error(`write ${code}`), { code });
  expect(breaksConnection(error)).toBe(true);
  expect(statusOf(error)).toBe(503);
});

test("what has an SQL code and is no answer of the server is a lost connection too", () => {
  const made = Object.assign(new Error("Query read timeout"), { code: "22P02" });
  expect(breaksConnection(made)).toBe(true);
  expect(statusOf(made)).toBe(503);
});

test.each([
  ["57P01", "the server is shut down"],
  ["57P02", "another process of it crashed"],
  ["57P03", "it is starting"],
  ["08006", "connection failure"],
  ["08P01", "the protocol, as a pooler says it"],
  ["53300", "too many connections"],
  ["25P03", "stood still in a transaction"],
])("%s (%s) ends the connection: 503", (code) => {
  expect(breaksConnection(answer(code))).toBe(true);
  expect(statusOf(answer(code))).toBe(503);
});

test.each([
  ["57014", 503],
  ["55P03", 503],
  ["25006", 503],
  ["23505", 409],
  ["22P02", 422],
  ["42501", 500],
])("%s is about one statement, whose connection goes on: %i", (code, status) => {
  expect(breaksConnection(answer(code))).toBe(false);
  expect(statusOf(answer(code))).toBe(status);
});
