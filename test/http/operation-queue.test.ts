import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { ByteBudget, type Reservation } from '../../src/core/byte-budget.ts'
import type { Problem } from '../../src/core/errors.ts'
import { LoadShedder } from '../../src/http/guard/load-shedder.ts'
import { OperationQueue } from '../../src/http/guard/operation-queue.ts'
import { runs } from '../support/property.ts'

interface Response {
  closed: boolean
}

const limits = { operationsInFlight: 4, operationsPerCaller: 4, operationsWhileBusy: 4 }

/** Opens a queue whose operations end at `perSecond`. */
function open({ perSecond = 100, ...changed }: Partial<typeof limits> & { perSecond?: number } = {}) {
  let time = 0
  const gauge = { now: () => time, measureUtilization: () => 0, measureHeapShare: () => 0 }
  const shedder = new LoadShedder({ ...limits, ...changed }, gauge)
  const queue = new OperationQueue(shedder, () => time)
  onTestFinished(() => {
    shedder.stop()
    queue.close()
  })
  const budget = new ByteBudget(1_000)
  const memory = new WeakMap<Response, Reservation>()
  const enter = (caller = 'ada', runningBytes = 0) => {
    const response = { closed: false }
    memory.set(response, budget.reserve(caller))
    const sizes = { runningBytes, waitingBytes: 1 }
    return Object.assign([queue.enter({ caller, response, memory: memory.get(response)!, ...sizes })] as const, {
      response,
    })
  }
  const release = (response: Response): void => memory.get(response)!.release()
  const beginAll = (count: number, caller?: string) =>
    Array.from({ length: count }, () => enter(caller)[0] as () => void)
  const pass = (ms: number): void => {
    time += ms
    queue.check()
  }
  for (let second = 0; second < 5 * perSecond; second++) {
    beginAll(1)[0]!()
    time += 1_000 / perSecond
  }
  return { enter, release, beginAll, pass }
}

