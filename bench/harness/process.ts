import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'undici'

/** Resident memory of a process in MiB. */
export const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** How many files and sockets it has open. */
export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** Its processor time in ms; the kernel counts hundredths of a second. */
export function cpuOf(pid: number): number {
  const behindName = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(behindName[11]) + Number(behindName[12])) * 10
}

/** How long an event loop was held, in ms. */
export interface Stalls {
  p99: number
  max: number
}

/** The server's event loop since this was last asked. */
export async function stallsOf(url: string): Promise<Stalls> {
  const text = await (await request(`${url}/metrics`)).body.text()
  const held = (which: string): number =>
    Math.round(Number(new RegExp(`^nodejs_eventloop_lag_${which}_seconds (\\S+)`, 'm').exec(text)?.[1]) * 1000)
  return { p99: held('p99'), max: held('max') }
}
