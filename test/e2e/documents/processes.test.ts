import { createHash } from 'node:crypto'
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { Client, fetchExchange } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'

const data = { accounts: [{ key: 'zoom' }] }

let sandbox: ZoomSandbox
let servers: readonly [ServerProcess, ServerProcess]

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })
  const start = () => startProcess({ accounts: { zoom: sandbox.account }, documents: { mode: 'allow' } })
  servers = await Promise.all([start(), start()])
})
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.dispose()))
  await sandbox?.close()
})

interface Exchange {
  hasText: boolean
  message: string | undefined
}

const exchanges: Exchange[] = []
beforeEach(() => void (exchanges.length = 0))

/** Called before each request with the number of earlier ones. Returns the server that gets the request. */
type ChooseServer = (earlier: number) => ServerProcess | Promise<ServerProcess>

const createFetch =
  (chooseServer: ChooseServer): typeof fetch =>
  async (_, init) => {
    const { query } = JSON.parse(init!.body as string) as { query?: string }
    const server = await chooseServer(exchanges.length)
    const response = await fetch(server.graphqlUrl, init)
    const { errors } = (await response.clone().json()) as { errors?: { message: string }[] }
    exchanges.push({ hasText: (query ?? '') !== '', message: errors?.[0]?.message })
    return response
  }

const clients: Record<string, (chooseServer: ChooseServer) => (text: string) => Promise<unknown>> = {
  'Apollo Client': (chooseServer) => {
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
    const http = new HttpLink({ uri: 'http://parley.invalid/graphql', fetch: createFetch(chooseServer) })
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new PersistedQueryLink({ sha256 }).concat(http),
    })
    return async (text) => (await client.query({ query: parse(text), fetchPolicy: 'no-cache' })).data
  },
  urql: (chooseServer) => {
    const client = new Client({
      url: 'http://parley.invalid/graphql',
      fetch: createFetch(chooseServer),
      preferGetMethod: false,
      requestPolicy: 'network-only',
      exchanges: [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange],
    })
    return async (text) => (await client.query(text, {}).toPromise()).data
  },
}

const asksForText = [
  { hasText: false, message: 'PersistedQueryNotFound' },
  { hasText: true, message: undefined },
]
const hashAlone = { hasText: false, message: undefined }

describe.each(Object.entries(clients))('%s', (name, connect) => {
  const createText = (label: string): string => `query ${label}_${name.replace(' ', '')} { accounts { key } }`

  test('[D24] sends the text to each of two processes once', async () => {
    let server = servers[0]
    const query = connect(() => server)
    const text = createText('two')
    expect(await query(text)).toMatchObject(data)
    expect(await query(text)).toMatchObject(data)
    server = servers[1]
    expect(await query(text)).toMatchObject(data)
    expect(await query(text)).toMatchObject(data)
    expect(exchanges).toEqual([...asksForText, hashAlone, ...asksForText, hashAlone])
  })

  test('[D24] gets its data if each process gets every other request', async () => {
    const query = connect((earlier) => servers[earlier % 2]!)
    expect(await query(createText('alternating'))).toMatchObject(data)
    expect(exchanges).toEqual(asksForText)
  })

  test('[D24] gets its data if the process is killed between the hash and the text, and after the text', async () => {
    const [server] = servers
    let restartBefore = 1
    const query = connect(async (earlier) => {
      if (earlier === restartBefore) await server.restart()
      return server
    })
    const text = createText('killed')
    expect(await query(text)).toMatchObject(data)
    expect(exchanges).toEqual(asksForText)
    restartBefore = 2
    expect(await query(text)).toMatchObject(data)
    expect(exchanges).toEqual([...asksForText, ...asksForText])
    expect(await query(text)).toMatchObject(data)
    expect(exchanges.at(-1)).toEqual(hashAlone)
  })
})
