import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { startIssuer, type Issuer } from '../../acceptance/issuer.ts'
import { send as sendTo, type Reply } from '../../acceptance/reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../../support/server.ts'
import { createManifest, DocumentFolder, sha256 } from './stage.ts'

const people = 'query People($first: Int) {\n  users(first: $first) {\n    nodes {\n      displayName\n    }\n  }\n}\n'
const accounts = '{ accounts { key } }'
const both = 'query A { accounts { key } } query B { accounts { vendor } }'
const explore = '{ __schema { queryType { name } } }'
const create =
  'mutation Create($key: String!) { createConference(input: { account: "central", title: "Plan", idempotencyKey: $key }) { outcome replayed } }'
const upload =
  'mutation Upload($file: File!) { uploadFile(input: { file: $file, target: { account: "central" } }) { outcome file { sha256 } } }'
const expensive =
  'query Deep($first: Int) { users(first: $first) { nodes { conferences(first: $first) { nodes { participants(first: $first) { nodes { displayName } } } } } } }'
const aliases = Array.from({ length: 900 }, (_, index) => `a${index}: displayName @skip(if: false)`).join(' ')
const huge = `query Huge { users(first: 1) { nodes { ${aliases} } } }`
const nest = (levels: number): string =>
  levels === 0 ? 'id' : `conferences(first: 1) { nodes { owner { ${nest(levels - 1)} } } }`
const deep = `{ users(first: 1) { nodes { ${nest(8)} } } }`
const mobileOnly = '{ accounts { vendor } }'

let sandbox: ZoomSandbox
let central: IMeetCentralSandbox
let issuer: Issuer
let folder: DocumentFolder
let server: ServerProcess

const getKey = (name: string): string => `key-of-${name}-5f0c9d2b7a61`
const createClient = (name: string, settings: object = {}): object => ({
  name,
  apiKeySha256: createHash('sha256').update(getKey(name)).digest('hex'),
  scopes: ['read', 'write'],
  ...settings,
})

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 20, inactive: 0, pending: 0 } })
  central = await startCentral()
  issuer = await startIssuer()
  folder = new DocumentFolder()
  folder.write({
    'web/users/People.graphql': people,
    'web/.hidden/Hidden.graphql': 'not GraphQL',
    'web/notes.md': 'not GraphQL',
    'web/apollo.json': createManifest({ [sha256(accounts)]: accounts, both, explore }),
    'web/relay.json': { [createHash('md5').update(create).digest('hex')]: create, upload, expensive, deep },
    'web/old/again.json': { both },
    'web/huge.gql': huge,
    'mobile/map.json': { mobile: mobileOnly },
  })
  const web = () => [`${folder.path}/web`]
  server = await startProcess(
    {
      accounts: { zoom: sandbox.account, central: central.account },
      documents: { mode: 'only', from: web() },
      jwt: issuer.settings,
      clients: [
        createClient('top'),
        createClient('explorer', { scopes: ['read', 'explore'] }),
        createClient('off', { documents: { mode: 'off' } }),
        createClient('allow', { documents: { mode: 'allow', from: web() } }),
        createClient('other', { documents: { mode: 'allow', from: web() } }),
        createClient('mobile', { documents: { mode: 'only', from: [`${folder.path}/mobile/map.json`] } }),
      ],
    },
    traceLog,
  )
})
afterAll(async () => {
  await server?.dispose()
  await issuer?.close()
  await sandbox?.close()
  await central?.close()
  folder?.remove()
})
beforeEach(() => {
  sandbox.ledger.length = 0
  central.effects.length = 0
})

const send = (json: object, who = 'top', headers: Record<string, string> = {}): Promise<Reply> =>
  sendTo(server, { json, key: getKey(who), headers })

const get = (parameters: Record<string, string>, who = 'top', headers: Record<string, string> = {}): Promise<Reply> =>
  sendTo(server, { method: 'GET', search: `?${new URLSearchParams(parameters).toString()}`, key: getKey(who), headers })

const codeOf = ({ errors }: Reply): string | undefined => errors?.[0]?.extensions.code
const withHash = (hash: string, query?: string): object => ({
  ...(query !== undefined && { query }),
  extensions: { persistedQuery: { version: 1, sha256Hash: hash }, clientLibrary: { name: 'test' } },
})

