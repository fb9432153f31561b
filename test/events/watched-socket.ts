import { inspect } from 'node:util'
import { expect, onTestFinished, vi } from 'vitest'
import type { Gap, ObservedEvent } from '../../src/events/log/log-entry.ts'
import { SocketWatcher } from '../../src/events/watch/socket-watcher.ts'
import type { SourceSink } from '../../src/events/watch/source.ts'
import type { Problem } from '../../src/core/errors.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import type { UpstreamEvent } from '../../src/upstream/events.ts'
import { openAccount } from '../../src/vendors/accounts.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { VendorMessage } from '../../src/vendors/vendor-events.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** What a watcher reported, in order. */
export type Report =
  | { kind: 'live'; heardAt: number }
  | { kind: 'interrupted'; problem: Problem }
  | { kind: 'gap'; gap: Gap }
  | { kind: 'event'; message: VendorMessage }

export interface WatchedSocket {
  sandbox: ZoomSandbox
  clock: ManualClock
  reports: Report[]
  events: UpstreamEvent[]
  /** Waits until the watcher has reported `LIVE` and interruptions this number of times. */
  waitForReports(kind: Report['kind'], count: number): Promise<void>
  /** Stops the watcher, and waits until it has ended. */
  stop(): Promise<void>
}

export interface WatchedSocketOptions {
  /** Settings of the account instead of those of the sandbox. */
  settings?: (sandbox: ZoomSandbox) => Record<string, unknown>
  observedUntil?: number
  /** Called before the watcher is started. */
  beforeStart?: (sandbox: ZoomSandbox) => void
}

/** Watches an account of a sandbox over its event WebSocket, with a manual clock and no jitter. */
export async function watchSocket({
  settings = () => ({}),
  observedUntil,
  beforeStart,
}: WatchedSocketOptions = {}): Promise<WatchedSocket> {
  const clock = new ManualClock()
  const sandbox = await start({ seed: { active: 5 }, now: clock.now })
  onTestFinished(() => sandbox.close())
  beforeStart?.(sandbox)
  const reports: Report[] = []
  const events: UpstreamEvent[] = []
  const sink: SourceSink = {
    reportLive: (at) => void reports.push({ kind: 'live', heardAt: at }),
    reportInterval: () => {},
    reportInterrupted: (problem) => void reports.push({ kind: 'interrupted', problem }),
    record: async (gap, observed: readonly ObservedEvent[]) => {
      expect(observed).toEqual([])
      reports.push({ kind: 'gap', gap: gap! })
    },
    recordMessage: async (message, origin) => {
      expect(origin).toBe('SOCKET')
      reports.push({ kind: 'event', message })
    },
  }
  const { vendor: _, ...account } = sandbox.account
  const config = zoom.config.parse({ ...account, ...sandbox.eventSettings, ...settings(sandbox) })
  const opened = openAccount(
    { key: 'zoom', definition: zoom, config },
    { clock, onEvent: (__, event) => events.push(event) },
  )
  const watcher = new SocketWatcher({
    account: opened,
    socket: opened.vendor.pushedEvents!.socket!,
    sink,
    clock,
    random: () => 1,
    getObservedUntil: () => observedUntil ?? null,
  })
  const stopping = new AbortController()
  const ended = watcher.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await ended
  }
  onTestFinished(async () => {
    await stop()
    await opened.upstream.close()
    expectNoSecrets(sandbox, [reports, events])
  })
  const waitForReports = (kind: Report['kind'], count: number): Promise<void> =>
    vi.waitFor(() => expect(reports.filter((report) => report.kind === kind).length).toBeGreaterThanOrEqual(count))
  return { sandbox, clock, reports, events, waitForReports, stop }
}

/** The URL of the connection contains the token and the subscription. */
function expectNoSecrets({ ledger, clientSecret }: ZoomSandbox, values: unknown): void {
  const text = inspect(values, { depth: Infinity, showHidden: true })
  const queries = ledger.filter(({ path }) => path === '/ws').map(({ query }) => new URLSearchParams(query))
  const secrets = queries.flatMap((query) => [...query.values()])
  for (const secret of [...secrets, clientSecret]) if (secret !== '') expect(text).not.toContain(secret)
}
