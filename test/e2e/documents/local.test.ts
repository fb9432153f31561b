import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { send } from '../../acceptance/reply.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'
import { DocumentFolder } from './stage.ts'

let sandbox: ZoomSandbox
let folder: DocumentFolder
let server: ServerProcess

const configure = (mode: string, path = folder.path) => ({
  accounts: { zoom: sandbox.account },
  documents: { mode, from: [path] },
})

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })
  folder = new DocumentFolder()
  folder.write({ 'a.graphql': '{ accounts { key } }' })
  server = await startProcess(configure('only'))
})
afterAll(async () => {
  await server?.dispose()
  await sandbox?.close()
  folder?.remove()
})

const getCode = async (json: object): Promise<string | undefined> =>
  (await send(server, { json })).errors?.[0]?.extensions.code

test('[D12] lets the local user send the top-level documents', async () => {
  expect(await getCode({ documentId: 'a' })).toBeUndefined()
  expect(await getCode({ query: '{ __typename }' })).toBe('PERSISTED_QUERY_NOT_IN_LIST')
})

test('[D25] closes the GraphiQL page if no caller can use it', async () => {
  const open = () => fetch(server.graphqlUrl, { headers: { accept: 'text/html' } })
  const response = await open()
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
})

test.each([
  ['a number', 5],
  ['an empty string', ''],
  ['a path', '../'],
  ['a hash in upper case', `sha256:${'A'.repeat(64)}`],
  ['201 characters', 'a'.repeat(201)],
  ['__proto__', '__proto__'],
])('[D16] rejects an ID that is %s', async (_, documentId) => {
  expect(await send(server, { json: { documentId } })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  })
})

test.each(['constructor', 'toString', 'hasOwnProperty'])('has no document with the ID %s', async (documentId) => {
  expect(await getCode({ documentId })).toBe('PERSISTED_QUERY_NOT_IN_LIST')
})

test('[D20] applies a new file without a restart', async () => {
  folder.write({ 'b.graphql': '{ accounts { label } }' })
  await vi.waitFor(async () => expect(await getCode({ documentId: 'b' })).toBeUndefined())
})

test('changes the mode at a reload, and rejects the whole reload if a document is not valid', async () => {
  await server.configure(configure('only', `${folder.path}/missing`))
  server.kill('SIGHUP')
  await vi.waitFor(() => expect(server.lines().some(({ msg }) => msg === 'configuration rejected')).toBe(true))
  expect(await getCode({ documentId: 'a' })).toBeUndefined()
  await server.configure(configure('allow'))
  server.kill('SIGHUP')
  await vi.waitFor(async () => expect(await getCode({ query: '{ __typename }' })).toBeUndefined())
  expect(await getCode({ documentId: 'a' })).toBeUndefined()
})
