import { graphql } from 'graphql'
import { expect, test } from 'vitest'
import { withoutStack } from '../../src/core/errors.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { schema } from '../../src/schema/index.ts'

const lists = 19
const idsOfList = 250
const source = `query ($ids: [ID!]!) {
  ${Array.from({ length: lists }, (_, index) => `n${index}: nodes(ids: $ids) { id }`).join(' ')}
}`

/** Turns of the event loop that the query takes, and its result. */
async function run(id: string) {
  let turns = 0
  let hasEnded = false
  const countTurns = (): void => {
    turns++
    if (!hasEnded) setImmediate(countTurns)
  }
  setImmediate(countTurns)
  const contextValue = {
    call: { caller: 'ada' },
    accounts: [{ key: 'zoom', label: 'Zoom' }],
    limits: { ids: idsOfList },
  }
  const ids = Array.from({ length: idsOfList }, () => id)
  const { data, errors = [] } = await graphql({ schema, source, variableValues: { ids }, contextValue })
  hasEnded = true
  return { nodes: data?.['n18'] as unknown[], errors, turns }
}

test('rejects at most 20 malformed IDs in one turn of the event loop, each with its path', async () => {
  const { nodes, errors, turns } = await run('no ID')
  expect(nodes).toEqual(Array(idsOfList).fill(null))
  expect(errors).toHaveLength(lists * idsOfList)
  expect(errors[0]?.message).toBe('"ids.0" must be an ID that this API returned.')
  expect(new Set(errors.map(({ message }) => message)).size).toBe(idsOfList)
  expect(turns).toBeGreaterThan((lists * idsOfList) / 20)
})

test('resolves at most 20 IDs in one turn of the event loop', async () => {
  const id = encodeId('Account', 'zoom')
  const { nodes, errors, turns } = await run(id)
  expect(errors).toEqual([])
  expect(nodes).toEqual(Array.from({ length: idsOfList }, () => ({ id })))
  expect(turns).toBeGreaterThan((lists * idsOfList) / 20)
})

test('creates one error without a stack trace and keeps the stack traces of other errors', () => {
  const create = () => new Error('wrong')
  expect(withoutStack(create).stack).toBe('Error: wrong')
  expect(() =>
    withoutStack(() => {
      throw new Error('failed')
    }),
  ).toThrow('failed')
  expect(create().stack).toContain('node-turns.test.ts')
})
