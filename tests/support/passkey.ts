import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** What a device with passkeys does, in software: one key, its counter, and what it is told to say. */
export interface SoftPasskey {
  readonly credentialId: string;
  /** The answer of `navigator.credentials.create`. */
  readonly create: (challenge: string, said?: Said) => object;
  /** The answer of `navigator.credentials.get`; counts one further each time, unless told otherwise. */
  readonly answer: (challenge: string, said?: Said & { readonly counter?: number }) => object;
}

/** What a device or a page that is not what it should be says instead. */
interface Said {
  readonly origin?: string;
  readonly rpId?: string;
  readonly userVerified?: boolean;
}

export function softPasskey(): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const credentialId = id.toString("base64url");
  let count = 0;
  const clientData = (type: string, challenge: string, { origin = "http://localhost" }: Said) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authData = (
    { rpId = "localhost", userVerified = true }: Said,
    counter: number,
    made = Buffer.alloc(0),
  ) =>
    Buffer.concat([
      createHash("sha256").update(rpId).digest(),
      Buffer.from([0x01 | (userVerified ? 0x04 : 0) | (made.length > 0 ? 0x40 : 0)]),
      bigEndian(counter, 4),
      made,
    ]);
  return {
    credentialId,
    create: (challenge, said = {}) => {
      const made = Buffer.concat([Buffer.alloc(16), bigEndian(id.length, 2), id, coseKey(x, y)]);
      return {
        id: credentialId,
        rawId: credentialId,
        type: "public-key",
        response: {
          clientDataJSON: clientData("webauthn.create", challenge, said).toString("base64url"),
          attestationObject: attestationOf(authData(said, count, made)).toString("base64url"),
        },
      };
    },
    answer: (challenge, said = {}) => {
      count = said.counter ?? count + 1;
      const data = clientData("webauthn.get", challenge, said);
      const authenticatorData = authData(said, count);
      const signed = Buffer.concat([authenticatorData, createHash("sha256").update(data).digest()]);
      return {
        id: credentialId,
        rawId: credentialId,
        type: "public-key",
        response: {
          clientDataJSON: data.toString("base64url"),
          authenticatorData: authenticatorData.toString("base64url"),
          signature: sign("sha256", signed, privateKey).toString("base64url"),
        },
      };
    },
  };
}

function bigEndian(value: number, octets: number): Buffer {
  const buffer = Buffer.alloc(octets);
  buffer.writeUIntBE(value, 0, octets);
  return buffer;
}

/** COSE, CBOR: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y } */
function coseKey(x: string, y: string): Buffer {
  const coordinate = (key: number, value: string) =>
    Buffer.concat([Buffer.from([key, 0x58, 32]), Buffer.from(value, "base64url")]);
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    coordinate(0x21, x),
    coordinate(0x22, y),
  ]);
}

/** CBOR: { "fmt": "none", "attStmt": {}, "authData": octets } */
function attestationOf(authData: Buffer): Buffer {
  const text = (word: string) =>
    Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
  return Buffer.concat([
    Buffer.from([0xa3]),
    text("fmt"),
    text("none"),
    text("attStmt"),
    Buffer.from([0xa0]),
    text("authData"),
    Buffer.from([0x59]),
    bigEndian(authData.length, 2),
    authData,
  ]);
}
