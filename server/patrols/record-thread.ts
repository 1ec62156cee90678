import { parentPort, workerData } from "node:worker_threads";
import { forecastRecord } from "#core/patrols/plan/record.ts";
import { createZone } from "#core/time/zone.ts";
import type { RecordWork } from "#server/patrols/forecast-record.ts";

/** Own thread: backtests take seconds. */
const port = parentPort;
if (!port) throw new Error("record-thread.ts runs as a worker thread only");
const { timeZone, ...reports } = workerData as RecordWork;
port.postMessage(forecastRecord(reports, createZone(timeZone)));
