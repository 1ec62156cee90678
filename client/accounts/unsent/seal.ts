/** A key for data on a phone, and a mark that tells whose they are. */
export interface Keeper {
  readonly key: CryptoKey;
  /** 16 hexadecimal figures that say nothing of the key. */
  readonly mark: string;
}

/** From 64 hex digits. */
export async function keeperOf(figures: string): Promise<Keeper> {
  const octets = Uint8Array.from(figures.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const [key, hash] = await Promise.all([
    crypto.subtle.importKey("raw", octets, "AES-GCM", false, ["encrypt", "decrypt"]),
    crypto.subtle.digest("SHA-256", octets),
  ]);
  const mark = [...new Uint8Array(hash).subarray(0, 8)];
  return { key, mark: mark.map((octet) => octet.toString(16).padStart(2, "0")).join("") };
}

const nonceOctets = 12;

/** AES-256-GCM with a fresh nonce in front; base64. */
export async function seal({ key, mark }: Keeper, text: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceOctets));
  const sealed = await crypto.subtle.encrypt(waysOf(nonce, mark), key, encoder.encode(text));
  return btoa(String.fromCharCode(...nonce, ...new Uint8Array(sealed)));
}

/** Null where it was sealed under another key, or was changed since. */
export async function unseal({ key, mark }: Keeper, sealed: string): Promise<string | null> {
  try {
    const octets = Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0));
    const nonce = octets.slice(0, nonceOctets);
    const opened = await crypto.subtle.decrypt(waysOf(nonce, mark), key, octets.slice(nonceOctets));
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

const encoder = new TextEncoder();

function waysOf(iv: Uint8Array<ArrayBuffer>, mark: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(mark) };
}
