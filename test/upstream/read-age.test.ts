import { describe, expect, test } from 'vitest'
import { path } from '../../src/upstream/path.ts'
import { anyJson } from '../../src/upstream/vendor-client.ts'
import { openRow, problemOf } from './row.ts'

describe('ReadAge', () => {
  test('reports when the oldest response of a part arrived, and nothing for a part without a response', async () => {
    let now = 1_000_000
    const clock = { now: () => now, sleep: async () => {} }
    const { upstream, call, close } = await openRow({ clock })
    try {
      const operation = call()
      const [users, conferences, unused] = [operation.trackAge(), operation.trackAge(), operation.trackAge()]
      await upstream.client.read(path`/users`, { schema: anyJson }, users)
      now += 5_000
      await upstream.client.read(path`/conferences`, { schema: anyJson }, conferences)
      await upstream.client.read(path`/conferences/2`, { schema: anyJson }, users)
      expect([users.age.asOf, conferences.age.asOf, unused.age.asOf]).toEqual([1_000_000, 1_005_000, null])
    } finally {
      await close()
    }
  })

  test('counts a read that two parts share for both, before and after its response arrives', async () => {
    const clock = { now: () => 7_000, sleep: async () => {} }
    const { upstream, server, call, close } = await openRow({ clock })
    try {
      const operation = call()
      const parts = [operation.trackAge(), operation.trackAge(), operation.trackAge()]
      const read = (index: number) => upstream.client.read(path`/users`, { schema: anyJson }, parts[index]!)
      await Promise.all([read(0), read(1)])
      await read(2)
      expect(parts.map(({ age }) => age.asOf)).toEqual([7_000, 7_000, 7_000])
      expect(server.ledger.requests).toHaveLength(1)
      expect(operation.readsLeft).toBe(Infinity)
    } finally {
      await close()
    }
  })

  test('shares the limits of the operation among its parts', async () => {
    const { upstream, call, close } = await openRow()
    try {
      const operation = call().fork({ maxReads: 1 })
      await upstream.client.read(path`/users`, { schema: anyJson }, operation.trackAge())
      const problem = await problemOf(upstream.client.read(path`/users/1`, { schema: anyJson }, operation.trackAge()))
      expect(problem.code).toBe('OPERATION_TOO_EXPENSIVE')
      expect(operation.readsLeft).toBe(0)
    } finally {
      await close()
    }
  })
})
