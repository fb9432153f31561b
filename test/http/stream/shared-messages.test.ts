import { buildSchema, parse, type OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import type { Caller } from '../../../src/auth/caller.ts'
import { OperationPlan } from '../../../src/execution/operation-plan.ts'
import { listMessageVariables } from '../../../src/http/stream/message-variables.ts'
import { SharedMessages } from '../../../src/http/stream/shared-messages.ts'
import { Subscription } from '../../../src/http/stream/subscription.ts'
import { openStream } from './read-events.ts'
import { startTicks } from './ticks.ts'

const schema = buildSchema(
  'type Query { a: Int } type Subscription { ticks(after: String): Tick } type Tick { a(b: Int): Int }',
)

function createPlan(text: string): OperationPlan {
  const document = parse(text)
  return new OperationPlan(schema, document, document.definitions[0] as OperationDefinitionNode, 100)
}

const caller: Caller = { name: 'ada', scopes: new Set(), accounts: null }

test('finds a message only for the same source value, caller, operation, and variables of the message', () => {
  const text = 'subscription ($after: String, $b: Int) { ticks(after: $after) { a(b: $b) } }'
  const plan = createPlan(text)
  const shared = new SharedMessages()
  const source = {}
  const subscribe = (variables: Record<string, unknown>, usedPlan = plan) => new Subscription(usedPlan, variables, 0)
  const message = Buffer.from('message')
  shared.add(source, caller, subscribe({ after: 'one', b: 1 }), message)
  expect(shared.find(source, caller, subscribe({ after: 'two', b: 1 }))).toBe(message)
  expect(shared.find(source, caller, subscribe({ after: 'one', b: 2 }))).toBeUndefined()
  expect(shared.find({}, caller, subscribe({ b: 1 }))).toBeUndefined()
  expect(shared.find(source, { ...caller }, subscribe({ b: 1 }))).toBeUndefined()
  expect(shared.find(source, caller, subscribe({ b: 1 }, createPlan(text)))).toBeUndefined()
  expect(shared.find(null, caller, subscribe({ b: 1 }))).toBeUndefined()
})

test.each([
  ['arguments of the subscription field alone', '{ ticks(after: $after) { a } }', []],
  ['arguments of other fields', '{ ticks(after: $after) { a(b: $b) } }', ['b']],
  ['conditions', '{ ticks(after: $after) @include(if: $c) { a @skip(if: $d) } }', ['c', 'd']],
  ['fragments', '{ ticks(after: $after) { ...F } } fragment F on Tick { a(b: $b) }', ['b']],
  ['a root field in a fragment', '{ ...R } fragment R on Subscription { ticks(after: $after) { a } }', ['after']],
])('lists the variables of a message: %s', (_, selection, expected) => {
  expect(listMessageVariables(createPlan(`subscription ${selection}`))).toEqual(expected)
})

test('executes a message once for streams with the same source value, and again if it has errors', async () => {
  const server = await startTicks({ isSourceShared: true })
  const [first, second] = await Promise.all([
    openStream(server, { query: 'subscription { ticks { caller } }' }),
    openStream(server, { query: 'subscription { ticks { caller } }' }),
  ])
  server.ticks.send(2)
  await Promise.all([first.waitForEvents(2), second.waitForEvents(2)])
  expect(server.ticks.executed).toHaveLength(2)
  const query = 'subscription { ticks { caller broken } }'
  const failing = await Promise.all([openStream(server, { query }), openStream(server, { query })])
  await Promise.all(failing.map((stream) => stream.waitForEvents(2)))
  expect(server.ticks.executed).toHaveLength(2 + 4)
})
