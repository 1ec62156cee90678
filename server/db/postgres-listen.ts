import { randomUUID } from "node:crypto";
import pg from "pg";
import { announcementChannel, type Hearer, type Listening } from "#server/db/database.ts";

/** A connection that went silent without an end is found by asking over it this often. */
const askEveryMs = 15_000;
const firstPauseMs = 250;
/** Where another PostgreSQL takes over, screens hear of changes again this soon after it does. */
const longestPauseMs = 4_000;
/** A word of its own comes back within milliseconds, or not at all. */
const echoMs = 5_000;
const echoMark = "echo ";

/**
 * Listens on a connection of its own, for one of the pool would be given back between two notifications.
 * When it is lost it is made again; what was announced in between is unknown, which null says. A pooler in
 * transaction mode takes `listen` and passes nothing on, so a word is sent by another connection first: where
 * it is not heard, the line is closed.
 */
export async function listenOnPostgres(
  url: string,
  hearOthers: Hearer,
  announce: (word: string) => Promise<void>,
): Promise<Listening> {
  const own = `${echoMark}${randomUUID()}`;
  let echo: () => void = () => undefined;
  const hear: Hearer = (word) => {
    if (word === own) echo();
    else if (!word?.startsWith(echoMark)) hearOthers(word);
  };
  let isOver = false;
  let pause: NodeJS.Timeout | null = null;
  const again = (waitMs: number) => {
    if (isOver) return;
    pause = setTimeout(() => {
      openLine(url, hear, () => again(firstPauseMs)).then(
        (opened) => {
          line = opened;
          if (isOver) void line.end();
          else hear(null);
        },
        () => again(Math.min(longestPauseMs, waitMs * 2)),
      );
    }, waitMs).unref();
  };
  let line = await openLine(url, hear, () => again(firstPauseMs));
  const stop = async () => {
    isOver = true;
    if (pause) clearTimeout(pause);
    await line.end();
  };
  const heard = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), echoMs);
    echo = () => {
      clearTimeout(timer);
      resolve(true);
    };
  });
  try {
    await announce(own);
  } catch (error) {
    echo();
    await stop();
    throw error;
  }
  const hears = await heard;
  if (!hears) await stop();
  return { hears, stop };
}

interface Line {
  readonly end: () => Promise<void>;
}

async function openLine(url: string, hear: Hearer, onLost: () => void): Promise<Line> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: askEveryMs,
  });
  let isOpen = false;
  const close = () => {
    clearInterval(ask);
    return client.end().catch(() => undefined);
  };
  const lost = () => {
    if (!isOpen) return;
    isOpen = false;
    // Nobody waits for its end: the other side may be gone.
    void close();
    onLost();
  };
  const ask = setInterval(() => void client.query("select 1").catch(lost), askEveryMs).unref();
  client.on("error", lost);
  client.on("end", lost);
  client.on("notification", ({ payload }) => {
    if (payload !== undefined) hear(payload);
  });
  try {
    await client.connect();
    await client.query(`listen ${announcementChannel}`);
    isOpen = true;
  } catch (error) {
    void close();
    throw error;
  }
  return {
    end: () => {
      isOpen = false;
      return close();
    },
  };
}