/** Follows a promise. `code` is that of its error. */
function follow(turn: (() => void) | Promise<() => void>): { end?: () => void; code?: string } {
  const state: { end?: () => void; code?: string } = {}
  void Promise.resolve(turn).then(
    (end) => (state.end = end),
    (error: Problem) => (state.code = error.code),
  )
  return state
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('begins an operation without a promise if a slot is free', () => {
  const { beginAll } = open()
  for (const end of beginAll(4)) expect(end).toBeTypeOf('function')
})

test('lets an operation wait until another one ends', async () => {
  const { beginAll, enter } = open()
  const [end] = beginAll(4)
  const waiting = follow(enter()[0])
  await settle()
  expect(waiting).toEqual({})
  end!()
  await settle()
  expect(waiting.end).toBeTypeOf('function')
})

test('begins waiting operations after the other events of the turn', async () => {
  const { beginAll, enter } = open()
  const [first, second] = beginAll(4)
  const waiting = [follow(enter()[0]), follow(enter()[0])]
  first!()
  await Promise.resolve()
  second!()
  await Promise.resolve()
  expect(waiting).toEqual([{}, {}])
  await settle()
  expect(waiting).toEqual([{ end: expect.any(Function) }, { end: expect.any(Function) }])
})

test('rejects an operation at once while no operation ends', () => {
  const { beginAll, enter } = open({ perSecond: 0 })
  beginAll(4)
  expect(() => enter()).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
})

test('rejects at once an operation that would wait longer than 3 s', () => {
  const { beginAll, enter } = open({ perSecond: 10 })
  beginAll(4)
  const turns: unknown[] = []
  const enterAll = (): void => {
    for (;;) turns.push(enter()[0])
  }
  expect(enterAll).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
  expect(turns.length).toBeGreaterThanOrEqual(20)
  expect(turns.length).toBeLessThan(30)
})

test('rejects an operation that has waited for 3 s', async () => {
  const { beginAll, enter, pass } = open()
  beginAll(4)
  const waiting = follow(enter()[0])
  pass(2_990)
  await settle()
  expect(waiting).toEqual({})
  pass(10)
  await settle()
  expect(waiting).toEqual({ code: 'OVERLOADED' })
})

test('begins the operations of waiting callers in turn', async () => {
  const { beginAll, enter } = open({ operationsPerCaller: 2 })
  const [end, last] = beginAll(2, 'greedy')
  beginAll(2, 'other')
  const greedy = [enter('greedy')[0], enter('greedy')[0], enter('greedy')[0]].map(follow)
  const modest = follow(enter('other')[0])
  end!()
  await settle()
  expect(greedy.map((turn) => turn.end !== undefined)).toEqual([true, false, false])
  last!()
  await settle()
  expect(greedy.filter((turn) => turn.end).length + (modest.end ? 1 : 0)).toBe(2)
})

test('removes the latest operation of the caller with the most if another caller needs the room', async () => {
  const { beginAll, enter } = open({ perSecond: 10, operationsPerCaller: 3 })
  beginAll(3, 'greedy')
  beginAll(3, 'modest')
  const greedy: ReturnType<typeof follow>[] = []
  try {
    for (;;) greedy.push(follow(enter('greedy')[0]))
  } catch {}
  const modest = follow(enter('modest')[0])
  await settle()
  expect(modest).toEqual({})
  expect(greedy.map(({ code }) => code)).toEqual([...Array(greedy.length - 1).fill(undefined), 'TOO_MANY_REQUESTS'])
})

test('stops waiting when the client disconnects', async () => {
  const { beginAll, enter, pass } = open()
  const [end] = beginAll(4)
  const entered = [enter(), enter(), enter()]
  const [first, next, last] = entered.map(([turn]) => follow(turn))
  entered[2]!.response.closed = true
  pass(50)
  await settle()
  expect(last).toEqual({ code: 'DEADLINE_EXCEEDED' })
  entered[0]!.response.closed = true
  end!()
  await settle()
  expect(first).toEqual({ code: 'DEADLINE_EXCEEDED' })
  expect(next!.end).toBeTypeOf('function')
})

test('keeps the turn of a caller whose first waiting operation was disconnected', async () => {
  const { beginAll, enter } = open()
  const [end] = beginAll(2, 'ada')
  beginAll(2, 'bob')
  const closed = enter('ada')
  closed.response.closed = true
  const [first, ada, bob] = [closed[0], enter('ada')[0], enter('bob')[0]].map(follow)
  end!()
  await settle()
  expect(first).toEqual({ code: 'DEADLINE_EXCEEDED' })
  expect(ada!.end).toBeTypeOf('function')
  expect(bob).toEqual({})
})

test('lets an operation wait until it has memory', async () => {
  const { enter, release } = open()
  const first = enter('ada', 400)
  const waiting = follow(enter('ada', 400)[0])
  await settle()
  expect(waiting).toEqual({})
  release(first.response)
  ;(first[0] as () => void)()
  await settle()
  expect(waiting.end).toBeTypeOf('function')
})

test('rejects an operation at once if there is no memory while it waits', () => {
  const { enter } = open()
  enter('ada', 500)
  expect(() => enter('ada', 500)).toThrow(expect.objectContaining({ code: 'TOO_MANY_REQUESTS' }))
})

test('ends with every slot free, whatever begins, ends, and disconnects', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('enter', 'end', 'close', 'pass'), fc.nat(2), fc.nat(20)), { maxLength: 60 }),
      async (steps) => {
        const { enter, beginAll, pass } = open()
        const turns: { turn: ReturnType<typeof follow>; response: Response; isEnded?: boolean }[] = []
        for (const [step, caller, index] of steps) {
          const chosen = turns[index]
          if (step === 'enter') {
            const entered = enter(`caller ${caller}`)
            turns.push({ turn: follow(entered[0]), response: entered.response })
          } else if (step === 'pass') pass(100 * index)
          else if (step === 'close' && chosen) chosen.response.closed = true
          else if (chosen?.turn.end && !chosen.isEnded) {
            chosen.isEnded = true
            chosen.turn.end()
          }
          await settle()
        }
        for (let open = true; open;) {
          const ending = turns.filter(({ turn, isEnded }) => turn.end && !isEnded)
          for (const each of ending) {
            each.isEnded = true
            each.turn.end!()
          }
          await settle()
          open = ending.length > 0
        }
        expect(turns.every(({ turn }) => turn.end ?? turn.code)).toBeTruthy()
        expect(beginAll(4, 'last').every((end) => typeof end === 'function')).toBe(true)
      },
    ),
    runs(50, 2_000),
  ))
