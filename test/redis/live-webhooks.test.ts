import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { LiveProcesses } from './live-processes.ts'

const patient = { timeout: 40_000, interval: 20 }
const onlyZoom = { filter: { accounts: ['zoom'] } }

/** Cursors and conferences of events, which are equal in every stream. */
const listConferences = (events: readonly string[]): string[] => events.map((text) => text.split(' ')[2]!)

describe('webhooks', () => {
  test('reach the streams of both processes once, in one order, when each is sent to both at once', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(), live.start()])
    const streams = await Promise.all([live.watch(one, onlyZoom), live.watch(other, onlyZoom)])
    const meetings = Array.from({ length: 40 }, (_, index) => 1_000 + index)
    const statuses = await Promise.all(
      meetings.flatMap((meeting) => [live.sendHook(one, meeting), live.sendHook(other, meeting)]),
    )
    expect(new Set(statuses)).toEqual(new Set([204]))
    // Everything that was sent before it has arrived, too.
    await live.sendHook(other, 1)
    const [first, second] = await Promise.all(streams.map((stream) => stream.waitForEvents(41)))
    expect(first).toHaveLength(41)
    expect(second).toEqual(first)
    expect(new Set(listConferences(first!)).size).toBe(41)
    for (const stream of streams) expect(stream.gaps).toEqual([])
  })

  test('are neither lost nor repeated for a client that continues at another process after kill -9', async () => {
    const live = await LiveProcesses.open()
    const [receiver, killed, next] = await Promise.all([live.start(), live.start(), live.start()])
    const stream = await live.watch(killed, onlyZoom)
    const reference = await live.watch(receiver, onlyZoom)
    for (let meeting = 1; meeting <= 20; meeting++) await live.sendHook(receiver, meeting)
    await stream.waitForEvents(10)
    await killed.stop('SIGKILL')
    for (let meeting = 21; meeting <= 30; meeting++) await live.sendHook(receiver, meeting)
    const resumed = await live.watch(next, { ...onlyZoom, after: stream.cursor })
    for (let meeting = 31; meeting <= 40; meeting++) await live.sendHook(receiver, meeting)
    await vi.waitFor(() => expect([...stream.events, ...resumed.events]).toHaveLength(40), patient)
    expect([...stream.events, ...resumed.events]).toEqual(await reference.waitForEvents(40))
    expect(resumed.gaps).toEqual([])
  })

  test('are kept when all processes were killed, for a client that continues after they have started again', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(), live.start()])
    const stream = await live.watch(one, onlyZoom)
    await live.sendHook(other, 1)
    await stream.waitForEvents(1)
    const { cursor } = stream
    for (const meeting of [2, 3]) await live.sendHook(other, meeting)
    const [, ...events] = await stream.waitForEvents(3)
    await Promise.all([one.restart(), other.restart()])
    const resumed = await live.watch(one, { ...onlyZoom, after: cursor })
    await live.sendHook(other, 3)
    await live.sendHook(one, 4)
    expect((await resumed.waitForEvents(3)).slice(0, 2)).toEqual(events)
    expect(resumed.gaps).toEqual([])
  })

  test('show in every process when Zoom was last heard, and leave no secret in Redis', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(), live.start()])
    await live.sendHook(one, 1)
    await vi.waitFor(async () => {
      const stream = await live.watch(other, onlyZoom)
      expect(stream.messages[0]!.sources[0]!.heardAt).not.toBeNull()
      stream.leave()
    }, patient)
    const files = live.readFiles()
    expect(files).toContain('parley:events')
    for (const secret of ['webhook-secret-3f21', 'start-url-77aa', live.zoom.clientSecret])
      expect(files).not.toContain(secret)
  })
})

