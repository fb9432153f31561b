import { Writable } from 'node:stream'
import { expect, onTestFinished, vi } from 'vitest'
import { DocumentWatch, type DocumentWatchOptions } from '../../src/server/document-watch.ts'
import { createLogger } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { ManualClock } from '../support/manual-clock.ts'

interface LoggedLine {
  /** 30 is info, and 40 is warn. */
  level: number
  msg: string
  count?: number
  problems?: string[]
}

/** Watches lists with a clock that only `check` advances. */
export function watchLists(options: Pick<DocumentWatchOptions, 'getLists' | 'getConfiguration'>) {
  const lines: LoggedLine[] = []
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => (lines.push(JSON.parse(chunk.toString()) as LoggedLine), done()),
  })
  const clock = new ManualClock()
  const metrics = createMetrics()
  const watch = new DocumentWatch({ ...options, log: createLogger('info', sink), metrics, clock })
  onTestFinished(() => watch.close())
  return {
    lines,
    /** Lets the next check of the files begin and end. */
    check: async () => {
      await vi.waitFor(() => expect(clock.waits).toEqual([5_000]))
      clock.advance(5_000)
      await vi.waitFor(() => {
        if (clock.waits.includes(500)) clock.advance(500)
        expect(clock.waits).toEqual([5_000])
      })
    },
    countReloads: async () => {
      const text = await metrics.formatMetrics()
      const count = (result: string) =>
        Number(new RegExp(`parley_documents_reloads_total{result="${result}"} (\\d+)`).exec(text)![1])
      return { ok: count('ok'), kept: count('kept') }
    },
  }
}
