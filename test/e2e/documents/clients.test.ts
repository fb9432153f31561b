import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists'
import { generate } from '@graphql-codegen/cli'
import { preset } from '@graphql-codegen/client-preset'
import { Client, fetchExchange, type TypedDocumentNode } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { openServer, type OpenServer } from '../../support/open-server.ts'
import { DocumentFolder, sha256 } from './stage.ts'

const modes = ['off', 'allow', 'only'] as const
type Mode = (typeof modes)[number]

const text = 'query ClientKeys {\n  accounts {\n    key\n  }\n}\n'
const data = { accounts: [{ key: 'zoom' }] }
const unlisted = 'query ClientLabels { accounts { label } }'

let sandbox: ZoomSandbox
let folder: DocumentFolder
let server: OpenServer

const keyOf = (mode: Mode): string => `key-of-${mode}-5f0c9d2b7a61`
const require = createRequire(import.meta.url)
const manifestGenerator = require.resolve('@apollo/generate-persisted-query-manifest/cli.js')
const relayCompiler = require.resolve('relay-compiler/cli.js')
const runTool = (path: string, ...args: string[]): void =>
  void execFileSync(process.execPath, [path, ...args], { cwd: folder.path, stdio: 'pipe' })

/** Writes the lists of documents as the tools of the clients do. */
async function writeLists(): Promise<void> {
  const hashed = (algorithm: string) => ({
    src: `./relay-${algorithm}`,
    schema: './schema.graphql',
    language: 'typescript',
    persistConfig: { file: `./lists/relay-${algorithm}.json`, algorithm },
  })
  folder.write({
    'schema.graphql': readFileSync('schema.graphql', 'utf8'),
    'source/keys.graphql': text,
    'persisted-query-manifest.config.json': { documents: ['source/*.graphql'], output: 'lists/apollo.json' },
    'lists/.keep': '',
    ...Object.fromEntries(
      ['MD5', 'SHA256'].flatMap((algorithm): [string, string | object][] => [
        [`relay-${algorithm}/keys.ts`, `graphql\`query keysQuery { accounts { key } }\``],
        [`relay-${algorithm}.json`, hashed(algorithm)],
        [`lists/relay-${algorithm}.json`, {}],
      ]),
    ),
  })
  runTool(manifestGenerator)
  for (const algorithm of ['MD5', 'SHA256']) runTool(relayCompiler, `relay-${algorithm}.json`)
  const presetFiles = await generate(
    {
      schema: 'schema.graphql',
      silent: true,
      generates: {
        [join(folder.path, 'preset/')]: {
          documents: join(folder.path, 'source/*.graphql'),
          preset,
          presetConfig: { persistedDocuments: true },
        },
      },
    },
    false,
  )
  for (const { filename, content } of presetFiles) folder.write({ [relative(folder.path, filename)]: content })
}

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })
  folder = new DocumentFolder()
  await writeLists()
  server = await openServer({
    accounts: { zoom: sandbox.account },
    clients: modes.map((mode) => ({
      name: mode,
      apiKeySha256: sha256(keyOf(mode)),
      scopes: ['read'],
      documents: { mode, from: [join(folder.path, 'lists'), join(folder.path, 'preset/persisted-documents.json')] },
    })),
  })
}, 120_000)
afterAll(async () => {
  await server?.close()
  await sandbox?.close()
  folder?.remove()
})

interface SentRequest {
  method: string
  hasText: boolean
  hash: string | undefined
}

const sent: SentRequest[] = []
beforeEach(() => void (sent.length = 0))

