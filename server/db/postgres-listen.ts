import { randomUUID } from "node:crypto";
import pg from "pg";
import { announcementChannel, type Hearer, type Listening } from "#server/db/database.ts";

/** Detects a silent connection. */
const askEveryMs = 15_000;
const firstPauseMs = 250;
/** Longest reconnect delay, so that screens recover soon after a failover. */
const longestPauseMs = 4_000;
/** Longest wait for our own notification to come back. */
const echoMs = 5_000;
const echoMark = "echo ";

/**
 * Listens on a dedicated connection, since a pooled one would be given back between notifications.
 * When lost it is reopened; null marks that notifications may have been missed. A pooler in
 * transaction mode accepts `listen` and forwards nothing, so a test notification is sent over
 * another connection first: if it does not arrive, listening is given up.
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

async function openLine(url: string, hear: Hearer, onLost: () => void) {
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
    // Not awaited: the other side may be gone.
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

/**
 * One connection for all who hear of changes in this process: a team that nobody uses costs the cluster
 * no more. It opens with the first hearer and closes with the last. Where nothing arrives, which takes
 * seconds to find out, that is remembered.
 */
export function createListening(
  open: (hear: Hearer) => Promise<Listening>,
): (hear: Hearer) => Promise<Listening> {
  const hearers = new Set<{ readonly hear: Hearer }>();
  let line: Promise<Listening> | null = null;
  return async (hear) => {
    const hearer = { hear };
    hearers.add(hearer);
    line ??= open((word) => {
      for (const one of Array.from(hearers)) one.hear(word);
    });
    const joined = line;
    const { hears, stop } = await joined.catch((error: unknown) => {
      hearers.delete(hearer);
      if (line === joined) line = null;
      throw error;
    });
    return {
      hears,
      stop: async () => {
        hearers.delete(hearer);
        if (!hears || hearers.size > 0 || line !== joined) return;
        line = null;
        await stop();
      },
    };
  };
}
