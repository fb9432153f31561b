import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FairQueue, type Waiter } from '../../src/upstream/fair-queue.ts'
import { runs } from '../support/property.ts'

type State = 'waiting' | 'started' | 'gave way' | 'canceled' | 'ended'

/** Work whose state the test can observe. */
class Work implements Waiter {
  readonly caller: string
  state: State = 'waiting'
  ready: boolean
  constructor(caller: string, ready = true) {
    this.caller = caller
    this.ready = ready
  }
  isReady(): boolean {
    return this.ready
  }
  start(): void {
    this.state = 'started'
  }
  onEvicted(): void {
    this.state = 'gave way'
  }
}

/** A queue with a record of all its work. */
function openQueue({ maxInFlight = 4, maxWaiting = 256, isShared = true } = {}) {
  const queue = new FairQueue<Work>({ maxInFlight, maxWaiting, isShared })
  const all: Work[] = []
  const enter = (caller: string, count = 1, ready = true): Work[] => {
    const works = Array.from({ length: count }, () => new Work(caller, ready))
    for (const work of works) {
      all.push(work)
      queue.enter(work)
    }
    return works
  }
  const find = (state: State, caller?: string): Work[] =>
    all.filter((work) => work.state === state && (caller === undefined || work.caller === caller))
  const end = (work: Work): void => {
    work.state = 'ended'
    queue.leave(work.caller)
  }
  const cancel = (work: Work): void => {
    work.state = 'canceled'
    queue.cancel(work)
  }
  return { queue, all, enter, find, end, cancel }
}

