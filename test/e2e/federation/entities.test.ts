import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runs } from '../../support/property.ts'
import { openStage, type ClientName, type Stage } from './stage.ts'

interface Found {
  id: string
  vendorId: string
  account: { key: string }
}

let stage: Stage
let users: Found[]
let conferences: Found[]

beforeAll(async () => {
  stage = await openStage({ federation: {}, limits: { operationCalls: 25 } })
  const { data } = await stage.send(
    '/graphql',
    `{ zoom: users(first: 20, filter: { accounts: ["zoom"] }) { nodes { id vendorId account { key } } }
       berlin: users(first: 5, filter: { accounts: ["berlin"] }) { nodes { id vendorId account { key } } }
       conferences(first: 6, filter: { accounts: ["berlin"] }) { nodes { id vendorId account { key } } } }`,
  )
  const { zoom, berlin, conferences: list } = data as any
  users = [...zoom.nodes, ...berlin.nodes]
  conferences = list.nodes
})
afterAll(() => stage?.close())

const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Account { key } ... on User { id vendorId displayName } ... on Conference { id vendorId title } } }`

/** Sends representations. Returns the entities, the errors, and the number of vendor calls. */
async function find(representations: unknown, name?: ClientName, document = query) {
  const before = stage.countCalls()
  const { data, errors = [] } = await stage.send('/subgraph', document, { representations }, name)
  return { entities: (data as any)?._entities, errors, calls: stage.countCalls() - before }
}

const toKey = (typeName: string, { account: { key }, vendorId }: Found) => ({
  __typename: typeName,
  account: { key },
  vendorId,
})

describe('_entities', () => {
  test('returns entities in the order of the representations, by any key', async () => {
    const [user, last, conference] = [users[0]!, users.at(-1)!, conferences[0]!]
    const { entities, errors } = await find([
      { __typename: 'Conference', id: conference.id },
      toKey('User', last),
      { __typename: 'Account', key: 'berlin' },
      { __typename: 'User', id: user.id },
      toKey('Conference', conference),
      { __typename: 'Account', id: Buffer.from('Account:zoom').toString('base64url') },
      toKey('User', user),
    ])
    expect(errors).toEqual([])
    expect(entities).toMatchObject([
      { __typename: 'Conference', id: conference.id },
      { __typename: 'User', id: last.id },
      { __typename: 'Account', key: 'berlin' },
      { __typename: 'User', id: user.id },
      { __typename: 'Conference', id: conference.id },
      { __typename: 'Account', key: 'zoom' },
      { __typename: 'User', id: user.id },
    ])
    expect(entities[0]).toEqual(entities[4])
    expect(entities[3]).toEqual(entities[6])
  })

  test('returns null for objects that do not exist or that the caller does not have access to', async () => {
    const own = users[0]!
    const foreign = users.at(-1)!
    const { entities, errors } = await find(
      [
        toKey('User', foreign),
        { __typename: 'User', id: foreign.id },
        { __typename: 'Conference', id: conferences[0]!.id },
        { __typename: 'Account', key: 'berlin' },
        { __typename: 'Account', key: 'none' },
        toKey('User', { ...own, vendorId: 'nobody' }),
        toKey('User', own),
        { __typename: 'Operation', id: Buffer.from('Operation::none').toString('base64url') },
      ],
      'zoomer',
    )
    expect(errors).toEqual([])
    expect(entities).toEqual([null, null, null, null, null, null, expect.objectContaining({ id: own.id }), null])
  })

  test('reads the vendor as often as nodes does', async () => {
    const picked = [...users.slice(0, 15), ...users.slice(0, 15)]
    const ids = picked.map(({ id }) => id)
    const before = stage.countCalls()
    await stage.send(
      '/graphql',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { id vendorId displayName } } }',
      {
        ids,
      },
    )
    const callsOfNodes = stage.countCalls() - before
    const { calls, entities } = await find(
      picked.map((user, index) => (index < 15 ? toKey('User', user) : { __typename: 'User', id: user.id })),
    )
    expect(entities.map(({ id }: Found) => id)).toEqual(ids)
    expect(calls).toBe(callsOfNodes)
    expect(calls).toBeLessThan(15)
  })

  test('reports a representation without a valid key at its index, and returns the others', async () => {
    const user = users[0]!
    const wrong = [
      {},
      7,
      'User',
      [],
      true,
      { __typename: null },
      { __typename: 'Session', id: user.id },
      { __typename: '_Entity', id: user.id },
      { __typename: 'constructor', id: user.id },
      { __typename: 'User' },
      { __typename: 'User', id: 7 },
      { __typename: 'User', id: { id: user.id } },
      { __typename: 'User', id: '' },
      { __typename: 'User', id: 'x'.repeat(5_000) },
      { __typename: 'User', id: conferences[0]!.id },
      { __typename: 'User', id: Buffer.from('User::x').toString('base64url') },
      { __typename: 'User', vendorId: user.vendorId },
      { __typename: 'User', account: { key: 'zoom' }, vendorId: '..' },
      { __typename: 'User', account: { key: 'zoom' }, vendorId: 'me' },
      { __typename: 'User', account: { key: 'zoom' }, vendorId: 'a\u0000' },
      { __typename: 'User', account: [{ key: 'zoom' }], vendorId: user.vendorId },
      { __typename: 'Account', key: 7 },
      { __typename: 'Participant', account: { key: 'zoom' }, vendorId: 'x' },
    ]
    const { entities, errors } = await find([...wrong, toKey('User', user)])
    expect(entities.slice(0, -1)).toEqual(wrong.map(() => null))
    expect(entities.at(-1)).toMatchObject({ id: user.id })
    expect(errors.map(({ path }) => path).toSorted((a, b) => Number(a![1]) - Number(b![1]))).toEqual(
      wrong.map((_, index) => ['_entities', index]),
    )
    for (const { path, extensions, message } of errors) {
      expect(extensions.code).toMatch(/^(BAD_USER_INPUT|INVALID_ID)$/)
      expect(message).toContain(`"representations.${String(path![1])}`)
    }
  })

  test('never fails with INTERNAL, whatever the representations are', async () => {
    const key = fc.record({ key: fc.oneof(fc.constantFrom('zoom', 'berlin', ''), fc.jsonValue()) })
    const representation = fc.record(
      {
        __typename: fc.oneof(
          fc.constantFrom('User', 'Conference', 'Account', 'Participant', '__proto__'),
          fc.jsonValue(),
        ),
        id: fc.oneof(fc.constantFrom(users[0]!.id, conferences[0]!.id, 'toString'), fc.jsonValue()),
        account: fc.oneof(key, fc.jsonValue()),
        vendorId: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
        key: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    const representations = fc.array(fc.oneof(representation, fc.jsonValue()), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(representations, async (list) => {
        const { entities, errors } = await find(list)
        expect(errors.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL')
        expect(entities?.length ?? list.length).toBe(list.length)
      }),
      runs(40, 1_000),
    )
  })

  test('accepts half of a surrogate pair as a vendor ID that no object has', async () => {
    const { entities, errors } = await find([{ __typename: 'User', account: { key: 'zoom' }, vendorId: 'a\ud800' }])
    expect({ entities, errors }).toEqual({ entities: [null], errors: [] })
  })

  test('rejects more than 250 representations before any vendor call', async () => {
    const accounts = Array.from({ length: 251 }, () => ({ __typename: 'Account', key: 'zoom' }))
    const accepted = await find(accounts.slice(1))
    expect(accepted.entities).toHaveLength(250)
    for (const [document, variables] of [
      [query, { representations: accounts }],
      [`{ _entities(representations: [${'{ __typename: "Account", key: "zoom" } '.repeat(251)}]) { __typename } }`, {}],
    ] as const) {
      const before = stage.countCalls()
      const { errors, data } = await stage.send('/subgraph', document, variables)
      expect(data).toBeUndefined()
      expect(errors).toMatchObject([{ extensions: { code: expect.stringMatching(/BAD_USER_INPUT|MAX_TOKENS_LIMIT/) } }])
      expect(stage.countCalls()).toBe(before)
    }
  })

  test.each([
    ['a variable', 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'],
    ['its parts as variables', null],
  ])('counts each object that needs a vendor call once, with %s', async (_, document) => {
    const sendMany = (ids: string[]) => {
      if (document)
        return stage.send('/subgraph', document, {
          r: ids.map((vendorId) => toKey('User', { ...users[0]!, vendorId })),
        })
      const variables = Object.fromEntries(ids.map((id, index) => [`v${index}`, id]))
      const names = Object.keys(variables)
      const list = names.map((name) => `{ __typename: "User", account: { key: "zoom" }, vendorId: $${name} }`)
      const declared = names.map((name) => `$${name}: String!`).join(' ')
      return stage.send(
        '/subgraph',
        `query (${declared}) { _entities(representations: [${list}]) { __typename } }`,
        variables,
      )
    }
    const ids = Array.from({ length: 26 }, (__, index) => `user-${index}`)
    const before = stage.countCalls()
    // The document is cached after the first request.
    expect((await sendMany(ids.map(() => 'same'))).errors).toBeUndefined()
    const { errors } = await sendMany(ids)
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }])
    expect(errors![0]!.message).toContain('26 vendor calls')
    expect(stage.countCalls() - before).toBeLessThanOrEqual(1)
  })

  test('multiplies the cost of its selection by the number of representations', async () => {
    const names = 'key '.repeat(60)
    const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Account { ${names} } } }`
    const { errors } = await find(
      Array.from({ length: 250 }, () => ({ __typename: 'Account', key: 'zoom' })),
      'gateway',
      document,
    )
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }])
    expect(errors[0]!.message).toContain(String(1 + 250 * 60))
  })

  test('accepts one representation in the place of a list, and literals', async () => {
    const one = await find({ __typename: 'Account', key: 'zoom' })
    expect(one.entities).toEqual([{ __typename: 'Account', key: 'zoom' }])
    const { data, errors } = await stage.send(
      '/subgraph',
      `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }, { __typename: User, id: ENUM }, 5, ["x"], {}]) { ... on User { id } } }`,
      { id: users[0]!.id },
    )
    expect((data as any)._entities).toEqual([{ id: users[0]!.id }, null, null, null, null])
    expect(errors).toHaveLength(4)
  })

  test('rejects null and a variable that is not a list of representations', async () => {
    for (const representations of [null, [null], undefined]) {
      const { errors } = await find(representations)
      expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  test('requires the scope read', async () => {
    const { errors } = await find([{ __typename: 'Account', key: 'zoom' }], 'explorer')
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
