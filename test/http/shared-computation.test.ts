import { expect, test } from 'vitest'
import { shareComputation } from '../../src/http/shared-computation.ts'
import { sendRequest, startServer } from './harness.ts'

test('computes the metrics once for all waiting requests', async () => {
  const gate = Promise.withResolvers<void>()
  let computations = 0
  const server = await startServer({
    metrics: async () => {
      computations++
      await gate.promise
      return 'up 1\n'
    },
  })
  const responses = Array.from({ length: 200 }, () => sendRequest(`${server.url}/metrics`))
  await expect.poll(() => computations, { timeout: 30_000 }).toBe(1)
  expect(await sendRequest(`${server.url}/healthz`)).toMatchObject({ status: 200 })
  gate.resolve()
  for (const response of await Promise.all(responses)) expect(response).toMatchObject({ status: 200, text: 'up 1\n' })
  // Requests that arrive after the result share the next computations.
  expect(computations).toBeLessThan(10)
  await server.http.drain()
})

/** Creates a computation that takes a number of milliseconds on a simulated clock. */
function start(ms: number) {
  const timer = { time: 0, slept: [] as number[] }
  let computations = 0
  const compute = shareComputation(
    async () => {
      timer.time += ms
      if (++computations === 3) throw new Error('broken')
      return computations
    },
    {
      now: () => timer.time,
      sleep: async (rest) => {
        timer.slept.push(rest)
        timer.time += rest
      },
    },
  )
  return { compute, timer }
}

test('takes at most a tenth of the time, and returns a new result to each later request', async () => {
  const { compute, timer } = start(5)
  expect(await compute()).toBe(1)
  expect(await Promise.all([compute(), compute(), compute()])).toEqual([2, 2, 2])
  expect(timer.slept).toEqual([45])
  timer.time += 45
  await expect(compute()).rejects.toThrow('broken')
  expect(await compute()).toBe(4)
})

test('waits at most one second before the next computation', async () => {
  const { compute, timer } = start(800)
  await compute()
  await compute()
  expect(timer.slept).toEqual([1_000])
})