describe('a trusted document', () => {
  const ids = ['users.People', sha256(people), `sha256:${sha256(people)}`]
  test.each(['top', 'allow'].flatMap((who) => ids.map((id) => [who, id])))(
    '[D06, D07, D09] runs for the client %s by the ID %s in every parameter, by POST and GET',
    async (who, id) => {
      for (const body of [{ documentId: id }, { doc_id: id }, { id, query: null }, withHash(id!)]) {
        const { status, data } = await send({ ...body, operationName: 'People', variables: { first: 2 } }, who)
        expect(status).toBe(200)
        expect(data!['users'].nodes).toHaveLength(2)
      }
      const extensions = JSON.stringify({ persistedQuery: { sha256Hash: id } })
      for (const parameters of [{ documentId: id! }, { extensions }] as Record<string, string>[]) {
        const reply = await get({ ...parameters, variables: '{"first":1}' }, who, {
          'content-type': 'application/json',
        })
        expect(reply.data!['users'].nodes).toHaveLength(1)
        expect(reply.headers.get('cache-control')).toBe('private, no-store')
        expect(reply.headers.get('etag')).toBeNull()
      }
      const text = await get({ documentId: id! }, who, { 'content-type': 'text/plain' })
      expect(text.status).toBe(415)
    },
  )

  test('[D08] has the path in its folder as its ID, and hidden files are not read', async () => {
    expect(codeOf(await send({ documentId: 'People' }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    expect(codeOf(await send({ documentId: '.hidden.Hidden' }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
  })

  test('[D11] runs by exactly its text', async () => {
    expect((await send({ query: people, variables: { first: 1 } })).data).toBeTruthy()
    expect((await send(withHash('0'.repeat(64), people))).data).toBeTruthy()
  })

  test('[D12] belongs to the API client that lists it', async () => {
    expect((await send({ documentId: 'mobile' }, 'mobile')).data).toBeTruthy()
    expect(codeOf(await send({ documentId: 'mobile' }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    expect(codeOf(await send({ documentId: 'users.People' }, 'mobile'))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    const key = await issuer.sign()
    expect((await sendTo(server, { json: { documentId: 'both', operationName: 'A' }, key })).data).toBeTruthy()
    expect(codeOf(await sendTo(server, { json: { documentId: 'mobile' }, key }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
  })

  test.each([
    ['huge', huge, /^MAX_/],
    ['deep', deep, 'MAX_DEPTH_LIMIT'],
  ])('[D13] can exceed the limits of documents (%s)', async (documentId, text, code) => {
    for (const who of ['top', 'allow']) expect(await send({ documentId }, who)).toMatchObject({ status: 200 })
    expect((await send({ query: text }, 'allow')).data).toBeTruthy()
    expect(codeOf(await send({ query: text }, 'off'))).toMatch(code)
    expect(codeOf(await send({ query: `${text} ` }, 'allow'))).toMatch(code)
  })

  test('[D14] cannot exceed the limit of the cost', async () => {
    const sendWithSize = (first: number) => send({ documentId: 'expensive', variables: { first } })
    expect(codeOf(await sendWithSize(100))).toBe('OPERATION_TOO_EXPENSIVE')
    expect((await sendWithSize(2)).data).toBeTruthy()
  })

  test('[D15] can be a mutation by POST, which is executed once', async () => {
    const documentId = createHash('md5').update(create).digest('hex')
    const variables = { key: 'the-same-key' }
    expect((await send({ documentId, variables })).data).toEqual({
      createConference: { outcome: 'SUCCEEDED', replayed: false },
    })
    expect((await send({ documentId, variables })).data).toMatchObject({ createConference: { replayed: true } })
    expect(central.effects).toHaveLength(1)
    const byGet = await get({ documentId, variables: JSON.stringify({ key: 'another-key' }) })
    expect(byGet).toMatchObject({ status: 405 })
    expect(central.effects).toHaveLength(1)
  })

  test('[D15] can be an upload', async () => {
    const form = new FormData()
    form.append('operations', JSON.stringify({ documentId: 'upload', variables: { file: null } }))
    form.append('map', JSON.stringify({ 0: ['variables.file'] }))
    form.append('0', new File(['minutes'], 'minutes.txt'), 'minutes.txt')
    const { data } = await sendTo(server, { form, key: getKey('top') })
    expect(data).toEqual({ uploadFile: { outcome: 'SUCCEEDED', file: { sha256: sha256('minutes') } } })
    const text = new FormData()
    text.append('operations', JSON.stringify({ query: `${upload} `, variables: { file: null } }))
    text.append('map', JSON.stringify({ 0: ['variables.file'] }))
    text.append('0', new File(['minutes'], 'minutes.txt'), 'minutes.txt')
    expect(codeOf(await sendTo(server, { form: text, key: getKey('top') }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
  })

  test('[D17] requires the name of one of several operations', async () => {
    expect((await send({ documentId: 'both', operationName: 'B' })).data).toEqual({
      accounts: [{ vendor: 'ZOOM' }, { vendor: 'IMEET_CENTRAL' }],
    })
    expect(codeOf(await send({ documentId: 'both' }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await send({ documentId: 'both', operationName: 'C' }))).toBe('BAD_USER_INPUT')
  })

  test('requires the scope of introspection', async () => {
    expect((await send({ documentId: 'explore' }, 'explorer')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    })
    expect(codeOf(await send({ documentId: 'explore' }))).toBe('GRAPHQL_VALIDATION_FAILED')
    expect((await send({ documentId: 'explore' })).data).toBeUndefined()
  })
})

describe('the mode "only"', () => {
  const rejected: [string, object][] = [
    ['another text', { query: '{ __typename }' }],
    ['one more blank', { query: `${accounts} ` }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['a syntax error', { query: '{' }],
    ['an unknown ID', { documentId: 'unknown' }],
    ['an unknown hash', withHash(sha256('unknown'))],
    ['the hash of a trusted document with another text', withHash(sha256(people), '{ __typename }')],
    ['the hash of its text', withHash(sha256('{ __typename }'), '{ __typename }')],
    ['the ID of a trusted document with another text', { documentId: 'users.People', query: '{ __typename }' }],
  ]
  test.each(rejected)('[D10] rejects %s, and asks no client to retry', async (_, body) => {
    const reply = await send(body)
    expect(reply).toMatchObject({ status: 400, errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }] })
    expect(reply.errors![0]!.message).toMatch(/^[A-Z].*\.$/)
    expect(reply.errors![0]!.extensions.retryable).toBe(false)
    expect(await send(body, 'top', { accept: 'application/json' })).toMatchObject({ status: 200, errors: [{}] })
    if ('query' in body) expect(codeOf(await get({ query: String(body.query) }))).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    expect(sandbox.ledger).toEqual([])
  })
})

describe('the mode "allow"', () => {
  test('[D04] remembers a text that was sent with its hash, for its caller only', async () => {
    const text = '{ accounts { key label } }'
    const hash = sha256(text)
    const unknown = await send(withHash(hash), 'allow')
    expect(unknown).toMatchObject({ status: 400, errors: [{ message: 'PersistedQueryNotFound' }] })
    expect(codeOf(unknown)).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await send(withHash(hash, text), 'allow')).data).toBeTruthy()
    expect((await send(withHash(hash), 'allow')).data).toBeTruthy()
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } })
    expect((await get({ extensions }, 'allow')).data).toBeTruthy()
    expect(codeOf(await send(withHash(hash), 'other'))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('[D18] rejects a hash that is not that of its text, and does not remember it', async () => {
    const hash = sha256('another text')
    const reply = await send(withHash(hash, accounts), 'allow')
    expect(reply).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    expect(codeOf(await send(withHash(hash), 'allow'))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await send(withHash(hash, accounts), 'off')).data).toBeTruthy()
  })

  test('[D18] does not remember a text of more than 16 KiB', async () => {
    const text = `{ accounts { key } } # ${'x'.repeat(17 * 1024)}`
    expect((await send(withHash(sha256(text), text), 'allow')).data).toBeTruthy()
    expect(codeOf(await send(withHash(sha256(text)), 'allow'))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('[D24] forgets remembered texts at a restart of the process', async () => {
    const text = '{ accounts { label } }'
    await send(withHash(sha256(text), text), 'allow')
    await server.restart()
    expect(codeOf(await send(withHash(sha256(text)), 'allow'))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await send(withHash(sha256(text), text), 'allow')).data).toBeTruthy()
  })
})

describe('GraphiQL', () => {
  const open = (path: string, key: string | null) =>
    fetch(`${server.url}${path}`, {
      headers: { accept: 'text/html', ...(key !== null && { authorization: `Bearer ${key}` }) },
    })

  test('[D25] is closed to callers in the mode "only"', async () => {
    for (const path of ['/graphql', '/graphql/examples']) {
      const response = await open(path, getKey('explorer'))
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    }
  })

  test('shows its sign-in form if another caller can use it', async () => {
    expect((await open('/graphql', null)).status).toBe(200)
    expect((await open('/graphql', getKey('off'))).status).toBe(200)
  })
})

test('[D26] logs the ID of the source, counts documents in metrics, and returns no path', async () => {
  const replies = [
    await send(withHash(sha256(people))),
    await send({ query: accounts }, 'off'),
    await send({ documentId: 'unknown' }),
  ]
  const ids = replies.map(({ headers }) => headers.get('x-request-id'))
  await vi.waitFor(() => {
    const lines = ids.map((id) => server.lines().find((line) => line.requestId === id && line.msg === 'operation'))
    expect(lines.map((line) => line?.['document'])).toEqual(['users.People', null, null])
  })
  for (const { text } of replies) expect(text).not.toContain(folder.path)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/^parley_documents\{client=""\} \d+$/m)
  expect(metrics).toMatch(/^parley_documents\{client="mobile"\} 1$/m)
  for (const result of ['listed', 'remembered', 'text', 'refused'])
    expect(metrics).toMatch(new RegExp(`^parley_document_requests_total\\{result="${result}"\\} \\d+$`, 'm'))
  expect(metrics).not.toContain('users.People')
})