/** Sends a request with the key of a mode, and records it. */
const createFetch =
  (mode: Mode): typeof fetch =>
  (input, init) => {
    const url = new URL(String(input))
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, any>) : {}
    const search = url.searchParams.get('extensions')
    const extensions = (search === null ? body['extensions'] : JSON.parse(search)) as Record<string, any> | undefined
    sent.push({
      method: init?.method ?? 'GET',
      hasText: (body['query'] ?? url.searchParams.get('query') ?? '') !== '',
      hash: extensions?.['persistedQuery']?.sha256Hash,
    })
    return fetch(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${keyOf(mode)}` } })
  }

const summary = (): string[] => sent.map(({ method, hasText }) => `${method} ${hasText ? 'text' : 'hash'}`)

describe('Apollo Client', () => {
  function createClient(mode: Mode, link: PersistedQueryLink | null, useGETForQueries = false) {
    const http = new HttpLink({ uri: server.graphqlUrl, fetch: createFetch(mode), useGETForQueries })
    return new ApolloClient({ link: link ? link.concat(http) : http, cache: new InMemoryCache() })
  }
  const sendQuery = async (client: ApolloClient, query: string): Promise<unknown> =>
    (await client.query({ query: parse(query), fetchPolicy: 'network-only' })).data

  test.each([
    [false, ['POST hash', 'POST text', 'POST text']],
    [true, ['GET hash', 'POST text', 'POST text']],
  ])(
    '[D01, D02] sends texts alone after the first hash if there are no documents (GET: %s)',
    async (isGet, requests) => {
      const client = createClient('off', new PersistedQueryLink({ sha256, useGETForHashedQueries: isGet }))
      for (let round = 0; round < 2; round++) expect(await sendQuery(client, text)).toMatchObject(data)
      expect(summary()).toEqual(requests)
    },
  )

  test.each(modes.slice(0, 2))('[D02] can send texts by GET in the mode %s', async (mode) => {
    expect(await sendQuery(createClient(mode, null, true), unlisted)).toMatchObject({ accounts: [{}] })
    expect(summary()).toEqual(['GET text'])
  })

  test.each(['allow', 'only'] as const)(
    '[D03] sends one request with the ID of its manifest in the mode %s',
    async (mode) => {
      const manifest = JSON.parse(readFileSync(join(folder.path, 'lists/apollo.json'), 'utf8')) as never
      const ids = generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest })
      for (const useGETForHashedQueries of [false, true]) {
        const client = createClient(mode, new PersistedQueryLink({ ...ids, useGETForHashedQueries }))
        expect(await sendQuery(client, text)).toMatchObject(data)
      }
      expect(summary()).toEqual(['POST hash', 'GET hash'])
    },
  )

  test.each([
    [false, ['POST hash', 'POST text', 'POST hash']],
    [true, ['GET hash', 'POST text', 'GET hash']],
  ])('[D04] sends a text once in the mode allow (GET: %s)', async (useGETForHashedQueries, requests) => {
    const client = createClient('allow', new PersistedQueryLink({ sha256, useGETForHashedQueries }))
    const query = `query Once${String(useGETForHashedQueries)} { accounts { key label } }`
    for (let round = 0; round < 2; round++) expect(await sendQuery(client, query)).toMatchObject(data)
    expect(summary()).toEqual(requests)
  })

  test('[D10] receives no request to retry in the mode only', async () => {
    const client = createClient('only', new PersistedQueryLink({ sha256 }))
    await expect(sendQuery(client, unlisted)).rejects.toThrow(/trusted documents/)
    expect(summary()).toEqual(['POST hash'])
  })
})

describe('urql', () => {
  function createClient(
    mode: Mode,
    isGet: boolean,
    generateHash?: (text: string, document: TypedDocumentNode) => Promise<string>,
  ) {
    const exchange = persistedExchange({
      preferGetForPersistedQueries: isGet,
      ...(generateHash && { generateHash: generateHash as never }),
    })
    return new Client({
      url: server.graphqlUrl,
      preferGetMethod: false,
      fetch: createFetch(mode),
      exchanges: [exchange, fetchExchange],
      requestPolicy: 'network-only',
    })
  }
  const methodOf = (isGet: boolean): string => (isGet ? 'GET' : 'POST')

  test.each([false, true])(
    '[D05] sends texts after the first hash if there are no documents (GET: %s)',
    async (isGet) => {
      const client = createClient('off', isGet)
      for (let round = 0; round < 2; round++)
        expect((await client.query(unlisted, {})).data).toMatchObject({ accounts: [{}] })
      expect(summary()[0]).toBe(`${methodOf(isGet)} hash`)
      expect(sent.slice(1).every(({ hasText }) => hasText)).toBe(true)
    },
  )

  test.each([false, true])('[D05] sends a text once in the mode allow (GET: %s)', async (isGet) => {
    const client = createClient('allow', isGet)
    const query = `query Urql${String(isGet)} { accounts { key label } }`
    for (let round = 0; round < 2; round++) expect((await client.query(query, {})).data).toMatchObject(data)
    expect(sent.map(({ hasText }) => hasText)).toEqual([false, true, false])
  })

  test.each([false, true])(
    '[D05] shows the sentence and does not try again in the mode only (GET: %s)',
    async (isGet) => {
      const { error } = await createClient('only', isGet).query(unlisted, {})
      expect(error?.message).toMatch(/trusted documents/)
      expect(summary()).toEqual([`${methodOf(isGet)} hash`])
    },
  )

  test.each(['allow', 'only'] as const)('[D07] sends the hash of the client preset in the mode %s', async (mode) => {
    const [hash] = Object.keys(readJson('preset/persisted-documents.json'))
    expect(hash).toMatch(/^sha256:/)
    const { data: result } = await createClient(mode, false, async () => hash!).query(text, {})
    expect(result).toMatchObject(data)
    expect(sent).toMatchObject([{ hasText: false, hash }])
  })
})

const readJson = (path: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder.path, path), 'utf8')) as Record<string, string>

const post = async (mode: Mode, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${keyOf(mode)}` }
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}

describe('the list of a compiler', () => {
  test.each(['MD5', 'SHA256'])(
    '[D06] has IDs of relay-compiler with %s that run in every parameter',
    async (algorithm) => {
      const [[id, listed]] = Object.entries(readJson(`lists/relay-${algorithm}.json`)) as [[string, string]]
      expect(createHash(algorithm.toLowerCase()).update(listed).digest('hex')).toBe(id)
      for (const body of [{ documentId: id }, { doc_id: id }, { id, query: null }])
        for (const mode of ['allow', 'only'] as const)
          expect(await post(mode, { ...body, variables: {} })).toMatchObject({ data })
    },
  )

  test('[D07] has the hashes of the documents of the client preset', async () => {
    const [hash] = Object.keys(readJson('preset/persisted-documents.json'))
    expect(readFileSync(join(folder.path, 'preset/graphql.ts'), 'utf8')).toContain(hash)
    for (const mode of ['allow', 'only'] as const)
      expect(await post(mode, { documentId: hash })).toMatchObject({ data })
  })
})
