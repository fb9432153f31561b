import { sandboxNames, startSandbox, type Sandbox } from '../src/sandboxes/index.ts'

export interface FaultySandboxes {
  /** The setting `accounts`. The key of an account is the slug of its vendor. */
  accounts: Record<string, Record<string, unknown>>
  sandboxes: Record<string, Sandbox>
  /** Number of vendor calls, without token requests. */
  calls(): number
  /**
   * Delays every response from now on, and injects a fault into this share of the reads. A retry overcomes each fault.
   */
  injectFaults(share: number): void
  /** Number of reads with a fault. */
  faults(): number
  close(): Promise<void>
}

/** Starts the sandboxes of all vendors, without delays and faults. */
export async function startFaultySandboxes(): Promise<FaultySandboxes> {
  let slow = false
  let met = 0
  const latency = (): number => (slow ? logNormal(40, 400) : 0)
  const started = await Promise.all(
    sandboxNames.map(async (name) => [name, await startSandbox(name, { latency })] as const),
  )
  const sandboxes = Object.fromEntries(started)
  return {
    accounts: Object.fromEntries(started.map(([slug, { account }]) => [slug, account])),
    sandboxes,
    calls: () =>
      started.reduce((sum, [, { ledger }]) => sum + ledger.filter(({ path }) => !/token/.test(path)).length, 0),
    injectFaults: (share) => {
      slow = true
      if (share > 0) for (const [, sandbox] of started) bring(sandbox, share, () => met++)
    },
    faults: () => met,
    close: async () => void (await Promise.all(started.map(([, sandbox]) => sandbox.close()))),
  }
}

/** Samples a duration in ms: half of the samples are below `p50`, and 99 % below `p99`. */
function logNormal(p50: number, p99: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return p50 * (p99 / p50) ** (normal / 2.326)
}

const kinds = [
  { kind: 'reset' },
  { kind: 'cut', apply: true },
  { kind: 'status', status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
  { kind: 'status', status: 500, body: '{}' },
  { kind: 'status', status: 401, body: '{}' },
] as const

/** Number of calls after which the token is revoked. A new token is valid. */
const tokenRest = 200
/** Time in milliseconds in which a URL has no second fault, so that a retry succeeds. */
const once = 1_000

/** The sandbox tests the faults in turn. The first one selects a fault for all of them. */
function bring(sandbox: Sandbox, share: number, count: () => void): void {
  const last = new Map<string, number>()
  let drawn = -1
  let sinceToken = 0
  const draw = (url: string): number => {
    sinceToken++
    if (Math.random() >= share || performance.now() - (last.get(url) ?? -once) < once) return -1
    const kind = Math.floor(Math.random() * (sinceToken < tokenRest ? kinds.length - 1 : kinds.length))
    if (kind === kinds.length - 1) sinceToken = 0
    last.set(url, performance.now())
    count()
    return kind
  }
  for (const [index, fault] of kinds.entries()) {
    const test = (url: string): boolean => {
      if (index === 0) drawn = draw(url)
      return drawn === index
    }
    sandbox.fault({ ...fault, match: { method: 'GET', path: { test } as RegExp } })
  }
}
