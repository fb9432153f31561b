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

const context = {
  call: { caller: 'ada' },
  accounts: [{ key: 'zoom', label: 'Zoom' }],
  limits: { ids: idsOfList },
}

/** Executes the query with an ID that is in every list as often as possible. */
function execute(id: string, contextValue: object = context) {
  const ids = Array.from({ length: idsOfList }, () => id)
  return graphql({ schema, source, variableValues: { ids }, contextValue })
}

/** Turns of the event loop that the query takes, and its result. */
async function run(id: string) {
  let turns = 0
  let hasEnded = false
  const countTurns = (): void => {
    turns++
    if (!hasEnded) setImmediate(countTurns)
  }
  setImmediate(countTurns)
  const { data, errors = [] } = await execute(id)
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

test('starts the lookups of one long list in one turn of the event loop, and those of several lists in different turns', async () => {
  const startedByTurn = [0]
  const loadUser = async (): Promise<null> => {
    startedByTurn[startedByTurn.length - 1]!++
    return null
  }
  const result = execute(encodeId('User', 'zoom', 'u1'), { ...context, loaders: { loadUser } })
  for (let turn = 0; turn < 2 * lists; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    startedByTurn.push(0)
  }
  expect(startedByTurn.filter((count) => count > 0)).toEqual(Array(lists).fill(idsOfList))
  expect((await result).data?.['n18']).toEqual(Array(idsOfList).fill(null))
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
