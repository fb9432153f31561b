import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ federation: {} })
})
afterAll(() => stage?.close())
beforeEach(() => {
  stage.zoom.effects.length = 0
  stage.trueconf.effects.length = 0
})

describe('/subgraph', () => {
  test('returns its SDL only to callers with the scope explore', async () => {
    const query = '{ _service { sdl } }'
    const { data } = await stage.send('/subgraph', query)
    expect((data as any)._service.sdl).toMatch(/^extend schema @link/)
    const { errors } = await stage.send('/subgraph', query, {}, 'reader')
    expect(errors).toMatchObject([{ path: ['_service'], extensions: { code: 'FORBIDDEN' } }])
  })

  test('exists only with the key federation, and does not change /graphql', async () => {
    const { data } = await stage.send('/graphql', '{ __type(name: "Query") { fields { name } } }')
    expect(JSON.stringify(data)).not.toMatch(/_service|_entities/)
    const { extensions } = (await stage.send('/graphql', '{ _service { sdl } }')).errors![0]!
    expect(extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    const other = await openStage({})
    try {
      const response = await fetch(`${other.server.url}/subgraph`, { method: 'POST' })
      expect(response.status).toBe(404)
    } finally {
      await other.close()
    }
  })

  test('applies the rules of /graphql to requests', async () => {
    const url = `${stage.server.url}/subgraph`
    const statusOf = async (init: RequestInit, search = ''): Promise<number> => (await fetch(url + search, init)).status
    expect(await statusOf({ method: 'POST' })).toBe(401)
    expect(await statusOf({ method: 'OPTIONS' })).toBe(204)
    const { extensions } = (await stage.send('/subgraph', `{ ${'{ a '.repeat(30)}`)).errors![0]!
    expect(extensions.code).toBe('MAX_DEPTH_LIMIT')
    const hidden = await stage.send('/subgraph', '{ __schema { queryType { name } } }', {}, 'reader')
    expect(hidden.errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    const forbidden = await stage.send('/subgraph', 'mutation { endConference(input: {}) { outcome } }', {}, 'reader')
    expect(forbidden.errors![0]!.extensions.code).toBe('FORBIDDEN')
  })

  test('is closed to other hosts and origins if no callers are configured', async () => {
    const open = await openStage({ federation: {}, clients: [] })
    try {
      const statusOf = (headers: Record<string, string>): Promise<number | undefined> =>
        new Promise((resolve, reject) => {
          const url = `${open.server.url}/subgraph?query=%7B__typename%7D`
          const sent = request(url, { headers: { 'content-type': 'application/json', ...headers } }, (response) => {
            response.resume().on('end', () => resolve(response.statusCode))
          })
          sent.on('error', reject).end()
        })
      expect(await statusOf({})).toBe(200)
      expect(await statusOf({ host: 'evil.example' })).toBe(403)
      expect(await statusOf({ origin: 'https://evil.example' })).toBe(403)
      expect(await statusOf({ origin: 'null' })).toBe(403)
    } finally {
      await open.close()
    }
  })

  test('logs operations as /graphql does', async () => {
    const { errors } = await stage.send('/subgraph', 'query OfGateway { node(id: "x") { id } }')
    const { requestId } = errors![0]!.extensions
    await vi.waitFor(() =>
      expect(stage.server.lines()).toContainEqual(
        expect.objectContaining({ requestId, msg: 'operation', operation: 'OfGateway', codes: ['INVALID_ID'] }),
      ),
    )
  })

  test('rejects callers that can send only trusted documents', async () => {
    const before = stage.countCalls()
    const { errors, data } = await stage.send('/subgraph', '{ users(first: 1) { nodes { id } } }', {}, 'only')
    expect(errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }])
    expect(data).toBeUndefined()
    expect(stage.countCalls()).toBe(before)
  })
})

const create = (input: string, variables = ''): string =>
  `mutation ${variables} { createConference(input: { account: "berlin", title: "Plan", schedule: { permanent: true }, owner: { vendorId: "helen" }, ${input} }) { outcome replayed operation { id } conference { id } } }`

describe('mutation at /subgraph', () => {
  const id = Buffer.from('Conference:berlin:1').toString('base64url')

  test.each<[string, string, Record<string, unknown>]>([
    ['a literal without a key', create(''), {}],
    ['a literal with null', create('idempotencyKey: null'), {}],
    ['a variable with null', create('idempotencyKey: $key', '($key: String!)'), { key: null }],
    ['a variable without a value', create('idempotencyKey: $key', '($key: String!)'), {}],
    ['a variable with a default, set to null', create('idempotencyKey: $key', '($key: String = "d")'), { key: null }],
    ['a variable that can be null', create('idempotencyKey: $key', '($key: String)'), { key: 'key-0001' }],
    [
      'an input as a variable without a key',
      'mutation ($input: EndConferenceInput!) { endConference(input: $input) { outcome } }',
      { input: { conferenceId: id } },
    ],
    [
      'an input as a variable with null',
      'mutation ($input: EndConferenceInput!) { endConference(input: $input) { outcome } }',
      { input: { conferenceId: id, idempotencyKey: null } },
    ],
    ['a later mutation', `mutation { cancelOccurrence(input: { occurrenceId: "x" }) { outcome } }`, {}],
  ])('is rejected before any vendor call: %s', async (_, query, variables) => {
    const before = stage.countCalls()
    const { errors, data } = await stage.send('/subgraph', query, variables)
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual([
      expect.stringMatching(/^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/),
    ])
    expect(data ?? null).toBeNull()
    expect(stage.countCalls()).toBe(before)
  })

  test('is the same operation as at /graphql if key and input are the same', async () => {
    const query = create('idempotencyKey: "between-endpoints"')
    const [first, second] = [await stage.send('/graphql', query), await stage.send('/subgraph', query)]
    const { createConference: created } = first.data as any
    expect(created).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
    expect(second).toEqual({ data: { createConference: { ...created, replayed: true } } })
    expect(stage.trueconf.effects).toHaveLength(1)
  })

  test('is executed once if a gateway sends it again', async () => {
    const query = create('idempotencyKey: "sent-again"')
    const results = await Promise.all([1, 2, 3].map(() => stage.send('/subgraph', query)))
    await stage.send('/subgraph', query)
    const ids = results.flatMap(({ data }) => (data as any).createConference?.conference?.id ?? [])
    expect(new Set(ids).size).toBe(1)
    expect(stage.trueconf.effects).toHaveLength(1)
  })

  test('does not exist for files and access tokens', async () => {
    for (const name of ['uploadFile', 'issueUserToken']) {
      const { errors } = await stage.send('/subgraph', `mutation { ${name}(input: {}) { outcome } }`)
      expect(errors![0]!.message).toContain(`Cannot query field "${name}"`)
    }
  })
})

describe('document that is sent by its hash to /subgraph', () => {
  test('is remembered for callers in the mode allow', async () => {
    const query = '{ accounts { key label } }'
    const sha256Hash = createHash('sha256').update(query).digest('hex')
    const send = async (body: object): Promise<any> =>
      (
        await fetch(`${stage.server.url}/subgraph`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: 'Bearer key-of-allow-5f0c9d2b7a61' },
          body: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
        })
      ).json()
    expect((await send({})).errors[0].message).toBe('PersistedQueryNotFound')
    expect((await send({ query })).errors).toBeUndefined()
    expect((await send({})).data.accounts).toHaveLength(2)
  })
})
