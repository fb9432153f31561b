import { expect, test } from 'vitest'
import type { EventInterest } from '../../src/events/stream/selection.ts'
import { createAccount, openEvents, readMessage } from './open.ts'

const polled = createAccount('trueconf', { polledEvents: { types: ['STARTED'], comparedFields: [] } })

/** Opens events with a watcher that records when it runs. */
function openPolled() {
  const runs: string[] = []
  let getInterest = (): EventInterest => ({ participantsOf: 'none' })
  const opened = openEvents({
    accounts: [polled],
    createWatcher: (_account, options) => {
      getInterest = options.getInterest
      return {
        run: async (signal) => {
          runs.push('run')
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
          runs.push('end')
        },
        pollSoon: () => runs.push('poll'),
      }
    },
  })
  return { ...opened, runs, getInterest: () => getInterest() }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('polls while there is a subscriber, and for the linger time after it', async () => {
  const { subscribe, runs, clock } = openPolled()
  expect(runs).toEqual([])
  const streams = [subscribe(), subscribe()]
  for (const stream of streams) await readMessage(stream)
  await settle()
  expect(runs).toEqual(['run'])
  for (const stream of streams) await stream.return()
  clock.advance(29_999)
  await settle()
  expect(runs).toEqual(['run'])
  clock.advance(1)
  await settle()
  expect(runs).toEqual(['run', 'end'])
})

test('goes on polling if a subscriber returns within the linger time', async () => {
  const { subscribe, runs, clock } = openPolled()
  await subscribe().return()
  clock.advance(20_000)
  await settle()
  const stream = subscribe()
  clock.advance(60_000)
  await settle()
  expect(runs).toEqual(['run'])
  await stream.return()
})

test('polls at once after a mutation, only while it polls', async () => {
  const { events, subscribe, runs } = openPolled()
  events.pollSoon('trueconf')
  expect(runs).toEqual([])
  subscribe()
  await settle()
  events.pollSoon('trueconf')
  events.pollSoon('unknown')
  expect(runs).toEqual(['run', 'poll'])
})

test('selects what all streams together select, and for the linger time what they have selected', async () => {
  const { subscribe, getInterest, clock } = openPolled()
  subscribe({ types: new Set(['STARTED'] as const) })
  expect(getInterest()).toEqual({ participantsOf: 'none' })
  const conferences = new Map([['trueconf', new Set(['1'])]])
  const some = subscribe({ conferences })
  expect(getInterest()).toEqual({ participantsOf: new Set(['1']) })
  const all = subscribe()
  expect(getInterest()).toEqual({ participantsOf: 'all' })
  await all.return()
  await some.return()
  clock.advance(29_999)
  await settle()
  expect(getInterest()).toEqual({ participantsOf: 'all' })
  clock.advance(1)
  await settle()
  expect(getInterest()).toEqual({ participantsOf: 'none' })
})

test('connects again if a new stream selects participants that no other stream selects', async () => {
  const { events, subscribe, runs } = openPolled()
  const filter = { conferences: new Map([['trueconf', new Set(['1'])]]) }
  subscribe({ types: new Set(['STARTED'] as const) })
  await settle()
  events.states.set(polled, { status: 'LIVE' })
  subscribe({ types: new Set(['STARTED'] as const) })
  expect([runs, events.states.find(polled).status]).toEqual([['run'], 'LIVE'])
  subscribe(filter)
  expect([runs, events.states.find(polled).status]).toEqual([['run', 'poll'], 'CONNECTING'])
  events.states.set(polled, { status: 'LIVE' })
  subscribe(filter)
  expect([runs, events.states.find(polled).status]).toEqual([['run', 'poll'], 'LIVE'])
})

test('does not poll for a stream of other accounts or other conferences', async () => {
  const { subscribe, runs } = openPolled()
  subscribe({ accounts: new Set(['zoom']) })
  subscribe({ conferences: new Map([['zoom', new Set(['1'])]]) })
  await settle()
  expect(runs).toEqual([])
})

test('stops watching when it ends, and watches an account again that was opened again', async () => {
  const { events, subscribe, runs } = openPolled()
  subscribe()
  await settle()
  events.watch([{ ...polled }])
  await settle()
  expect(runs).toEqual(['run', 'end', 'run'])
  await events.stop()
  expect(runs).toEqual(['run', 'end', 'run', 'end'])
})

test('keeps the state of an account that was opened again', async () => {
  const { events, subscribe, clock } = openPolled()
  subscribe()
  await settle()
  events.watch([{ ...polled }])
  events.states.set(polled, { status: 'LIVE' })
  clock.advance(30_000)
  await settle()
  expect(events.states.find(polled).status).toBe('LIVE')
})