describe('without Redis', () => {
  test('responds to webhooks with 503, and keeps streams open, which later receive each event once', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(), live.start()])
    const streams = [await live.watch(one, onlyZoom), await live.watch(other, onlyZoom)]
    expect(await live.sendHook(one, 1)).toBe(204)
    for (const stream of streams) await stream.waitForEvents(1)
    await live.redis.kill()
    for (const meeting of [1, 2, 3]) expect(await live.sendHook(one, meeting)).toBe(503)
    for (const stream of streams) await stream.waitForStatus('zoom', 'INTERRUPTED', 'STORE_UNAVAILABLE')
    const late = await live.watch(other, { ...onlyZoom, after: streams[0]!.cursor })
    await late.waitForStatus('zoom', 'INTERRUPTED', 'STORE_UNAVAILABLE')
    const fresh = await live.watch(other, onlyZoom)
    await live.redis.start()
    for (const stream of [...streams, late, fresh]) await stream.waitForStatus('zoom', 'LIVE')
    // Zoom also repeats a webhook after a 503.
    for (const meeting of [1, 2, 3])
      for (const server of [one, other]) expect(await live.sendHook(server, meeting)).toBe(204)
    await live.sendHook(one, 4)
    const [first, second] = await Promise.all(streams.map((stream) => stream.waitForEvents(4)))
    expect(second).toEqual(first)
    expect(first).toHaveLength(4)
    for (const stream of [late, fresh]) expect(await stream.waitForEvents(3)).toEqual(first!.slice(1))
    for (const stream of [...streams, late, fresh]) expect(stream.gaps).toEqual([])
  })

  test('serves streams of a process that starts then, which later receive the entries of the log', async () => {
    const live = await LiveProcesses.open()
    const one = await live.start()
    const stream = await live.watch(one, onlyZoom)
    await live.sendHook(one, 1)
    await stream.waitForEvents(1)
    const { cursor } = stream
    await live.sendHook(one, 2)
    await live.redis.kill()
    const joined = await live.start()
    const resumed = await live.watch(joined, { ...onlyZoom, after: cursor })
    const fresh = await live.watch(joined, onlyZoom)
    for (const { messages } of [resumed, fresh])
      expect(messages[0]!.sources).toMatchObject([{ status: 'INTERRUPTED', problem: { code: 'STORE_UNAVAILABLE' } }])
    expect(resumed.cursor).toBe(cursor)
    await live.redis.start()
    for (const watched of [resumed, fresh]) await watched.waitForStatus('zoom', 'LIVE')
    await stream.waitForStatus('zoom', 'LIVE')
    await live.sendHook(one, 3)
    expect(await resumed.waitForEvents(2)).toEqual((await stream.waitForEvents(3)).slice(1))
    expect(listConferences(await fresh.waitForEvents(1))).toEqual(listConferences(stream.events.slice(2)))
    for (const watched of [stream, resumed, fresh]) expect(watched.gaps).toEqual([])
  })

  test('does not let webhooks wait for a Redis that hangs, and recognizes repetitions of those that were recorded', async () => {
    const live = await LiveProcesses.open()
    const one = await live.start()
    const stream = await live.watch(one, onlyZoom)
    live.redis.freeze()
    try {
      expect(await live.sendHook(one, 1)).toBe(503)
      await stream.waitForStatus('zoom', 'INTERRUPTED', 'STORE_UNAVAILABLE')
    } finally {
      live.redis.thaw()
    }
    await stream.waitForStatus('zoom', 'LIVE')
    expect(await live.sendHook(one, 1)).toBe(204)
    expect(await live.sendHook(one, 2)).toBe(204)
    expect(await stream.waitForEvents(2)).toHaveLength(2)
  })
})

test('reports a gap to streams and to clients that continue after Redis has lost its data', async () => {
  const live = await LiveProcesses.open()
  const [one, other] = await Promise.all([live.start(), live.start()])
  const streams = [await live.watch(one, onlyZoom), await live.watch(other, onlyZoom)]
  await live.sendHook(one, 1)
  for (const stream of streams) await stream.waitForEvents(1)
  const { cursor } = streams[0]!
  await live.redis.kill()
  rmSync(join(live.redis.folder, 'appendonlydir'), { recursive: true })
  await live.redis.start()
  for (const stream of streams)
    await vi.waitFor(
      () => expect(stream.gaps).toMatchObject([{ reason: 'NOT_KEPT', account: { key: 'zoom' } }]),
      patient,
    )
  const resumed = await live.watch(other, { ...onlyZoom, after: cursor })
  await vi.waitFor(async () => expect(await live.sendHook(one, 2)).toBe(204), patient)
  for (const stream of streams) expect(listConferences(await stream.waitForEvents(2))).toHaveLength(2)
  await resumed.waitForEvents(1)
  expect(resumed.gaps).toMatchObject([{ reason: 'NOT_KEPT' }])
  expect(resumed.messages.findIndex(({ gaps }) => gaps.length > 0)).toBeLessThan(
    resumed.messages.findIndex(({ event }) => event !== null),
  )
  expect(resumed.events).toEqual(streams[0]!.events.slice(1))
})
