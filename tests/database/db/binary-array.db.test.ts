import { expect, test } from "vitest";
import { type BinaryArray, createBinaryArray, type ElementType } from "#server/db/binary-array.ts";
import { ownerActor } from "#server/db/database.ts";
import { onEachEngine } from "#tests/support/database.ts";

const filled = (type: ElementType, fill: (array: BinaryArray) => void) => {
  const array = createBinaryArray(type);
  fill(array);
  return array.octets();
};

onEachEngine("an array in the binary notation", ({ db }) => {
  const readBack = async (type: ElementType, octets: Uint8Array) => {
    const [row] = await db().transaction(ownerActor, (tx) =>
      tx.query<{ texts: (string | null)[] }>(`select $1::${type}[]::text[] as "texts"`, [octets]),
    );
    return row?.texts;
  };

  test("comes through with numbers to both ends of their range, and nulls", async () => {
    const int2 = filled("int2", (array) => {
      for (const value of [-32_768, 0, 32_767]) array.addInt16(value);
      array.addNull();
    });
    expect(await readBack("int2", int2)).toEqual(["-32768", "0", "32767", null]);
    const int4 = filled("int4", (array) => {
      array.addNull();
      for (const value of [-2_147_483_648, -1, 2_147_483_647]) array.addInt32(value);
    });
    expect(await readBack("int4", int4)).toEqual([null, "-2147483648", "-1", "2147483647"]);
    const int8 = filled("int8", (array) => {
      array.addInt64(0x8a1_94ad, 0x1324_7fff);
      array.addInt64(0xffff_ffff, 0xffff_fffe);
      array.addNull();
    });
    const decimal = BigInt("0x8a194ad13247fff").toString();
    expect(await readBack("int8", int8)).toEqual([decimal, "-2", null]);
  });

  test("comes through with every character, with octets, and with none", async () => {
    const words = ["", "NULL", 'a "quoted" {word}, \\', "Ørsted 漢字 🚓", "x".repeat(9_000)];
    const text = filled("text", (array) => {
      for (const word of words) array.addText(word, "utf8");
      array.addNull();
    });
    expect(await readBack("text", text)).toEqual([...words, null]);
    const bytea = filled("bytea", (array) => {
      for (const word of ["", "\u0000\u00ff\u007f"]) array.addText(word, "latin1");
    });
    expect(await readBack("bytea", bytea)).toEqual(["\\x", "\\x00ff7f"]);
    for (const type of ["text", "int8"] as const) {
      expect(
        await readBack(
          type,
          filled(type, () => undefined),
        ),
      ).toEqual([]);
    }
  });

  test("comes through beyond the room it begins with", async () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => at * 7 - 5_000);
    const octets = filled("int4", (array) => {
      for (const value of numbers) array.addInt32(value);
    });
    expect((await readBack("int4", octets))?.map(Number)).toEqual(numbers);
  });

  test("octets on their own are a bytea, as they were", async () => {
    const octets = Uint8Array.from([0, 255, 92, 39, 10]);
    const [row] = await db().transaction(ownerActor, (tx) =>
      tx.query(`select encode($1::bytea, 'hex') as "hex"`, [octets]),
    );
    expect(row).toEqual({ hex: "00ff5c270a" });
  });
});
