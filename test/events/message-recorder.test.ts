import { expect, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Gap } from '../../src/events/log/log-entry.ts'
import { MessageRecorder } from '../../src/events/watch/message-recorder.ts'
import type { SourceSink } from '../../src/events/watch/source.ts'
import type { VendorMessage } from '../../src/vendors/vendor-events.ts'
import { ManualClock } from '../support/manual-clock.ts'

const toMessage = (number: number): VendorMessage => ({
  identity: String(number),
  occurredAt: number,
  event: null,
  outdatedConference: null,
  areUsersOutdated: false,
})

function open() {
  const clock = new ManualClock()
  const recorded: (number | Gap)[] = []
  const store = { isAvailable: true, attempts: 0, isBroken: false }
  const problems: Problem[] = []
  const record = async (entry: number | Gap): Promise<void> => {
    store.attempts++
    if (store.isBroken) throw new TypeError('canary')
    if (!store.isAvailable) throw new Problem('STORE_UNAVAILABLE', 'down')
    recorded.push(entry)
  }
  const sink: SourceSink = {
    reportLive: () => {},
    reportInterval: () => {},
    reportInterrupted: (problem) => void problems.push(problem),
    record: (gap) => record(gap!),
    recordMessage: (message) => record(message.occurredAt),
  }
  const stopping = new AbortController()
  const recorder = new MessageRecorder(sink, clock, stopping.signal)
  return { clock, store, recorded, recorder, stopping, problems }
}

test('records gaps and messages in order, also after the event log was unavailable', async () => {
  const { clock, store, recorded, recorder } = open()
  store.isAvailable = false
  recorder.addMessage(toMessage(1))
  recorder.addGap({ since: 2, until: 3 })
  recorder.addMessage(toMessage(4))
  await vi.waitFor(() => expect(clock.waits).toEqual([1_000]))
  expect(recorded).toEqual([])
  store.isAvailable = true
  clock.advance(1_000)
  await vi.waitFor(() => expect(recorded).toEqual([1, { since: 2, until: 3 }, 4]))
})

test('replaces the messages that wait by a gap if there are too many', async () => {
  const { clock, store, recorded, recorder } = open()
  store.isAvailable = false
  const since = clock.now()
  for (let number = 0; number < 1_200; number++) recorder.addMessage(toMessage(number))
  clock.advance(500)
  for (let number = 1_200; number < 1_300; number++) recorder.addMessage(toMessage(number))
  await vi.waitFor(() => expect(clock.waits).toEqual([1_000]))
  store.isAvailable = true
  clock.advance(1_000)
  await vi.waitFor(() => expect(recorded.at(-1)).toBe(1_299))
  expect(recorded[0]).toMatchObject({ since })
  expect(recorded.length).toBeLessThanOrEqual(501)
  expect(recorded.slice(1)).toEqual(recorded.slice(1).map((_, index) => 1_301 - recorded.length + index))
})

test('tries once a second, and stops with its signal', async () => {
  const { clock, store, recorder, stopping } = open()
  store.isAvailable = false
  recorder.addMessage(toMessage(1))
  for (const attempts of [1, 2, 3]) {
    await vi.waitFor(() => expect(clock.waits).toEqual([1_000]))
    expect(store.attempts).toBe(attempts)
    clock.advance(1_000)
  }
  await vi.waitFor(() => expect(clock.waits).toEqual([1_000]))
  stopping.abort()
  await vi.waitFor(() => expect(clock.waits).toEqual([]))
  expect(store.attempts).toBe(4)
})

test('skips a message that cannot be recorded for another reason, and reports it', async () => {
  const { store, recorded, recorder, problems } = open()
  store.isBroken = true
  recorder.addMessage(toMessage(1))
  await vi.waitFor(() => expect(problems).toMatchObject([{ code: 'INTERNAL', cause: { message: 'canary' } }]))
  store.isBroken = false
  recorder.addMessage(toMessage(2))
  await vi.waitFor(() => expect(recorded).toEqual([2]))
})