describe('FairQueue', () => {
  test('gives one caller every slot if no other caller uses the queue', () => {
    const { enter, find } = openQueue({ isShared: false })
    enter('greedy', 10)
    expect(find('started')).toHaveLength(4)
  })

  test('keeps half of the slots for other callers, who start at once', () => {
    const { enter, find } = openQueue()
    enter('greedy', 100)
    expect(find('started')).toHaveLength(2)
    enter('ada', 2)
    expect(find('started', 'ada')).toHaveLength(2)
  })

  test('keeps an eighth of the slots for callers that hold none', () => {
    const { enter, find } = openQueue({ maxInFlight: 64 })
    enter('greedy', 100)
    enter('also greedy', 100)
    expect(find('started', 'greedy')).toHaveLength(32)
    expect(find('started', 'also greedy')).toHaveLength(24)
    enter('ada')
    expect(find('started', 'ada')).toHaveLength(1)
  })

  test('serves callers in turn, however many calls each of them has', () => {
    const { enter, end, find } = openQueue({ maxInFlight: 1 })
    const [first] = enter('x')
    enter('greedy', 50)
    enter('ada', 3)
    enter('bob', 2)
    const order: string[] = []
    for (let current = first; current && order.length < 9; [current] = find('started')) {
      order.push(current.caller)
      end(current)
    }
    expect(order).toEqual(['x', 'greedy', 'ada', 'bob', 'greedy', 'ada', 'bob', 'greedy', 'ada'])
  })

  test('serves callers that have waited longer before a caller that was alone', () => {
    const { enter, end, find } = openQueue({ maxInFlight: 1 })
    end(enter('ada')[0]!)
    const [running] = enter('bob')
    enter('cyd')
    enter('ada')
    end(running!)
    expect(find('started').map(({ caller }) => caller)).toEqual(['cyd'])
  })

  test('serves the caller with the least work in flight first', () => {
    const { enter, end, find } = openQueue()
    const [first] = enter('greedy', 10)
    enter('ada', 5)
    end(first!)
    expect(find('started', 'greedy')).toHaveLength(2)
    expect(find('started', 'ada')).toHaveLength(2)
    end(find('started', 'ada')[0]!)
    expect(find('started', 'ada')).toHaveLength(2)
  })

  test('skips work that is not ready, and starts it in fair order once it is', () => {
    const { queue, enter, find } = openQueue({ maxInFlight: 2 })
    const blocked = [...enter('greedy', 5, false), ...enter('ada', 1, false)]
    expect(find('started')).toEqual([])
    enter('greedy')
    expect(find('started')).toHaveLength(1)
    for (const work of blocked) work.ready = true
    queue.startNext()
    expect(find('started').map(({ caller }) => caller)).toEqual(['ada', 'greedy'])
  })

  test('evicts the newest work of the caller with the most waiting work', () => {
    const { enter, find } = openQueue({ maxInFlight: 2, maxWaiting: 4 })
    const greedy = enter('greedy', 5)
    enter('ada')
    const [second, third] = enter('ada', 2)
    expect(greedy.map(({ state }) => state)).toEqual(['started', 'waiting', 'waiting', 'gave way', 'gave way'])
    expect([second!.state, third!.state]).toEqual(['waiting', 'waiting'])
    enter('ada')
    expect(find('gave way', 'ada')).toHaveLength(1)
  })

  test('rejects at once if nothing can wait', () => {
    const { enter } = openQueue({ maxInFlight: 1, maxWaiting: 0 })
    expect(enter('ada', 2).map(({ state }) => state)).toEqual(['started', 'gave way'])
  })

  test('gives callers that always have waiting work the same number of slots, within one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 2, max: 9 }),
        fc.array(fc.nat(1_000), { minLength: 400, maxLength: 400 }),
        (maxInFlight, callers, ends) => {
          const { enter, end, find } = openQueue({ maxInFlight, maxWaiting: 10_000 })
          for (let caller = 0; caller < callers; caller++) enter(`${caller}`, 500)
          for (const [index, at] of ends.entries()) {
            const started = find('started')
            // The first 200 calls end the work that the first caller started while it was alone.
            end(index < 200 ? started[0]! : started[at % started.length]!)
          }
          const startedCounts = Array.from({ length: callers }, (_, caller) => find('started', `${caller}`).length)
          const waiting = Array.from({ length: callers }, (_, caller) => find('waiting', `${caller}`).length)
          expect(waiting.every((count) => count > 0)).toBe(true)
          expect(Math.max(...startedCounts) - Math.min(...startedCounts)).toBeLessThanOrEqual(1)
        },
      ),
      runs(30, 300),
    )
  })

  const step = fc.oneof(
    fc.record({ kind: fc.constant('enter' as const), caller: fc.constantFrom('a', 'b', 'c'), ready: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('end' as const, 'cancel' as const, 'ready' as const), at: fc.nat(1_000) }),
  )

  test('never exceeds a limit, never idles while work could start, and ends every wait', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 17 }),
        fc.nat(9),
        fc.boolean(),
        fc.array(step, { maxLength: 200 }),
        (maxInFlight, maxWaiting, isShared, steps) => {
          const { queue, all, enter, end, cancel, find } = openQueue({ maxInFlight, maxWaiting, isShared })
          const share = isShared ? Math.ceil(maxInFlight / 2) : maxInFlight
          const reserve = isShared ? Math.floor(maxInFlight / 8) : 0
          const check = (): void => {
            const inFlight = find('started').length
            expect([queue.inFlight, queue.waiting]).toEqual([inFlight, find('waiting').length])
            expect(inFlight).toBeLessThanOrEqual(maxInFlight)
            expect(queue.waiting).toBeLessThanOrEqual(maxWaiting)
            for (const { caller } of find('waiting').filter(({ ready }) => ready)) {
              const started = find('started', caller).length
              const free = maxInFlight - inFlight
              expect(started === 0 ? free > 0 : started < share && free > reserve).toBe(false)
            }
          }
          for (const one of steps) {
            if (one.kind === 'enter') enter(one.caller, 1, one.ready)
            else {
              const works = find(one.kind === 'end' ? 'started' : 'waiting')
              const work = works[one.at % works.length]
              if (!work) continue
              if (one.kind === 'end') end(work)
              else if (one.kind === 'cancel') cancel(work)
              else {
                work.ready = true
                queue.startNext()
              }
            }
            check()
          }
          for (const work of find('waiting')) work.ready = true
          queue.startNext()
          for (let [work] = find('started'); work; [work] = find('started')) {
            end(work)
            check()
          }
          expect(all.filter(({ state }) => state === 'waiting')).toEqual([])
          expect(queue.isIdle).toBe(true)
        },
      ),
      runs(200, 5_000),
    )
  })
})
