import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'undici'

/** Returns the resident memory of a process in MiB. */
export const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** Returns the number of its open files and sockets. */
export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** Returns its processor time in ms. The kernel counts hundredths of a second. */
export function cpuOf(pid: number): number {
  const behindName = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(behindName[11]) + Number(behindName[12])) * 10
}

/** Durations for which an event loop was held, in ms. */
export interface Stalls {
  p99: number
  max: number
}

/** Reads the holds of the server's event loop since the last call. */
export async function stallsOf(url: string): Promise<Stalls> {
  const text = await (await request(`${url}/metrics`)).body.text()
  const held = (which: string): number =>
    Math.round(Number(new RegExp(`^nodejs_eventloop_lag_${which}_seconds (\\S+)`, 'm').exec(text)?.[1]) * 1000)
  return { p99: held('p99'), max: held('max') }
}
